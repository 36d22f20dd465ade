import { all, book, letter, openChildren, take, type Lifecycle, type Transition } from '#kernel';

/** What a form must satisfy before it is signed, at first and after a completion. */
const signable = all(
  'applicantEntitled', 'formComplete', 'fteAtLeastHalf', 'withinCap', 'additionalPost', 'conceptAttached', 'noDoubleFunding', 'holderFits',
);

const grant: Transition = { target: '#active', actions: [take('finality'), openChildren, letter('paymentPlan')] };
const refusal: Transition = { target: '#rejected', actions: [take('finality')] };

/** An instalment moved and the grant stays where it is; only the milestones follow. */
const stay: Transition = { actions: [take('payments')] };
const toInstalment1: Transition = { target: 'instalment1', actions: [take('payments')] };
const toInstalment2: Transition = { target: 'instalment2', actions: [take('payments')] };
const toFullyPaid: Transition = { target: 'fullyPaid', actions: [take('payments')] };
/** An instalment is paid, or was after all. */
const onPaid1: readonly Transition[] = [{ ...toFullyPaid, guard: 'allSettled' }, { ...toInstalment2, guard: 'firstSettled' }, stay];
const onPaid2: readonly Transition[] = [{ ...toFullyPaid, guard: 'allSettled' }, stay];
const stop: Transition = { target: 'stopped', actions: [letter('stopped')] };

/** A notice that nobody received is not announced: it has to be issued again. */
const notAnnounced: Transition = { target: '#noticeDrafted', actions: [book('unissue'), take('noticeUndelivered'), letter('undelivered')] };

/** A case that lies: whoever has it is reminded, later their superiors hear of it. */
const lies = (kind: string): Record<string, Transition> => ({ remindOffice: { actions: [letter(kind)] }, escalate: { actions: [letter('escalated')] } });

/** From the decision on the payee changes by a case of its own; the application hears when the new one holds. */
const payeeChanges: Record<string, Transition> = {
  proposePayee: {
    guard: all('grantApproved', 'noOpenPayeeChange', 'ibanValid', 'bicValid', 'holderFits', 'payeeDiffers'),
    actions: [letter('payeeChanged'), letter('payeeToCheck'), openChildren],
  },
  payeeChanged: { actions: [letter('payeeChanged')] },
};

/** What a change must satisfy to be confirmed, beside its budget, and what it leaves. */
const CONFIRMABLE = ['changeProposed', 'noneCancelled', 'nothingOnTheWay'];
const changing = [take('change'), take('noticedAward'), letter('awardChanged')];

/** A running grant may change: one person proposes, another confirms, and only then the instalments follow. */
const changes: Record<string, Transition | readonly Transition[]> = {
  ...payeeChanges,
  proposeChange: { guard: all('noUnpostedChange', 'changeConclusive'), actions: [take('changeProposal')] },
  confirmChange: [
    { guard: all(...CONFIRMABLE, 'budgetSuffices', 'budgetFreed'), actions: [...changing, letter('fundsFreed')] },
    { guard: all(...CONFIRMABLE, 'budgetSuffices'), actions: changing },
  ],
  declineChange: { guard: 'changeProposed', actions: [take('changeDeclined')] },
  reportUndelivered: { guard: 'changeAnnounced', actions: [take('changeUnannounced'), letter('undelivered')] },
  announceChange: { guard: 'changeUnannounced', actions: [take('noticedAward'), letter('awardChanged')] },
};

/** Whoever waits for money that is held, or would pay it, is told at once. */
const heldTold = [letter('paymentHeld'), letter('holdPlaced')];

/** While something is still to be paid, an amount may be held, and two people may let the next instalment pass a hold. */
const paying: Record<string, Transition | readonly Transition[]> = {
  ...changes,
  holdAmount: { actions: [take('amountHold'), ...heldTold] },
  proposeBypass: { guard: all('holdKnown', 'bypassPossible'), actions: [take('bypassProposal')] },
  confirmBypass: { guard: 'bypassProposed', actions: [letter('heldPaymentPasses'), letter('holdBypassed'), take('bypass')] },
  declineBypass: { guard: 'bypassProposed', actions: [take('bypassDeclined')] },
  instalmentsAdjusted: stay,
};

const withdraw: Transition = { target: '#withdrawn', actions: [letter('withdrawn')] };

/** The application, from the first draft to the second instalment. */
export const application: Lifecycle = {
  id: 'application',
  initial: 'drafting',
  states: {
    drafting: {
      initial: 'editing',
      on: {
        withdraw,
        remind: [
          { guard: 'receivedInTime', actions: [letter('draftReminder')] },
          { actions: [letter('cutOffPassed')] },
        ],
        lapse: { guard: 'lateClaimsOver', target: '#lapsed', actions: [letter('lapsed')] },
        remindDraft: { guard: 'notRemindedToday', actions: [letter('draftReminder')] },
        datesMoved: { guard: 'cutOffMoved', actions: [letter('cutOffMoved')] },
        proposeExtension: { guard: 'extensionAhead', actions: [take('extensionProposal'), letter('extensionProposed')] },
        confirmExtension: { guard: all('extensionProposed', 'proposalAhead'), actions: [take('extension'), letter('extended')] },
        declineExtension: { guard: 'extensionProposed', actions: [take('extensionDeclined'), letter('extensionDeclined')] },
      },
      states: {
        editing: {
          on: {
            saveForm: { actions: [take('form')] },
            attach: { actions: [take('document')] },
            requestSignature: { guard: signable, target: 'awaitingSignature', actions: [take('signatureRequest'), letter('signatureRequested')] },
          },
        },
        awaitingSignature: {
          on: {
            sendBackToEditor: { target: 'editing', actions: [take('backToEditor'), letter('sentBackToEditor')] },
            sign: [
              { guard: 'receivedInTime', target: '#receiptCheck', actions: [take('signature'), letter('receipt')] },
              { target: '#lateClaim', actions: [take('signature'), letter('receivedLate')] },
            ],
          },
        },
      },
    },

    submitted: {
      initial: 'receiptCheck',
      on: { withdraw },
      states: {
        lateClaim: {
          id: 'lateClaim',
          on: { proposeLate: { target: 'lateProposed', actions: [take('officer'), take('lateProposal')] }, ...lies('unattended') },
        },
        lateProposed: {
          on: {
            ...lies('unsigned'),
            confirmLate: [
              { guard: 'lateAdmitted', target: 'receiptCheck', actions: [letter('lateAdmitted')] },
              { target: '#rejected', actions: [take('lateRejection'), letter('lateRejected')] },
            ],
          },
        },
        receiptCheck: {
          id: 'receiptCheck',
          on: {
            accept: { target: 'inReview', actions: [take('officer')] },
            askCompletion: { target: 'returned', actions: [take('officer'), take('completion'), letter('completionRequested')] },
            ...lies('unattended'),
          },
        },
        returned: {
          on: {
            remindCompletion: { actions: [letter('completionReminder')] },
            saveForm: { guard: 'sectionOpen', actions: [take('form')] },
            attach: { guard: 'sectionOpen', actions: [take('document')] },
            resubmit: { guard: signable, target: 'receiptCheck', actions: [take('resubmission'), letter('resubmitted')] },
            completionPassed: { guard: 'completionPeriodOver', target: 'receiptCheck', actions: [take('incompletion'), letter('completionPassed')] },
          },
        },
        inReview: {
          id: 'inReview',
          on: {
            recommend: { guard: all('allLinesDecided', 'withinCap', 'hearingHeld'), target: 'reviewed', actions: [take('recommendation')] },
            hear: { target: 'hearing', actions: [take('officer'), take('hearing'), letter('hearing')] },
            ...lies('unattended'),
          },
        },
        hearing: {
          on: {
            remindHearing: { actions: [letter('hearingReminder')] },
            answerHearing: { target: 'inReview', actions: [take('hearingAnswer'), letter('hearingAnswered')] },
            hearingPassed: { guard: 'hearingPeriodOver', target: 'inReview', actions: [take('hearingOver'), letter('hearingPassed')] },
            reportUndelivered: { target: 'inReview', actions: [take('hearingUndelivered'), letter('undelivered')] },
          },
        },
        reviewed: {
          on: {
            ...lies('unsigned'),
            sendBack: { target: 'inReview', actions: [take('sendBack')] },
            countersign: [
              {
                guard: all('recommendationUnchanged', 'budgetSuffices', 'firstInRank'),
                target: '#decided', actions: [take('decision'), book('reserve')],
              },
              { guard: 'recommendationUnchanged', target: '#waitingForFunds', actions: [letter('waitingForFunds')] },
            ],
          },
        },
      },
    },

    waitingForFunds: {
      id: 'waitingForFunds',
      tags: ['waiting'],
      on: {
        withdraw,
        countersign: {
          guard: all('recommendationUnchanged', 'budgetSuffices', 'firstInRank'),
          target: '#decided', actions: [take('decision'), book('reserve')],
        },
        sendBack: { target: '#inReview', actions: [take('sendBack')] },
      },
    },

    decided: {
      id: 'decided',
      initial: 'awaitingNotice',
      on: {
        ...payeeChanges,
        withdraw: [
          { guard: 'grantApproved', target: '#withdrawn', actions: [book('release'), letter('withdrawn'), letter('fundsFreed')] },
          withdraw,
        ],
      },
      states: {
        awaitingNotice: {
          on: {
            draftNotice: { target: 'noticeDrafted', actions: [take('noticeDraft'), take('noticedAward')] },
            ...lies('noticeToDraft'),
          },
        },
        noticeDrafted: {
          id: 'noticeDrafted',
          on: {
            ...lies('noticeToIssue'),
            issueNotice: { guard: 'postedOnPlausible', target: '#appealPeriod', actions: [take('issue'), book('commit'), letter('notice')] },
          },
        },
      },
    },

    appealPeriod: {
      id: 'appealPeriod',
      initial: 'running',
      on: payeeChanges,
      states: {
        running: {
          on: {
            finality: [{ ...grant, guard: all('noticeFinal', 'grantApproved') }, { ...refusal, guard: 'noticeFinal' }],
            waive: [{ ...grant, guard: 'grantApproved' }, refusal],
            suitFiled: { target: 'suspended', actions: [take('suit')] },
            recordArrival: { guard: 'arrivalPlausible', actions: [take('arrival')] },
            reportUndelivered: { ...notAnnounced },
            retrievalPassed: { ...notAnnounced, guard: 'retrievalOver' },
          },
        },
        suspended: {
          on: {
            suitEnded: [
              { guard: all('quashed', 'grantApproved'), target: '#inReview', actions: [book('uncommit'), letter('fundsFreed'), take('quashing')] },
              { guard: 'quashed', target: '#inReview', actions: [take('quashing')] },
              { ...grant, guard: all('noticeFinal', 'grantApproved') },
              { ...refusal, guard: 'noticeFinal' },
              { target: 'running', actions: [take('suitLost')] },
            ],
          },
        },
      },
    },

    active: {
      id: 'active',
      initial: 'instalment1',
      on: {
        placeHold: { actions: [take('hold'), ...heldTold] },
        liftHold: { guard: 'holdKnown', actions: [letter('paymentReleased'), letter('holdLifted'), take('holdLifted')] },
        confirmRecovery: { guard: 'withinClaim', actions: [book('recover'), take('recovery')] },
      },
      states: {
        instalment1: {
          on: {
            ...paying,
            instalmentSettled: onPaid1,
            instalmentReturned: stay,
            instalmentRestored: onPaid1,
            stop,
          },
        },
        instalment2: {
          on: {
            ...paying,
            instalmentSettled: onPaid2,
            instalmentReturned: [{ ...stay, guard: 'firstSettled' }, toInstalment1],
            instalmentRestored: onPaid2,
            stop,
          },
        },
        fullyPaid: {
          tags: ['end'],
          on: {
            ...changes,
            instalmentsAdjusted: [{ ...stay, guard: 'allSettled' }, toInstalment2],
            instalmentReturned: [{ ...toInstalment2, guard: 'firstSettled' }, toInstalment1],
          },
        },
        stopped: { tags: ['end'], on: { instalmentSettled: stay, instalmentReturned: stay, instalmentRestored: stay } },
      },
    },

    lapsed: { id: 'lapsed', type: 'final' },
    withdrawn: { id: 'withdrawn', type: 'final' },
    rejected: { id: 'rejected', type: 'final' },
  },
};
