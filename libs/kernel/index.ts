export { ROLES, SYSTEM, type Actor, type Day, type Instant, type Json, type Role, type Text } from './words.ts';
export { all, book, letter, openChildren, payout, requirementsOf, run, take, type Action, type Context, type Guard, type Lifecycle, type StateNode, type Transition } from './lifecycle.ts';
export type { Clock, Digest, Effect, LedgerAccount, LetterWords, PaymentWords, Posting } from './effect.ts';
export type {
  CaseEvent, Child, ClockFacts, DeadlineWords, EventDefinition, Facts, Failure, Finding, Head, LetterDefinition, MachineDefinition,
  Member, Payees, Programme, Requirement, Sender, Situation, Stored,
} from './programme.ts';
export type { CaseFigures, GrantLine, PayeeVersion } from './figures.ts';
export type { Assessment, CycleDate, CycleSheet, MatchVerdict, Payer } from './round.ts';
export { definitionHash, digest } from './digest.ts';
export { notPossibleHere, ROLE_NAMES, roleNames, unknownEvent } from './house.words.ts';
export { eventsOf, initial, isEnd, pathTo, restore, type AnyMachine } from './machine.ts';
export { factsRead, hasEnded, headOf, isForPeople, judge, judgeOpening, labelOf, machineOf, type Docket, type LastAct, type Reason } from './judge.ts';
export { underWay, type PaymentCourse } from './payment.ts';
export { checked, readiness, type Check, type Checked, type Readiness } from './readiness.ts';
export { step, type Move, type Refused } from './step.ts';
export { explain, jsonSchema, type ActionHint } from './explain.ts';
export { edgesOf, leavesIn, type Edge } from './graph.ts';
export { lint } from './lint.ts';
export { dot, mermaid, type Mark } from './diagram.ts';
