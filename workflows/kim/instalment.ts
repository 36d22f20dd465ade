import { all, book, letter, payout, take, type Lifecycle, type Transition } from '#kernel';
import { READY } from './readiness.ts';

const recall: Transition = { target: 'due', actions: [take('signaturesVoid')] };
const cancel: Transition = { target: 'cancelled', actions: [book('uncommit')] };
const skip: Transition = { guard: 'nothingToPay', target: 'skipped' };

/** One of the two instalments of a grant. An instalment that came back from the bank is certified and ordered again. */
export const instalment: Lifecycle = {
  id: 'instalment',
  initial: 'planned',
  states: {
    planned: {
      on: {
        fallDue: { guard: all('payDateReached', 'amountPositive'), target: 'due', actions: [letter('instalmentDue')] },
        remindFinance: { actions: [letter('dueSoon')] },
        warnPayment: { actions: [letter('notReady')] },
        datesMoved: { guard: 'payDateMoved', actions: [take('payDay')] },
        skip,
        cancel,
      },
    },
    due: {
      on: { certify: { guard: all(...READY), target: 'certified', actions: [take('certifiedOrder')] }, skip, cancel },
    },
    certified: {
      on: {
        authorise: { guard: all(...READY, 'certificationUnchanged'), target: 'authorised', actions: [payout] },
        recall,
        cancel,
      },
    },
    authorised: {
      on: { markExported: { guard: 'noHoldInScope', target: 'exported' }, recall, cancel },
    },
    exported: {
      on: {
        confirmSettled: { target: 'settled', actions: [book('pay'), take('settlement'), letter('paid')] },
        reportReturn: { guard: 'withinPayment', target: 'returned', actions: [book('payRest'), take('return'), letter('paymentReturned')] },
      },
    },
    settled: {
      tags: ['end'],
      on: { reportReturn: { guard: 'withinPayment', target: 'returned', actions: [book('giveBack'), take('return'), letter('paymentReturned')] } },
    },
    returned: { on: { reopen: { target: 'due', actions: [take('reopening')] }, cancel } },
    skipped: { type: 'final' },
    cancelled: { type: 'final' },
  },
};
