import { defaultCycle } from '../cycle.ts';
import { draft, until, type Start } from './script.ts';

const active = until('finality');

/** What stands between an instalment and its payment, said early. */
export const readinessStories: { readonly [title: string]: string } = {
  'what would stop a payment is said thirty, fourteen and five working days before, until it is done': `${active}
    2028-03-10 09:00  officer     placeHold           →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-04-10 09:00  clock       1.planned           →  planned letter:notReady letter:notReady
    2028-04-11 09:00  approver    liftHold            →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-05-02 00:00  clock       1.due               →  due letter:dueSoon letter:instalmentDue
    2028-05-02 09:00  certifier   1.certify           →  certified`,
};

const closingEarly = (): Start => ({ family: draft({ ...defaultCycle(2028), budgetOpenUntil: '2028-10-02', budgetEndWorkingDays: [] }) });

/** The same where the round says otherwise. */
export const readinessInOtherRounds: readonly (readonly [string, string, () => Start])[] = [
  ['a budget that has closed pays no more, also not what was certified before', `${until('2.certify')}
    2028-10-03 00:00  authoriser  2.authorise         →  refused budgetYearOpen
    2028-10-03 00:00  certifier   2.recall            →  due
    2028-10-03 00:01  certifier   2.certify           →  refused budgetYearOpen`, closingEarly],

  ['what was authorised on the last day and not ordered by its end waits for the round', `${until('2.authorise')}
    2028-10-03 00:00  system      2.markExported      →  refused budgetYearOpen
    2028-10-03 00:01  certifier   2.recall            →  due`, closingEarly],
];
