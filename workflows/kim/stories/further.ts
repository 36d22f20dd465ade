import { cents } from '#money';
import type { Json } from '#kernel';
import type { Application } from '../context.ts';
import { defaultCycle, type Cycle } from '../cycle.ts';
import { cityForm, draft, play, until, type Start } from './script.ts';

const budget = (budgetCents: number): Cycle => ({ ...defaultCycle(2028), budgetCents });
const weights = (first: number, second: number): Cycle => ({ ...defaultCycle(2028), instalmentWeights: [first, second] });

/** Stories in another round, or that go on after something happened outside of the case. */
export const furtherStories: readonly (readonly [title: string, script: string, start: () => Start])[] = [
  ['the budget does not suffice: the case waits, is cut and decided', `${until('recommend')}
    2028-01-12 09:00  approver    countersign         →  waitingForFunds letter:waitingForFunds
    2028-01-13 09:00  approver    countersign         →  refused budgetSuffices
    2028-01-13 09:01  officer     countersign         →  refused wrongRole
    2028-01-14 09:00  approver    sendBack            →  submitted.inReview
    2028-01-15 09:00  officer     recommend:cut       →  submitted.reviewed
    2028-01-16 09:00  approver    countersign         →  decided.awaitingNotice`, () => ({ cycle: budget(11_000_000) })],

  ['to the cent the budget suffices', `${until('recommend')}
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice`, () => ({ cycle: budget(11_190_000) })],

  ['a waiting application is withdrawn', `${until('recommend')}
    2028-01-12 09:00  approver    countersign         →  waitingForFunds letter:waitingForFunds
    2028-01-14 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`, () => ({ cycle: budget(11_189_999) })],

  ['a rejection needs no budget and no rank', `${until('accept')}
    2027-12-10 15:00  officer     recommend:no        →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice`, () => ({ family: { ...draft(budget(0)), firstInRank: false } })],

  ['nobody overtakes an application that was received earlier', `${until('recommend')}
    2028-01-12 09:00  approver    countersign         →  waitingForFunds letter:waitingForFunds
    2028-01-13 09:00  approver    countersign         →  refused firstInRank`, () => ({ family: { ...draft(), firstInRank: false } })],

  ['funds are freed: a person decides, no clock does', `
    2028-02-01 09:00  clock       nothing             →  waitingForFunds
    2028-02-01 09:00  approver    countersign         →  decided.awaitingNotice`, () => {
    const { family } = play(`${until('recommend')}
      2028-01-12 09:00  approver  countersign  →  waitingForFunds`, { cycle: budget(11_000_000) });
    return { family: { ...family, ledger: { ...family.ledger, budget: cents(20_000_000) } } };
  }],

  ['a first instalment of nothing is skipped, never exported', `${until('finality')}
    2028-05-02 00:00  clock       1.skip              →  skipped
    2028-05-02 09:00  clock       parent              →  active.instalment2
    2028-05-02 09:00  certifier   1.certify           →  refused notPossibleHere
    2028-10-02 09:00  certifier   2.certify           →  certified`, () => ({ cycle: weights(0, 100) })],

  ['a last instalment of nothing is skipped', `${until('1.confirmSettled')}
    2028-10-02 00:00  clock       2.skip              →  skipped
    2028-10-02 00:00  clock       parent              →  active.fullyPaid`, () => ({ cycle: weights(100, 0) })],

  ['tampering between two signatures is noticed', `
    2028-01-12 09:00  approver    countersign         →  refused recommendationUnchanged`, () => {
    const { family } = play(until('recommend'));
    const lines = (family.head.context as unknown as Application).lines.map((line) => (line.line === 'events' ? { ...line, grantedCents: 1 } : line));
    return { family: { ...family, head: { ...family.head, context: { ...family.head.context, lines } } } };
  }],

  ['a payee changed between certifying and authorising voids the signature', `
    2028-05-02 11:00  authoriser  1.authorise         →  refused certificationUnchanged
    2028-05-02 11:01  certifier   1.recall            →  due
    2028-05-02 11:02  certifier   1.certify           →  certified
    2028-05-02 11:03  authoriser  1.authorise         →  authorised payout`, () => withPayee(until('1.certify'), 'DE02120300000000202051')],

  ['no payment without a valid payee', `
    2028-05-02 11:00  certifier   1.certify           →  refused payeeGiven`, () => withPayee(until('1.fallDue'), 'DE02120300000000202052')],

  ['no payment to a name that no bank file carries, certified before or not, until another name holds', `
    2028-05-02 11:00  authoriser  1.authorise         →  refused holderFits
    2028-05-02 11:01  certifier   1.recall            →  due
    2028-05-02 11:02  certifier   1.certify           →  refused holderFits
    2028-05-02 11:03  officer     proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-05-02 12:00  officer2    11.checkPayeeDocument  →  documentChecked
    2028-05-02 12:01  officer2    11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-05-02 12:02  approver    11.approvePayee     →  coolingDown
    2028-05-06 00:00  clock       11.active           →  active letter:notPaidYet letter:payeeChanged
    2028-05-08 09:00  certifier   1.certify           →  certified`, () => withPayee(until('1.certify'), 'DE89370400440532013000', '北京')],

  ['what became nothing is not certified but skipped', `
    2028-05-02 08:00  system      1.skip              →  refused nothingToPay
    2028-05-02 08:00  system      2.certify           →  refused wrongRole`, () => ({ family: play(until('1.fallDue')).family })],

  ['an instalment reduced to nothing while it was due', `
    2028-05-02 08:00  clock       1.skipped           →  skipped`, () => {
    const { family } = play(until('1.fallDue'));
    return { family: { ...family, children: family.children.map((child) => ({ ...child, context: { ...child.context, amountCents: 0, openCents: 0 } })) } };
  }],

  ['the pay date is checked again with every signature', `
    2028-05-02 08:00  certifier   1.certify           →  refused payDateReached`, () => {
    const { family } = play(until('1.fallDue'));
    return { family: { ...family, children: family.children.map((child) => ({ ...child, context: { ...child.context, payOn: '2028-06-01' } })) } };
  }],
];

function withPayee(script: string, iban: string, holder = 'Stadt Köln'): Start {
  const { family } = play(script);
  const form = { ...cityForm(), payee: { iban, holder } } as Json;
  return { family: { ...family, head: { ...family.head, context: { ...family.head.context, form } } } };
}
