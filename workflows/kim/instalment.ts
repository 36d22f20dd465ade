import { all, book, letter, payout, take, type Lifecycle, type Transition } from '#kernel';
import { READY } from './readiness.ts';

/** Another payee holds: what was signed for is not what would be paid. */
const followPayee: Transition = { target: 'due', actions: [take('orderVoid'), letter('instalmentDue')] };
const notePayeeVerification: Transition = { actions: [take('payeeVerification')] };

const recall: Transition = { target: 'due', actions: [take('orderVoid')] };
/** Whatever it waits for: a payment that nobody moves is brought to mind. */
const remindPayment: Transition = { actions: [letter('paymentUnattended')] };
/** The municipality hears once that its money has not come on the pay date, and why in general. */
const tellUnpaid: Transition = { actions: [letter('notPaidYet')] };
/** After the end of its budget year nothing is paid: what is not paid by then is told while that can be helped. */
const remindBudgetEnd: Transition = { actions: [letter('budgetEnding')] };
/** What a person says of a settlement has to be possible, and the others of finance hear of it. */
const SETTLEMENT = ['valueDateSincePayDay', 'valueDateNotFarAhead'];
const cancel: Transition = { target: 'cancelled', actions: [book('uncommit')] };

/** The award changed, and this instalment with it: what was signed for is not what would be paid, so signatures are void. */
const adjusting = [book('adjustUp'), book('adjustDown'), book('claim'), book('unclaim'), take('adjustment')];
const adjust: Transition = { guard: 'shareChanged', actions: adjusting };

/** What was paid comes back, whether it was all or the first part of it: the applicant was told of it, and is told otherwise. */
const giveBack = [book('giveBack'), letter('paymentReversed'), letter('paymentReturned'), take('paymentReturned')];

/** A person was mistaken about a return: what held before holds again, down to the order that the bank has still to answer. */
const MISTAKEN = ['returnByHand', 'returnByAnother', 'shareUnchanged'];
const restored = [letter('paymentStands'), letter('returnWithdrawn'), take('returnWithdrawn')];
const withdrawReturn: readonly Transition[] = [
  { guard: all(...MISTAKEN, 'orderAwaited'), target: 'exported', actions: [book('restoreRest'), book('restoreOrder'), ...restored] },
  { guard: all(...MISTAKEN, 'restOpen'), target: 'due', actions: [book('restorePaid'), ...restored] },
  { guard: all(...MISTAKEN), target: 'settled', actions: [book('restorePaid'), ...restored] },
];
/** The bank tells the same: from then on it is the bank's word. */
const bearOutReturn: Transition = { guard: 'returnByHand', actions: [take('returnBorneOut')] };

/** The bank's value date counts, also where a person gave another one before: the money has to be used within two months of it. */
const noteValueDate: Transition = { guard: all('partSettled', 'valueDateNew'), actions: [letter('valueDateCorrected'), take('valueDate')] };
/** It counts as well for what was paid before a return that may be withdrawn; the municipality is told then. */
const noteValueDateBefore: Transition = { guard: all('returnByHand', 'settledBefore', 'valueDateNew'), actions: [take('valueDateBefore')] };

/** One of the two instalments of a grant. What came back, or was only paid in part, is certified and ordered again. */
export const instalment: Lifecycle = {
  id: 'instalment',
  initial: 'planned',
  states: {
    planned: {
      on: {
        fallDue: { guard: all('payDateReached', 'amountPositive'), target: 'due', actions: [letter('instalmentDue')] },
        remindFinance: { actions: [letter('dueSoon')] },
        warnPayment: { actions: [letter('notReady')] },
        remindBudgetEnd,
        datesMoved: { guard: 'payDateMoved', actions: [take('payDay')] },
        adjust,
        skip: { guard: 'nothingToPay', target: 'skipped' },
        cancel,
      },
    },
    due: {
      on: {
        certifyFactually: { guard: all('twoPersonsCertify', ...READY, 'notFactuallyCertified'), actions: [take('factuallyCertifiedOrder'), letter('factuallyCertified')] },
        certify: { guard: all(...READY, 'factuallyCertified'), target: 'certified', actions: [take('certifiedOrder')] },
        notePayeeVerification,
        remindPayment,
        remindBudgetEnd,
        tellUnpaid,
        adjust,
        reportReturn: { guard: all('partSettled', 'withinPayment'), target: 'returned', actions: giveBack },
        noteValueDate,
        skip: [{ guard: all('nothingToPay', 'somethingPaid'), target: 'settled' }, { guard: 'nothingToPay', target: 'skipped' }],
        cancel,
      },
    },
    certified: {
      on: {
        authorise: { guard: all(...READY, 'certificationUnchanged'), target: 'authorised', actions: [take('order'), payout] },
        recall,
        notePayeeVerification,
        remindPayment,
        remindBudgetEnd,
        tellUnpaid,
        followPayee,
        adjust: { ...adjust, target: 'due' },
        cancel,
      },
    },
    authorised: {
      on: {
        markExported: { guard: all('orderStands', 'noHoldInScope', 'noUnpostedChange', 'payeeApproved', 'payeeCooledDown', 'budgetYearOpen', 'certificationUnchanged'), target: 'exported', actions: [book('order')] },
        recall,
        remindPayment,
        remindBudgetEnd,
        tellUnpaid,
        followPayee,
        adjust: { ...adjust, target: 'due' },
        cancel,
      },
    },
    exported: {
      on: {
        confirmSettled: [
          { guard: all('partOrdered', ...SETTLEMENT), target: 'due', actions: [letter('partPaid'), letter('settledByHand'), book('settle'), take('orderSettled'), take('reopening')] },
          { guard: all(...SETTLEMENT), target: 'settled', actions: [book('settle'), letter('paid'), letter('settledByHand'), take('orderSettled')] },
        ],
        reportReturn: {
          guard: 'withinPayment', target: 'returned',
          actions: [book('settleRest'), book('unorder'), letter('paymentNotMade'), letter('paymentReturned'), take('orderReturned')],
        },
        remindPayment,
        remindBudgetEnd,
      },
    },
    settled: {
      tags: ['end'],
      on: {
        reportReturn: { guard: all('partSettled', 'withinPayment'), target: 'returned', actions: giveBack },
        noteValueDate,
        adjust: [
          { guard: all('shareChanged', 'shareOpen'), target: 'due', actions: [...adjusting, take('reopening'), letter('instalmentDue')] },
          adjust,
        ],
      },
    },
    returned: {
      on: { remindPayment, remindBudgetEnd, tellUnpaid, reopen: { target: 'due', actions: [take('reopening')] }, withdrawReturn, bearOutReturn, noteValueDate: noteValueDateBefore, adjust, cancel },
    },
    skipped: { tags: ['end'], on: { adjust: { ...adjust, target: 'planned' } } },
    cancelled: { type: 'final' },
  },
};
