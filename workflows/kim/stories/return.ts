import { HAPPY, until } from './script.ts';

const exported = until('1.markExported');
const paid = until('1.confirmSettled');
/** The first instalment paid but for what is on hold. */
const partPaid = `${until('1.fallDue')}
    2028-05-02 08:00  officer     holdAmount              →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 09:00  certifier   1.certify               →  certified
    2028-05-02 11:00  authoriser  1.authorise             →  authorised payout
    2028-05-02 11:01  system      1.markExported          →  exported
    2028-05-03 09:00  system      1.confirmSettled        →  due letter:partPaid`;
const TOLD_OTHERWISE = 'letter:paymentReversed letter:paymentReturned';

/** A return that a person reported by mistake: another takes it back, and what held before holds again. */
export const returnStories: { readonly [title: string]: string } = {
  'a return of what was settled is withdrawn by another person: the payment stands, and what waited for it goes on': `${paid}
    2028-05-10 09:00  certifier   1.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-05-10 09:00  clock       parent                  →  active.instalment1
    2028-05-10 09:01  certifier   1.withdrawReturn        →  refused returnByAnother
    2028-05-10 09:02  officer     1.withdrawReturn        →  refused wrongRole
    2028-05-10 09:03  authoriser  1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-05-10 09:03  clock       parent                  →  active.instalment2
    2028-05-10 09:04  authoriser  1.withdrawReturn        →  refused notPossibleHere
    2028-05-11 09:00  system      1.reportReturn          →  returned ${TOLD_OTHERWISE}`,

  'whoever reported an earlier one that was withdrawn withdraws another\'s just as well': `${paid}
    2028-05-10 09:00  certifier   1.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-05-10 09:01  authoriser  1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-05-10 09:02  authoriser  1.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-05-10 09:03  authoriser  1.withdrawReturn        →  refused returnByAnother
    2028-05-10 09:04  certifier   1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn`,

  'the bank gives another value date while a return stands: once it is withdrawn, that day holds': `${paid}
    2028-05-10 09:00  certifier   1.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-05-10 09:01  system      1.noteValueDate:same    →  refused valueDateNew
    2028-05-10 09:02  system      1.noteValueDate         →  returned
    2028-05-10 09:03  authoriser  1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-05-10 09:04  system      1.noteValueDate         →  refused valueDateNew`,

  'but not of an order, which was not settled before': `${exported}
    2028-05-03 09:00  certifier   1.reportReturn          →  returned letter:paymentReturned
    2028-05-03 09:01  system      1.noteValueDate         →  refused settledBefore`,

  'the bank gives another value date than the person who settled it: the bank\'s holds, and the municipality is told': `${paid}
    2028-05-10 09:00  certifier   1.noteValueDate         →  refused wrongRole
    2028-05-10 09:01  system      1.noteValueDate:same    →  refused valueDateNew
    2028-05-10 09:02  system      1.noteValueDate         →  settled letter:valueDateCorrected
    2028-05-10 09:03  system      1.noteValueDate         →  refused valueDateNew`,

  'also of a part, while its rest is due': `${partPaid}
    2028-05-10 09:00  system      1.noteValueDate         →  due letter:valueDateCorrected`,

  'a return of a part is withdrawn the same way': `${paid}
    2028-05-10 09:00  authoriser  1.reportReturn:part     →  returned ${TOLD_OTHERWISE}
    2028-05-10 09:01  certifier   1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-10-02 09:00  certifier   2.certify               →  certified`,

  'of an instalment whose rest is due the rest is due again': `${partPaid}
    2028-05-10 09:00  certifier   1.reportReturn:part     →  returned ${TOLD_OTHERWISE}
    2028-05-10 09:01  authoriser  1.withdrawReturn        →  due letter:paymentStands letter:returnWithdrawn
    2028-05-10 09:02  approver    liftHold                →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-05-10 09:03  certifier   1.certify               →  certified
    2028-05-10 09:04  authoriser  1.authorise             →  authorised payout
    2028-05-10 09:05  system      1.markExported          →  exported
    2028-05-11 09:00  system      1.confirmSettled        →  settled letter:paid`,

  'of an order the same order is awaited again; the municipality was told nothing': `${exported}
    2028-05-03 09:00  certifier   1.reportReturn          →  returned letter:paymentReturned
    2028-05-03 09:01  authoriser  1.withdrawReturn        →  exported letter:returnWithdrawn
    2028-05-03 09:02  system      1.markExported          →  refused notPossibleHere
    2028-05-03 10:00  system      1.confirmSettled        →  settled letter:paid`,

  'of a part of an order all of it is awaited again, and the municipality, which was told of a part, is told otherwise': `${exported}
    2028-05-03 09:00  certifier   1.reportReturn:part     →  returned letter:paymentNotMade letter:paymentReturned
    2028-05-03 09:01  authoriser  1.withdrawReturn        →  exported letter:paymentStands letter:returnWithdrawn
    2028-05-03 10:00  system      1.reportReturn          →  returned letter:paymentReturned`,

  'what the bank tells is not withdrawn by hand, nor what it has borne out, nor what is reopened': `${paid}
    2028-05-10 09:00  system      1.reportReturn:part     →  returned ${TOLD_OTHERWISE}
    2028-05-10 09:01  authoriser  1.withdrawReturn        →  refused returnByHand
    2028-05-10 09:02  system      1.bearOutReturn         →  refused returnByHand
    2028-05-10 09:03  system      1.reopen                →  due
    2028-05-10 09:04  certifier   1.certify               →  certified
    2028-05-10 09:05  authoriser  1.authorise             →  authorised payout
    2028-05-10 09:06  system      1.markExported          →  exported
    2028-05-11 09:00  certifier   1.reportReturn:part     →  returned letter:paymentReturned
    2028-05-11 09:01  system      1.bearOutReturn         →  returned
    2028-05-11 09:02  authoriser  1.withdrawReturn        →  refused returnByHand
    2028-05-11 09:03  certifier   1.reopen                →  due
    2028-05-11 09:04  authoriser  1.withdrawReturn        →  refused notPossibleHere`,

  'once the award has changed it cannot be withdrawn, until the change is undone': `${paid}
    2028-05-10 09:00  certifier   1.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-05-10 10:00  officer     proposeChange           →  active.instalment1
    2028-05-10 10:01  approver2   confirmChange           →  active.instalment1 letter:awardChanged letter:fundsFreed
    2028-05-10 10:02  authoriser  1.withdrawReturn        →  refused shareUnchanged
    2028-05-10 11:00  officer     proposeChange:full      →  active.instalment1
    2028-05-10 11:01  approver2   confirmChange           →  active.instalment1 letter:awardChanged
    2028-05-10 11:02  authoriser  1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-05-10 11:02  clock       parent                  →  active.instalment2`,

  'the second comes back by mistake when both are paid, and both are again': `${HAPPY}
    2028-10-10 09:00  certifier   2.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-10-10 09:00  clock       parent                  →  active.instalment2
    2028-10-10 09:01  authoriser  2.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-10-10 09:01  clock       parent                  →  active.fullyPaid
    2028-10-11 09:00  certifier   1.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-10-11 09:00  clock       parent                  →  active.instalment1
    2028-10-11 09:01  authoriser  1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-10-11 09:01  clock       parent                  →  active.fullyPaid`,

  'the order of the second is awaited again, and after a stop a payment stands just as well': `${paid}
    2028-10-02 09:00  certifier   2.certify               →  certified
    2028-10-02 11:00  authoriser  2.authorise             →  authorised payout
    2028-10-02 11:01  system      2.markExported          →  exported
    2028-10-03 09:00  certifier   2.reportReturn          →  returned letter:paymentReturned
    2028-10-03 09:01  authoriser  2.withdrawReturn        →  exported letter:returnWithdrawn
    2028-10-03 09:01  clock       parent                  →  active.instalment2
    2028-10-03 10:00  system      stop                    →  active.stopped letter:stopped
    2028-10-04 09:00  certifier   1.reportReturn          →  returned ${TOLD_OTHERWISE}
    2028-10-04 09:01  authoriser  1.withdrawReturn        →  settled letter:paymentStands letter:returnWithdrawn
    2028-10-04 09:01  clock       parent                  →  active.stopped`,

  'the order of the first is awaited again, and the grant waits with it': `${exported}
    2028-05-03 09:00  certifier   1.reportReturn          →  returned letter:paymentReturned
    2028-05-03 09:01  authoriser  1.withdrawReturn        →  exported letter:returnWithdrawn
    2028-05-03 09:01  clock       parent                  →  active.instalment1`,
};
