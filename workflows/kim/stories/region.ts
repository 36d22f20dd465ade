import { HAPPY, until } from './script.ts';

const toSignature = until('requestSignature');

/** What is possible in every state of a region, told in each of them. */
export const regionStories: { readonly [title: string]: string } = {
  'withdrawn while awaiting the signature': `${toSignature}
    2027-08-21 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'the signatory is reminded, and the draft lapses unsigned': `${toSignature}
    2027-09-20 08:00  clock       remind              →  drafting.awaitingSignature letter:draftReminder
    2027-11-16 00:00  clock       remind              →  drafting.awaitingSignature letter:draftReminder letter:draftReminder letter:draftReminder letter:draftReminder letter:cutOffPassed
    2027-11-17 00:00  clock       lapse               →  lapsed letter:lapsed`,

  'withdrawn although late': `${toSignature}
    2027-11-03 00:00  signatory   sign                →  submitted.lateClaim letter:receivedLate
    2027-11-04 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'withdrawn before the late claim is confirmed': `${toSignature}
    2027-11-03 00:00  signatory   sign                →  submitted.lateClaim letter:receivedLate
    2027-11-05 09:00  officer     proposeLate         →  submitted.lateProposed
    2027-11-06 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'withdrawn before the receipt check': `${until('sign')}
    2027-09-01 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'withdrawn instead of completed': `${until('sign')}
    2027-11-20 10:00  officer     askCompletion       →  submitted.returned letter:completionRequested
    2027-11-21 10:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'the concept is replaced where it was asked for': `${until('sign')}
    2027-11-20 10:00  officer     askCompletion:concept  →  submitted.returned letter:completionRequested
    2027-11-21 10:00  editor      saveForm:payee      →  refused sectionOpen
    2027-11-21 10:01  editor      attach:other        →  submitted.returned
    2027-11-22 10:00  signatory   resubmit            →  submitted.receiptCheck letter:resubmitted`,

  'withdrawn after the recommendation': `${until('recommend')}
    2027-12-11 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'withdrawn when the notice is drafted': `${until('draftNotice')}
    2028-01-26 11:00  signatory   withdraw            →  withdrawn letter:withdrawn letter:fundsFreed`,

  'withdrawn when the rejection is drafted': `${until('accept')}
    2027-12-10 15:00  officer     recommend:no        →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
    2028-01-27 09:00  officer     draftNotice         →  decided.noticeDrafted
    2028-01-27 09:30  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'held and released between the instalments': `${until('1.confirmSettled')}
    2028-06-01 09:00  officer     placeHold           →  active.instalment2 letter:paymentHeld letter:holdPlaced
    2028-06-02 09:00  approver    liftHold            →  active.instalment2 letter:paymentReleased letter:holdLifted`,

  'held and released when all is paid': `${HAPPY}
    2028-11-01 09:00  officer     placeHold           →  active.fullyPaid letter:holdPlaced
    2028-11-02 09:00  approver    liftHold            →  active.fullyPaid letter:holdLifted`,

  'held and released when stopped': `${until('finality')}
    2028-04-01 09:00  system      stop                →  active.stopped letter:stopped
    2028-04-01 09:01  officer     placeHold           →  active.stopped letter:holdPlaced
    2028-04-02 09:00  approver    liftHold            →  active.stopped letter:holdLifted`,
};
