import { HAPPY, until } from './script.ts';

const late = `
  2027-08-02 09:00  editor      saveForm            →  drafting.editing
  2027-08-02 09:05  editor      attach              →  drafting.editing
  2027-11-02 22:00  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested
  2027-11-03 00:00  signatory   sign                →  submitted.lateClaim letter:receivedLate
`;

const drafted = until('attach');
const signed = until('sign');
const inReview = until('accept');
const countersigned = until('countersign');
const issued = until('issueNotice');

/** From the draft to the final notice: the main road and the side roads. */
export const decisionStories: { readonly [title: string]: string } = {
  'the main road': HAPPY,

  'signed in the last millisecond before the cut-off': `${drafted}
    2027-11-02 23:00  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested
    2027-11-02 23:59:59.999  signatory  sign          →  submitted.receiptCheck letter:receipt`,

  'late and admitted': `${late}
    2027-11-05 09:00  officer     accept              →  refused notPossibleHere
    2027-11-05 09:00  officer     proposeLate         →  submitted.lateProposed
    2027-11-05 10:00  allrounder  proposeLate         →  refused notPossibleHere
    2027-11-08 09:00  approver    confirmLate         →  submitted.receiptCheck letter:lateAdmitted
    2027-11-09 09:00  officer     accept              →  submitted.inReview`,

  'late and not admitted, which takes two people': `${late}
    2027-11-05 09:00  allrounder  proposeLate:no      →  submitted.lateProposed
    2027-11-05 09:05  allrounder  confirmLate         →  refused differentPerson
    2027-11-08 09:00  approver    confirmLate         →  rejected letter:lateRejected`,

  'reminded five times and lapsed': `
    2027-08-20 10:00  editor      saveForm:half       →  drafting.editing
    2027-08-20 10:01  editor      requestSignature    →  refused formComplete
    2027-09-20 08:00  clock       remind              →  drafting.editing letter:draftReminder
    2027-10-12 08:00  clock       remind              →  drafting.editing letter:draftReminder
    2027-10-21 08:00  clock       remind              →  drafting.editing letter:draftReminder
    2027-10-27 08:00  clock       remind              →  drafting.editing letter:draftReminder
    2027-10-29 08:00  clock       remind              →  drafting.editing letter:draftReminder
    2027-10-29 08:00  system      lapse               →  refused lateClaimsOver
    2027-11-03 00:00  clock       remind              →  drafting.editing letter:cutOffPassed
    2027-11-16 23:59  clock       still               →  drafting.editing
    2027-11-17 00:00  clock       lapse               →  lapsed letter:lapsed
    2027-11-17 00:00  signatory   sign                →  refused notPossibleHere`,

  'a holder that no bank file carries is saved, and not signed before it is another one': `${drafted}
    2027-08-20 10:00  editor      saveForm:holder     →  drafting.editing
    2027-08-20 10:01  editor      requestSignature    →  refused holderFits
    2027-08-20 10:02  editor      saveForm            →  drafting.editing
    2027-08-20 10:03  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested`,

  'the signatory sends the draft back': `${drafted}
    2027-08-20 11:00  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested
    2027-08-20 11:30  editor      saveForm            →  refused notPossibleHere
    2027-08-21 11:00  signatory   sendBackToEditor    →  drafting.editing letter:sentBackToEditor
    2027-08-22 11:00  editor      saveForm            →  drafting.editing`,

  'signed while the reminder was due: no mail afterwards': `${signed}
    2027-11-17 00:00  clock       nothing             →  submitted.receiptCheck`,

  'returned for completion and resubmitted': `${signed}
    2027-11-20 10:00  officer     askCompletion       →  submitted.returned letter:completionRequested
    2027-11-21 10:00  editor      saveForm:small      →  refused sectionOpen
    2027-11-21 10:01  editor      attach:other        →  refused sectionOpen
    2027-11-21 10:02  editor      saveForm:payee      →  submitted.returned
    2027-11-21 10:03  editor      resubmit            →  refused wrongRole
    2027-12-06 23:59  signatory   resubmit            →  submitted.receiptCheck letter:resubmitted
    2027-12-07 10:00  officer     accept              →  submitted.inReview`,

  'returned and never answered: the officer decides on the file': `${signed}
    2027-11-20 10:00  officer     askCompletion       →  submitted.returned letter:completionRequested
    2027-11-21 10:02  editor      saveForm:payee      →  submitted.returned
    2027-12-06 23:59  system      completionPassed    →  refused completionPeriodOver
    2027-12-07 00:00  clock       completionPassed    →  submitted.receiptCheck letter:completionPassed
    2027-12-07 00:00  signatory   resubmit            →  refused notPossibleHere
    2027-12-08 10:00  officer     accept              →  submitted.inReview`,

  'withdrawn from the draft': `${drafted}
    2027-08-20 11:00  editor      withdraw            →  refused wrongRole
    2027-08-20 11:00  signatory   withdraw            →  withdrawn letter:withdrawn
    2027-08-20 11:01  signatory   withdraw            →  refused notPossibleHere`,

  'withdrawn in review': `${inReview}
    2027-12-01 11:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'withdrawn after the decision frees the funds': `${countersigned}
    2028-01-13 11:00  signatory   withdraw            →  withdrawn letter:withdrawn letter:fundsFreed`,

  'withdrawal after the notice comes too late': `${issued}
    2028-01-28 11:00  signatory   withdraw            →  refused notPossibleHere`,

  'not every line decided, one decided too high': `${inReview}
    2027-12-10 15:00  officer     recommend:half      →  refused allLinesDecided
    2027-12-10 15:01  officer     recommend:much      →  refused withinCap
    2027-12-10 15:02  officer     recommend:cut       →  submitted.reviewed`,

  'sent back by the approver and recommended anew': `${until('recommend')}
    2028-01-10 09:00  approver    sendBack            →  submitted.inReview
    2028-01-11 09:00  officer     recommend:cut       →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice`,

  'rejected, and final': `${inReview}
    2027-12-10 15:00  officer     recommend:no        →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
    2028-01-27 09:00  officer     draftNotice         →  decided.noticeDrafted
    2028-01-27 10:00  approver    issueNotice         →  appealPeriod.running letter:notice
    2028-03-01 00:00  clock       finality            →  rejected`,

  'rejected, the municipality waives': `${inReview}
    2027-12-10 15:00  officer     recommend:no        →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
    2028-01-27 09:00  officer     draftNotice         →  decided.noticeDrafted
    2028-01-27 10:00  approver    issueNotice         →  appealPeriod.running letter:notice
    2028-02-01 09:00  signatory   waive               →  rejected`,

  'rejected, withdrawn before the notice': `${inReview}
    2027-12-10 15:00  officer     recommend:no        →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
    2028-01-13 09:00  signatory   withdraw            →  withdrawn letter:withdrawn`,

  'a rejection that the court quashes is reviewed again': `${inReview}
    2027-12-10 15:00  officer     recommend:no        →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
    2028-01-27 09:00  officer     draftNotice         →  decided.noticeDrafted
    2028-01-27 10:00  approver    issueNotice         →  appealPeriod.running letter:notice
    2028-02-20 10:00  officer     suitFiled           →  appealPeriod.suspended
    2028-09-20 10:00  officer     suitEnded:quashed   →  submitted.inReview
    2028-09-21 10:00  officer     recommend           →  submitted.reviewed`,

  'a rejection that the court upholds': `${inReview}
    2027-12-10 15:00  officer     recommend:no        →  submitted.reviewed
    2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
    2028-01-27 09:00  officer     draftNotice         →  decided.noticeDrafted
    2028-01-27 10:00  approver    issueNotice         →  appealPeriod.running letter:notice
    2028-02-20 10:00  officer     suitFiled           →  appealPeriod.suspended
    2028-09-20 10:00  officer     suitEnded           →  rejected`,

  'a waiver before the notice exists is void': `${countersigned}
    2028-01-13 09:00  signatory   waive               →  refused notPossibleHere`,

  'the notice is drafted by one person and issued by another, on a plausible day': `${countersigned}
    2028-01-26 10:00  allrounder  draftNotice         →  decided.noticeDrafted
    2028-01-27 10:00  allrounder  issueNotice         →  refused differentPerson
    2028-01-26 11:00  approver    issueNotice         →  refused postedOnPlausible
    2028-01-27 10:00  approver    issueNotice:early   →  refused postedOnPlausible
    2028-01-27 10:00  officer     issueNotice         →  refused wrongRole
    2028-01-27 10:00  approver    issueNotice         →  appealPeriod.running letter:notice`,

  'final now by waiver': `${issued}
    2028-02-01 09:00  system      finality            →  refused noticeFinal
    2028-02-01 09:00  signatory   waive               →  active.instalment1 letter:paymentPlan`,

  'a suit suspends finality; withdrawn within the period it runs on': `${issued}
    2028-02-10 09:00  officer     suitFiled           →  appealPeriod.suspended
    2028-02-15 09:00  officer     suitEnded           →  appealPeriod.running
    2028-03-01 00:00  clock       finality            →  active.instalment1 letter:paymentPlan`,

  'a suit that fails after the period makes the notice final at once': `${issued}
    2028-02-10 09:00  officer     suitFiled           →  appealPeriod.suspended
    2028-06-01 09:00  clock       nothing             →  appealPeriod.suspended
    2028-06-01 09:00  officer     suitEnded           →  active.instalment1 letter:paymentPlan`,

  'a grant that the court quashes is reviewed again, its funds are free': `${issued}
    2028-02-10 09:00  officer     suitFiled           →  appealPeriod.suspended
    2028-06-01 09:00  officer     suitEnded:quashed   →  submitted.inReview letter:fundsFreed`,
};
