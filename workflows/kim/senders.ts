import type { Sender } from '#kernel';

/** Who signs that money may go; where a round demands two certifiers, the first certifies the facts. */
const PAYING = ['certifyFactually', 'certify', 'authorise'] as const;

/**
 * Who may send which event, and who must be a different person. On one application and its instalments the people who
 * recommend, countersign, certify and authorise are pairwise different; who proposes does not confirm.
 */
export const applicationSenders = {
  saveForm: { roles: ['applicantEditor'] },
  attach: { roles: ['applicantEditor'] },
  requestSignature: { roles: ['applicantEditor'] },
  sendBackToEditor: { roles: ['applicantSignatory'] },
  sign: { roles: ['applicantSignatory'] },
  withdraw: { roles: ['applicantSignatory'] },
  resubmit: { roles: ['applicantSignatory'] },
  waive: { roles: ['applicantSignatory'] },

  accept: { roles: ['caseOfficer'] },
  askCompletion: { roles: ['caseOfficer'] },
  proposeLate: { roles: ['caseOfficer'] },
  confirmLate: { roles: ['secondApprover'], differentFrom: ['proposeLate'] },
  recommend: { roles: ['caseOfficer'], differentFrom: ['countersign', ...PAYING] },
  countersign: { roles: ['secondApprover'], differentFrom: ['recommend', ...PAYING] },
  sendBack: { roles: ['secondApprover'] },
  draftNotice: { roles: ['caseOfficer'] },
  issueNotice: { roles: ['secondApprover'], differentFrom: ['draftNotice'] },
  suitFiled: { roles: ['caseOfficer'] },
  suitEnded: { roles: ['caseOfficer'] },
  remindDraft: { roles: ['caseOfficer'] },
  proposeExtension: { roles: ['caseOfficer'] },
  confirmExtension: { roles: ['secondApprover'], differentFrom: ['proposeExtension'] },
  declineExtension: { roles: ['secondApprover'], differentFrom: ['proposeExtension'] },
  hear: { roles: ['caseOfficer'] },
  answerHearing: { roles: ['applicantSignatory'] },
  recordArrival: { roles: ['caseOfficer'] },
  reportUndelivered: { roles: ['caseOfficer', 'system'] },
  placeHold: { roles: ['caseOfficer', 'financeCertifier', 'financeAuthoriser'] },
  holdAmount: { roles: ['caseOfficer', 'financeCertifier', 'financeAuthoriser'] },
  liftHold: { roles: ['secondApprover'], differentFrom: ['placeHold', 'holdAmount'] },
  proposeBypass: { roles: ['caseOfficer', 'financeCertifier', 'financeAuthoriser'] },
  confirmBypass: { roles: ['secondApprover'], differentFrom: ['proposeBypass', ...PAYING] },
  declineBypass: { roles: ['secondApprover'], differentFrom: ['proposeBypass'] },
  proposeChange: { roles: ['caseOfficer'], differentFrom: ['countersign', 'confirmChange', ...PAYING] },
  confirmChange: { roles: ['secondApprover'], differentFrom: ['recommend', 'proposeChange', ...PAYING] },
  declineChange: { roles: ['secondApprover'], differentFrom: ['proposeChange'] },
  announceChange: { roles: ['secondApprover'] },
  confirmRecovery: { roles: ['financeCertifier', 'financeAuthoriser'] },

  // Whoever edited the form, which says what is funded, does not choose another account for it.
  proposePayee: { roles: ['applicantSignatory', 'caseOfficer'], differentFrom: ['saveForm', ...PAYING] },

  payeeChanged: { roles: ['system'] },
  remind: { roles: ['system'] },
  lapse: { roles: ['system'] },
  completionPassed: { roles: ['system'] },
  hearingPassed: { roles: ['system'] },
  retrievalPassed: { roles: ['system'] },
  remindCompletion: { roles: ['system'] },
  remindHearing: { roles: ['system'] },
  remindOffice: { roles: ['system'] },
  escalate: { roles: ['system'] },
  datesMoved: { roles: ['system'] },
  finality: { roles: ['system'] },
  instalmentSettled: { roles: ['system'] },
  instalmentReturned: { roles: ['system'] },
  instalmentRestored: { roles: ['system'] },
  instalmentsAdjusted: { roles: ['system'] },
  stop: { roles: ['system'] },
} as const satisfies { readonly [event: string]: Sender };

/** Who decided on what is paid does not pay it. */
const DECIDING = ['proposeChange', 'confirmChange', 'confirmBypass'] as const;

/** Whoever had a hand in the payee's data neither certifies nor authorises. */
const OF_THE_PAYEE = ['proposePayee', 'checkPayeeDocument', 'noteCallBack', 'approvePayee'] as const;

/** Who may do what with a change of the payee's data: nobody checks what they proposed, nobody approves what they checked. */
export const payeeSenders = {
  checkPayeeDocument: { roles: ['caseOfficer'], differentFrom: ['proposePayee', ...PAYING] },
  noteCallBack: { roles: ['caseOfficer', 'secondApprover'], differentFrom: ['proposePayee', ...PAYING] },
  approvePayee: { roles: ['secondApprover'], differentFrom: ['proposePayee', 'checkPayeeDocument', 'noteCallBack', ...PAYING] },
  declinePayee: { roles: ['applicantSignatory', 'caseOfficer', 'secondApprover'] },

  remindPayee: { roles: ['system'] },
  cooledDown: { roles: ['system'] },
  followPayee: { roles: ['system'] },
  cancel: { roles: ['system'] },
} as const satisfies { readonly [event: string]: Sender };

export const instalmentSenders = {
  certifyFactually: { roles: ['financeCertifier'], differentFrom: ['recommend', 'countersign', 'certify', 'authorise', ...DECIDING, ...OF_THE_PAYEE] },
  certify: { roles: ['financeCertifier'], differentFrom: ['recommend', 'countersign', 'certifyFactually', 'authorise', ...DECIDING, ...OF_THE_PAYEE] },
  authorise: { roles: ['financeAuthoriser'], differentFrom: ['recommend', 'countersign', 'certifyFactually', 'certify', ...DECIDING, ...OF_THE_PAYEE] },
  recall: { roles: ['financeCertifier', 'financeAuthoriser'] },
  confirmSettled: { roles: ['financeCertifier', 'financeAuthoriser', 'system'] },
  reportReturn: { roles: ['financeCertifier', 'financeAuthoriser', 'system'] },
  reopen: { roles: ['financeCertifier', 'financeAuthoriser', 'system'] },
  // Whoever reported that very return does not withdraw it: the machine asks, and the database (`PaymentCourse.answer`).
  withdrawReturn: { roles: ['financeCertifier', 'financeAuthoriser'] },

  bearOutReturn: { roles: ['system'] },
  noteValueDate: { roles: ['system'] },
  fallDue: { roles: ['system'] },
  remindFinance: { roles: ['system'] },
  warnPayment: { roles: ['system'] },
  remindPayment: { roles: ['system'] },
  remindBudgetEnd: { roles: ['system'] },
  tellUnpaid: { roles: ['system'] },
  adjust: { roles: ['system'] },
  notePayeeVerification: { roles: ['financeCertifier'] },
  followPayee: { roles: ['system'] },
  datesMoved: { roles: ['system'] },
  markExported: { roles: ['system'] },
  skip: { roles: ['system'] },
  cancel: { roles: ['system'] },
} as const satisfies { readonly [event: string]: Sender };

/** Who may open an application. */
export const opener: Sender = { roles: ['applicantEditor'] };
