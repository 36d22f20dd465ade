import type { Tables } from '#store';
import { SeparatedDuty } from './duties.ts';
import { SeparateDuties1790000001300 } from './duties.migration.ts';
import { Case } from './case.entity.ts';
import { Cases1764000300000 } from './cases.migration.ts';
import { CaseClock } from './clock.entity.ts';
import { CycleRevision, FileNumber } from './cycle.entity.ts';
import { JournalEntry } from './journal.entity.ts';
import { Lists1790000000900 } from './lists.migration.ts';
import { WakeUps1790000000700 } from './wake-ups.migration.ts';
import { FollowRounds1790000000600 } from './rounds.migration.ts';

export { CaseList, type CaseCursor, type CaseFilter, type CaseName, type CasePage } from './case.list.ts';
export type { CaseView, Change, Outcome, Page, Refusal, TimelineItem } from './case.view.ts';
export { settleDuties } from './duties.ts';
export { CasesService, type Located, type Prepared, type Settled } from './cases.service.ts';
export { AlarmsService, type Alarm, type AlarmName } from './alarms.service.ts';
export { ClocksService, type DuePlace } from './clocks.service.ts';
export { difference } from './difference.ts';
export type { AdvanceCommand, CommandKey, OpenCommand } from './command.ts';
export { currentCycle, CyclesService, familiesBehind, lockCycles, type CycleDraft } from './cycles.service.ts';
export { movedBehind, movedDates, type MovedDate } from './cycle.dates.ts';
export { DeadlineList, type Appointment, type Deadline, type DeadlineCursor, type DeadlineFilter } from './deadline.list.ts';
export type { CaseRow, CycleRow } from './family.ts';
export { Forecast, type ComingLetter, type ForecastFilter } from './forecast.ts';
export { firstBreak, GENESIS, type JournalRow } from './chain.ts';
export { loadFamily, loadJournal, loadRevisions, lockFamily, standingStill, type Standing } from './family.load.ts';
export { Programmes } from './programmes.ts';
export { RegisterList, type RegisterCursor, type RegisterEntry, type RegisterFilter } from './register.list.ts';
export { QUEUE_OF } from './family.save.ts';
export { compare, replay, ReplayMismatch } from './replay.ts';
export { Survey, type Prospect } from './survey.ts';
export { verifyAll, verifyFamily, type Violation } from './verify.ts';

/** What the cases add to the data source. */
export const casesTables: Tables = { entities: [Case, CaseClock, CycleRevision, FileNumber, JournalEntry, SeparatedDuty], migrations: [Cases1764000300000, FollowRounds1790000000600, WakeUps1790000000700, Lists1790000000900, SeparateDuties1790000001300] };
