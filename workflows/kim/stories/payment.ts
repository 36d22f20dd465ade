import { HAPPY, until } from './script.ts';

const active = until('finality');
const exported = until('1.markExported');
const paid = until('1.confirmSettled');

/** From the final notice to the last instalment and back: holds, recalls, returns, the end. */
export const paymentStories: { readonly [title: string]: string } = {
  'what the bank rejects on the pay date is told on the next working day, once': `${until('1.markExported')}
    2028-05-02 15:00  system      1.reportReturn:account →  returned letter:paymentNotMade letter:paymentReturned
    2028-05-03 08:00  clock       1.tellUnpaid        →  returned letter:notPaidYet
    2028-05-03 09:00  certifier   1.reopen            →  due
    2028-05-04 09:00  certifier   1.certify           →  certified`,

  'holds stop what is in their scope, and nobody lifts their own': `${active}
    2028-04-01 09:00  certifier   placeHold:2         →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-04-01 09:01  approver    liftHold:unknown    →  refused holdKnown
    2028-05-02 09:00  certifier   1.certify           →  certified
    2028-05-02 10:00  allrounder  placeHold           →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 11:00  authoriser  1.authorise         →  refused noHoldInScope
    2028-05-02 11:01  allrounder  liftHold            →  refused differentPerson
    2028-05-02 11:02  approver    liftHold            →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-05-02 11:03  authoriser  1.authorise         →  refused noHoldInScope`,

  'a hold between the order and its export keeps the money here': `${until('1.authorise')}
    2028-05-02 11:00  officer     placeHold           →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 11:01  system      1.markExported      →  refused noHoldInScope
    2028-05-02 11:02  approver    liftHold            →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-05-02 11:03  system      1.markExported      →  exported
    2028-05-02 11:04  system      1.markExported      →  refused notPossibleHere`,

  'a payment that nobody moves is brought to mind wherever it lies, and counted anew from every move': `${active}
    2028-05-09 07:59  clock       1.due               →  due letter:dueSoon letter:instalmentDue letter:notPaidYet
    2028-05-09 08:00  clock       1.remindPayment     →  due letter:paymentUnattended
    2028-05-10 09:00  certifier   1.certify           →  certified
    2028-05-17 07:59  clock       1.certified         →  certified
    2028-05-17 08:00  clock       1.remindPayment     →  certified letter:paymentUnattended
    2028-06-01 08:00  clock       1.remindPayment     →  certified letter:paymentUnattended
    2028-06-09 08:00  clock       1.remindPayment     →  certified letter:paymentUnattended
    2028-06-19 08:00  clock       1.remindPayment     →  certified letter:paymentUnattended
    2028-06-26 08:00  clock       1.remindPayment     →  certified letter:paymentUnattended
    2028-06-30 09:00  authoriser  1.authorise         →  authorised payout
    2028-07-07 08:00  clock       1.remindPayment     →  authorised letter:paymentUnattended
    2028-07-10 09:00  system      1.markExported      →  exported
    2028-07-17 08:00  clock       1.remindPayment     →  exported letter:paymentUnattended
    2028-07-18 09:00  system      1.confirmSettled    →  settled letter:paid
    2028-09-20 09:00  clock       1.settled           →  settled`,

  'what is not paid is told before the budget year closes, wherever it lies': `${active}
    2028-04-28 07:00  system      1.remindBudgetEnd   →  planned letter:budgetEnding
    2028-12-01 08:00  system      1.remindBudgetEnd   →  due letter:budgetEnding
    2028-12-01 09:00  certifier   1.certify           →  certified
    2028-12-01 09:01  system      1.remindBudgetEnd   →  certified letter:budgetEnding
    2028-12-01 09:02  authoriser  1.authorise         →  authorised payout
    2028-12-01 09:03  system      1.remindBudgetEnd   →  authorised letter:budgetEnding
    2028-12-01 09:04  system      1.markExported      →  exported
    2028-12-01 09:05  system      1.remindBudgetEnd   →  exported letter:budgetEnding
    2028-12-01 09:06  certifier   1.reportReturn      →  returned letter:paymentReturned
    2028-12-01 09:07  system      1.remindBudgetEnd   →  returned letter:budgetEnding`,

  'a payment that is moved in time is brought to nobody\'s mind': `${active}
    2028-05-08 09:00  certifier   1.certify           →  certified
    2028-05-12 09:00  authoriser  1.authorise         →  authorised payout
    2028-05-12 09:01  system      1.markExported      →  exported
    2028-05-19 07:59  system      1.confirmSettled    →  settled letter:paid
    2028-09-20 09:00  clock       1.settled           →  settled`,

  'recalled until exported': `${until('1.authorise')}
    2028-05-02 11:00  certifier   1.recall            →  due
    2028-05-02 11:01  system      1.markExported      →  refused notPossibleHere
    2028-05-02 11:02  certifier   1.certify           →  certified
    2028-05-02 11:03  authoriser  1.recall            →  due
    2028-05-02 11:04  certifier   1.certify           →  certified
    2028-05-02 11:05  authoriser  1.authorise         →  authorised payout
    2028-05-02 11:06  system      1.markExported      →  exported
    2028-05-02 11:07  authoriser  1.recall            →  refused notPossibleHere`,

  'returned before it settled, and paid again': `${exported}
    2028-05-04 09:00  certifier   1.reportReturn:toomuch  →  refused withinPayment
    2028-05-04 09:00  certifier   1.reportReturn      →  returned letter:paymentReturned
    2028-05-05 09:00  authoriser  1.reopen            →  due
    2028-05-05 09:01  certifier   1.certify           →  certified
    2028-05-05 09:02  authoriser  1.authorise         →  authorised payout
    2028-05-05 09:03  system      1.markExported      →  exported
    2028-05-06 09:00  system      1.confirmSettled    →  settled letter:paid`,

  'rejected because of the account: the municipality, which was told of no payment, is asked to check it': `${exported}
    2028-05-04 09:00  system      1.reportReturn:account  →  returned letter:paymentNotMade letter:paymentReturned
    2028-05-05 09:00  authoriser  1.reopen            →  due`,

  'returned in part before it settled: the municipality is told of the part that was paid': `${exported}
    2028-05-04 09:00  system      1.reportReturn:part →  returned letter:paymentNotMade letter:paymentReturned
    2028-05-05 09:00  authoriser  1.reopen            →  due`,

  'returned in part after it settled': `${paid}
    2028-05-10 09:00  clock       parent              →  active.instalment2
    2028-05-10 09:00  system      1.reportReturn:part →  returned letter:paymentReversed letter:paymentReturned
    2028-05-10 09:00  clock       parent              →  active.instalment1
    2028-10-02 09:00  certifier   2.certify           →  refused previousSettled
    2028-10-02 09:01  system      1.reopen            →  due
    2028-10-02 09:02  certifier   1.certify           →  certified
    2028-10-02 09:03  authoriser  1.authorise         →  authorised payout
    2028-10-02 09:04  system      1.markExported      →  exported
    2028-10-03 09:00  system      1.confirmSettled    →  settled letter:paid
    2028-10-04 09:02  certifier   2.certify           →  certified`,

  'both returned after both settled': `${HAPPY}
    2028-10-10 09:00  clock       parent              →  active.fullyPaid
    2028-10-10 09:00  officer     placeHold           →  active.fullyPaid letter:holdPlaced
    2028-10-10 09:00  system      2.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-10-10 09:00  clock       parent              →  active.instalment2
    2028-10-11 09:00  system      1.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-10-11 09:00  clock       parent              →  active.instalment1
    2028-10-12 09:00  system      2.reopen            →  due
    2028-10-12 09:01  approver    liftHold            →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-10-12 09:02  certifier   2.certify           →  refused previousSettled
    2028-10-12 09:03  system      1.reopen            →  due
    2028-10-12 09:04  certifier   1.certify           →  certified
    2028-10-12 09:05  authoriser  1.authorise         →  authorised payout
    2028-10-12 09:06  system      1.markExported      →  exported
    2028-10-13 09:00  system      1.confirmSettled    →  settled letter:paid
    2028-10-13 09:00  clock       parent              →  active.instalment2`,

  'the second comes back while the first is still away': `${HAPPY}
    2028-10-11 09:00  system      1.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-10-11 09:00  clock       parent              →  active.instalment1
    2028-10-12 09:00  system      2.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-10-12 09:00  clock       parent              →  active.instalment1
    2028-10-13 09:00  system      1.cancel            →  cancelled`,

  'the first comes back while the second is on its way': `${paid}
    2028-10-02 09:00  certifier   2.certify           →  certified
    2028-10-02 11:00  authoriser  2.authorise         →  authorised payout
    2028-10-02 11:01  system      2.markExported      →  exported
    2028-10-03 09:00  system      2.reportReturn      →  returned letter:paymentReturned
    2028-10-03 09:00  clock       parent              →  active.instalment2
    2028-10-03 10:00  system      2.reopen            →  due
    2028-10-03 10:01  certifier   2.certify           →  certified
    2028-10-03 10:02  authoriser  2.authorise         →  authorised payout
    2028-10-03 10:03  system      2.markExported      →  exported
    2028-10-04 09:00  system      1.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-10-04 09:00  clock       parent              →  active.instalment1
    2028-10-05 09:00  system      2.confirmSettled    →  settled letter:paid
    2028-10-05 09:00  clock       parent              →  active.instalment1
    2028-10-06 10:00  system      1.reopen            →  due
    2028-10-06 10:01  certifier   1.certify           →  certified
    2028-10-06 10:02  authoriser  1.authorise         →  authorised payout
    2028-10-06 10:03  system      1.markExported      →  exported
    2028-10-07 09:00  system      1.confirmSettled    →  settled letter:paid
    2028-10-07 09:00  clock       parent              →  active.fullyPaid`,

  'a person settles by hand with a day that is possible, and the others of finance hear of it; the bank is believed': `${exported}
    2028-05-02 12:00  certifier   1.confirmSettled:early   →  refused valueDateSincePayDay
    2028-05-02 12:01  certifier   1.confirmSettled:far     →  refused valueDateNotFarAhead
    2028-05-02 12:02  authoriser  1.confirmSettled:payDay  →  settled letter:paid letter:settledByHand
    2028-10-02 09:00  certifier   2.certify                →  certified
    2028-10-02 11:00  authoriser  2.authorise              →  authorised payout
    2028-10-02 11:01  system      2.markExported           →  exported
    2028-10-02 12:00  system      2.confirmSettled:early   →  settled letter:paid`,

  'stopped: what is not on its way is cancelled': `${exported}
    2028-05-03 09:00  officer     stop                →  refused wrongRole
    2028-05-03 09:00  system      stop                →  active.stopped letter:stopped
    2028-05-03 09:00  clock       2.cancelled         →  cancelled
    2028-05-04 09:00  system      1.confirmSettled    →  settled letter:paid
    2028-05-05 09:00  clock       parent              →  active.stopped
    2028-05-05 09:01  system      1.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-05-05 09:02  system      1.reopen            →  due
    2028-05-05 09:03  certifier   1.certify           →  refused noticeFinal`,

  'stopped after the first instalment': `${paid}
    2028-06-01 09:00  system      stop                →  active.stopped letter:stopped
    2028-10-02 00:00  clock       2.cancelled         →  cancelled`,

  'stopped with one certified': `${until('1.certify')}
    2028-05-02 10:00  system      stop                →  active.stopped letter:stopped
    2028-05-02 10:00  clock       1.cancelled         →  cancelled`,

  'stopped with one authorised: the order finds nothing to export': `${until('1.authorise')}
    2028-05-02 11:00  system      stop                →  active.stopped letter:stopped
    2028-05-02 11:01  system      1.markExported      →  refused notPossibleHere`,

  'stopped with one due': `${active}
    2028-05-02 10:00  system      stop                →  active.stopped letter:stopped
    2028-05-02 10:00  clock       1.cancelled         →  cancelled`,

  'each of the four signatures by another person': `${until('accept')}
    2027-12-10 15:00  allrounder  recommend           →  submitted.reviewed
    2028-01-12 09:00  allrounder  countersign         →  refused differentPerson
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
    2028-01-27 09:00  officer     draftNotice         →  decided.noticeDrafted
    2028-01-27 10:00  approver    issueNotice         →  appealPeriod.running letter:notice
    2028-02-01 09:00  signatory   waive               →  active.instalment1 letter:paymentPlan
    2028-05-02 09:00  allrounder  1.certify           →  refused differentPerson
    2028-05-02 09:01  certifier   1.certify           →  certified
    2028-05-02 09:02  allrounder  1.authorise         →  refused differentPerson
    2028-05-02 09:03  certifier   1.authorise         →  refused wrongRole
    2028-05-02 09:04  authoriser  1.authorise         →  authorised payout`,

  'paid too early is refused': `${active}
    2028-04-01 09:00  certifier   1.certify           →  refused notPossibleHere
    2028-04-01 09:00  system      1.fallDue           →  refused payDateReached`,
};
