import type { Application } from '../context.ts';
import { defaultCycle } from '../cycle.ts';
import { draft, play, until, type Start } from './script.ts';

const drafted = until('attach');
const issuedInPortal = `${until('draftNotice')}
    2028-01-27 10:00  approver    issueNotice:portal  →  appealPeriod.running letter:notice`;

/** What time does to a case, and what people do about time. */
export const timeStories: { readonly [title: string]: string } = {
  'more time for one applicant takes two people, and moves every date': `${drafted}
    2027-11-01 09:00  officer     proposeExtension:past  →  refused extensionAhead
    2027-11-01 09:00  approver    confirmExtension    →  refused extensionProposed
    2027-11-01 09:00  allrounder  proposeExtension    →  drafting.editing letter:extensionProposed
    2027-11-01 09:05  allrounder  confirmExtension    →  refused differentPerson
    2027-11-01 10:00  approver    confirmExtension    →  drafting.editing letter:extended
    2027-11-03 00:00  clock       stillOpen           →  drafting.editing
    2027-11-05 08:00  clock       remind              →  drafting.editing letter:draftReminder
    2027-11-16 22:00  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested
    2027-11-16 23:59:59.999  signatory  sign          →  submitted.receiptCheck letter:receipt`,

  'after the extension a signature is late as after any cut-off': `${drafted}
    2027-11-01 09:00  officer     proposeExtension    →  drafting.editing letter:extensionProposed
    2027-11-01 10:00  approver    confirmExtension    →  drafting.editing letter:extended
    2027-11-16 22:00  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested
    2027-11-17 00:00  signatory   sign                →  submitted.lateClaim letter:receivedLate`,

  'an extension that was confirmed too late is none': `${drafted}
    2027-11-01 09:00  officer     proposeExtension    →  drafting.editing letter:extensionProposed
    2027-11-17 00:00  approver    confirmExtension    →  refused notPossibleHere`,

  'an extension is declined, and the draft lapses when it would have': `${drafted}
    2027-11-01 09:00  officer     proposeExtension    →  drafting.editing letter:extensionProposed
    2027-11-01 10:00  approver    declineExtension    →  drafting.editing letter:extensionDeclined
    2027-11-01 11:00  approver    declineExtension    →  refused extensionProposed
    2027-11-03 00:00  clock       remind              →  drafting.editing letter:cutOffPassed
    2027-11-17 00:00  clock       lapse               →  lapsed letter:lapsed`,

  'an officer reminds of a draft, once a day': `${drafted}
    2027-08-10 09:00  officer     remindDraft         →  drafting.editing letter:draftReminder
    2027-08-10 23:59  officer     remindDraft         →  refused notRemindedToday
    2027-08-11 00:00  officer     remindDraft         →  drafting.editing letter:draftReminder
    2027-08-11 09:00  approver    remindDraft         →  refused wrongRole`,

  'more time while the signature is awaited': `${until('requestSignature')}
    2027-09-01 09:00  officer     remindDraft         →  drafting.awaitingSignature letter:draftReminder
    2027-09-01 09:00  officer     proposeExtension    →  drafting.awaitingSignature letter:extensionProposed
    2027-09-01 10:00  approver    declineExtension    →  drafting.awaitingSignature letter:extensionDeclined
    2027-09-02 09:00  officer     proposeExtension    →  drafting.awaitingSignature letter:extensionProposed
    2027-09-02 10:00  approver    confirmExtension    →  drafting.awaitingSignature letter:extended`,

  'a late claim lies, and then the proposal about it': `${drafted}
    2027-11-02 22:00  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested
    2027-11-03 00:00  signatory   sign                →  submitted.lateClaim letter:receivedLate
    2027-12-01 08:00  clock       remindOffice        →  submitted.lateClaim letter:unattended
    2027-12-29 08:00  clock       escalate            →  submitted.lateClaim letter:escalated
    2028-01-03 09:00  officer     proposeLate         →  submitted.lateProposed
    2028-01-31 08:00  clock       remindOffice        →  submitted.lateProposed letter:unsigned
    2028-02-28 08:00  clock       escalate            →  submitted.lateProposed letter:escalated`,

  'a review lies': `${until('accept')}
    2027-12-17 08:00  clock       remindOffice        →  submitted.inReview letter:unattended
    2028-01-14 08:00  clock       escalate            →  submitted.inReview letter:escalated`,

  'withdrawn during the hearing': `${until('accept')}
    2027-12-01 09:00  officer     hear                →  submitted.hearing letter:hearing
    2027-12-02 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'what lies is brought to mind, and then to the superiors': `${until('sign')}
    2027-12-01 08:00  clock       remindOffice        →  submitted.receiptCheck letter:unattended
    2027-12-29 08:00  clock       escalate            →  submitted.receiptCheck letter:escalated
    2028-03-01 00:00  clock       nothing             →  submitted.receiptCheck`,

  'whoever must sign second is reminded of it': `${until('recommend')}
    2028-01-07 08:00  clock       remindOffice        →  submitted.reviewed letter:unsigned
    2028-02-04 08:00  clock       escalate            →  submitted.reviewed letter:escalated`,

  'a notice that is decided but not drafted, drafted but not issued': `${until('countersign')}
    2028-01-19 08:00  clock       remindOffice        →  decided.awaitingNotice letter:noticeToDraft
    2028-01-26 10:00  officer     draftNotice         →  decided.noticeDrafted
    2028-02-02 08:00  clock       remindOffice        →  decided.noticeDrafted letter:noticeToIssue
    2028-03-22 08:00  clock       escalate            →  decided.noticeDrafted letter:escalated`,

  'a decision lies for months': `${until('countersign')}
    2028-01-19 08:00  clock       remindOffice        →  decided.awaitingNotice letter:noticeToDraft
    2028-03-08 08:00  clock       escalate            →  decided.awaitingNotice letter:escalated`,

  'a completion is reminded of three working days before its end': `${until('sign')}
    2027-11-20 10:00  officer     askCompletion       →  submitted.returned letter:completionRequested
    2027-12-01 08:00  clock       remindCompletion    →  submitted.returned letter:completionReminder
    2027-12-07 00:00  clock       completionPassed    →  submitted.receiptCheck letter:completionPassed`,

  'a hearing that is answered': `${until('accept')}
    2027-12-01 09:00  officer     hear                →  submitted.hearing letter:hearing
    2027-12-02 09:00  officer     recommend:no        →  refused notPossibleHere
    2027-12-06 09:00  signatory   answerHearing       →  submitted.inReview letter:hearingAnswered
    2027-12-07 09:00  officer     recommend:no        →  submitted.reviewed`,

  'a hearing that is not answered': `${until('accept')}
    2027-12-01 09:00  officer     hear                →  submitted.hearing letter:hearing
    2027-12-02 09:00  system      hearingPassed       →  refused hearingPeriodOver
    2027-12-15 08:00  clock       remindHearing       →  submitted.hearing letter:hearingReminder
    2027-12-21 00:00  clock       hearingPassed       →  submitted.inReview letter:hearingPassed`,

  'a notice that arrived later than the law assumes is final later': `${until('issueNotice')}
    2028-02-08 09:00  officer     recordArrival:early  →  refused arrivalPlausible
    2028-02-08 09:00  officer     recordArrival:later  →  appealPeriod.running
    2028-03-01 00:00  clock       notYet              →  appealPeriod.running
    2028-03-08 00:00  clock       finality            →  active.instalment1 letter:paymentPlan`,

  'a notice that arrived earlier is announced on the fourth day all the same': `${until('issueNotice')}
    2028-01-28 09:00  officer     recordArrival       →  appealPeriod.running
    2028-03-01 00:00  clock       finality            →  active.instalment1 letter:paymentPlan`,

  'a notice that nobody received is issued again': `${until('issueNotice')}
    2028-02-08 09:00  officer     reportUndelivered   →  decided.noticeDrafted letter:undelivered
    2028-02-08 10:00  approver    issueNotice         →  appealPeriod.running letter:notice`,

  'a notice in the portal is announced on the day after its retrieval': `${issuedInPortal}
    2028-02-01 09:00  officer     recordArrival       →  appealPeriod.running
    2028-02-29 00:00  clock       finality            →  active.instalment1 letter:paymentPlan`,

  'a notice in the portal that nobody retrieves is not announced': `${issuedInPortal}
    2028-02-01 09:00  system      retrievalPassed     →  refused retrievalOver
    2028-02-07 00:00  clock       retrievalPassed     →  decided.noticeDrafted letter:undelivered`,

  'finance hears a week before what will fall due': `${until('finality')}
    2028-04-24 08:00  clock       1.remindFinance     →  planned letter:dueSoon`,
};

/** Stories of time in another round. */
export const timeInOtherRounds: readonly (readonly [title: string, script: string, start: () => Start])[] = [
  ['where the round asks for it nobody is refused unheard', `${until('accept')}
    2027-12-10 15:00  officer     recommend:no        →  refused hearingHeld
    2027-12-10 15:01  officer     hear                →  submitted.hearing letter:hearing
    2027-12-12 09:00  officer     reportUndelivered   →  submitted.inReview letter:undelivered
    2027-12-12 09:01  officer     recommend:no        →  refused hearingHeld
    2027-12-12 09:02  officer     hear                →  submitted.hearing letter:hearing
    2027-12-20 09:00  signatory   answerHearing       →  submitted.inReview letter:hearingAnswered
    2027-12-21 15:00  officer     recommend:no        →  submitted.reviewed`, () => ({ cycle: { ...defaultCycle(2028), hearingBeforeRejection: true } })],

  ['a moved cut-off is told to whoever still has a draft', `
    2027-10-01 09:00  system      datesMoved:others   →  refused cutOffMoved
    2027-10-01 09:00  system      datesMoved          →  drafting.editing letter:cutOffMoved`, () => ({ family: play(drafted).family })],

  ['an extension that the new cut-off for all overtook need not be confirmed', `
    2027-11-02 09:00  approver    confirmExtension    →  refused proposalAhead
    2027-11-02 09:01  system      datesMoved          →  refused cutOffMoved`, () => {
    const { family } = play(`${until('requestSignature')}
      2027-11-01 09:00  officer  proposeExtension  →  drafting.awaitingSignature`);
    return { family: { ...family, cycle: { ...family.cycle, cutOffOn: '2027-11-30' } } };
  }],

  ['a moved cut-off is told while the signature is awaited', `
    2027-10-01 09:00  system      datesMoved          →  drafting.awaitingSignature letter:cutOffMoved`, () => ({ family: play(until('requestSignature')).family })],

  ['a moved pay date moves the instalment that is planned', `
    2028-04-01 09:00  system      1.datesMoved        →  planned
    2028-04-01 09:01  system      1.datesMoved        →  refused payDateMoved`, () => {
    const { family } = play(until('finality'));
    return { family: { ...family, cycle: { ...family.cycle, payOn: ['2028-06-01', '2028-10-01'] } } };
  }],

  ['a personal extension that reaches further is not touched by a moved cut-off', `
    2027-10-01 09:00  system      datesMoved          →  refused cutOffMoved`, () => {
    const { family } = play(drafted);
    const extension: Application['extension'] = { until: '2027-11-30', reason: 'Umzug' };
    return { family: { ...family, head: { ...family.head, context: { ...family.head.context, extension } } } };
  }],

  ['reminders by calendar days fall on the working day before a weekend', `
    2027-09-30 08:00  clock       remind              →  drafting.editing letter:draftReminder
    2027-10-23 08:00  clock       nothing             →  drafting.editing
    2027-10-29 08:00  clock       remind              →  drafting.editing letter:draftReminder`,
  () => ({ family: play(drafted, { family: draft({ ...defaultCycle(2028), reminderWorkingDays: [], reminderCalendarDays: [33, 3] }) }).family })],
];
