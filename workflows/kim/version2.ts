import { all, book, letter, payout, take, type Lifecycle, type Transition } from '#kernel';
import { earlier } from './earlier.ts';
import { noticeWords } from './letters/notice.ts';
import { application } from './machine.ts';
import { applicationTakes, drafted, issued } from './takes.ts';

/** What a form had to satisfy before it was signed. */
const signable = all('applicantEntitled', 'formComplete', 'fteAtLeastHalf', 'withinCap', 'additionalPost', 'conceptAttached', 'noDoubleFunding');

/** What had to hold before money was ordered. */
const readiness = ['noticeFinal', 'payDateReached', 'amountPositive', 'noHoldInScope', 'previousSettled', 'payeeGiven'];

const recall: Transition = { target: 'due', actions: [take('signaturesVoid')] };
const cancel: Transition = { target: 'cancelled', actions: [book('uncommit')] };
const skip: Transition = { guard: 'nothingToPay', target: 'skipped' };

/** An application as version 2 knew it. Nobody answered a payment in part, so the second answer was the last. */
export const application2 = earlier(application, {
  events: [
    'proposeChange', 'confirmChange', 'declineChange', 'announceChange', 'confirmRecovery', 'holdAmount', 'proposeBypass', 'confirmBypass', 'declineBypass',
    'instalmentsAdjusted', 'instalmentRestored', 'proposePayee', 'payeeChanged',
  ],
  before: {
    requestSignature: (taken) => ({ ...(taken as Transition), guard: signable }),
    resubmit: (taken) => ({ ...(taken as Transition), guard: signable }),
    placeHold: () => ({ actions: [take('hold')] }),
    liftHold: () => ({ guard: 'holdKnown', actions: [take('holdLifted')] }),
    draftNotice: (taken) => ({ ...(taken as Transition), actions: [take('noticeDraft')] }),
    instalmentSettled: (taken) => (Array.isArray(taken) && taken.length === 2 ? taken[0] as Transition : taken),
    reportUndelivered: (taken) => ((taken as Transition).guard === 'changeAnnounced' ? null : taken),
  },
});

/** What it left in a context: the subject of its notices named the programme before the file number, which begins with it, every grant rejected what goes beyond it, and notices bore the day of their draft. */
export const applicationTakes2: typeof applicationTakes = {
  ...applicationTakes,
  noticeDraft: (situation) => {
    const { subject, text } = noticeWords(situation, { beyond: true });
    return drafted(situation, { subject: { de: `KIM ${subject.de}`, en: `KIM ${subject.en}` }, text });
  },
  issue: (situation) => ({ notice: issued(situation) }),
};

/** An instalment as version 2 knew it, in full: version 3 changed nearly every line of it. */
export const instalment2: Lifecycle = {
  id: 'instalment',
  initial: 'planned',
  states: {
    planned: {
      on: {
        fallDue: { guard: all('payDateReached', 'amountPositive'), target: 'due', actions: [letter('instalmentDue')] },
        remindFinance: { actions: [letter('dueSoon')] },
        datesMoved: { guard: 'payDateMoved', actions: [take('payDay')] },
        skip,
        cancel,
      },
    },
    due: {
      on: { certify: { guard: all(...readiness), target: 'certified', actions: [take('certification')] }, skip, cancel },
    },
    certified: {
      on: {
        authorise: { guard: all(...readiness, 'certificationUnchanged'), target: 'authorised', actions: [payout] },
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
