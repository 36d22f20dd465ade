import type { Sender } from '#kernel';

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
  recommend: { roles: ['caseOfficer'], differentFrom: ['countersign', 'certify', 'authorise'] },
  countersign: { roles: ['secondApprover'], differentFrom: ['recommend', 'certify', 'authorise'] },
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
  confirmBypass: { roles: ['secondApprover'], differentFrom: ['proposeBypass', 'certify', 'authorise'] },
  declineBypass: { roles: ['secondApprover'], differentFrom: ['proposeBypass'] },
  proposeChange: { roles: ['caseOfficer'], differentFrom: ['countersign', 'confirmChange', 'certify', 'authorise'] },
  confirmChange: { roles: ['secondApprover'], differentFrom: ['recommend', 'proposeChange', 'certify', 'authorise'] },
  declineChange: { roles: ['secondApprover'], differentFrom: ['proposeChange'] },
  announceChange: { roles: ['secondApprover'] },
  confirmRecovery: { roles: ['financeCertifier', 'financeAuthoriser'] },

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
  instalmentsAdjusted: { roles: ['system'] },
  stop: { roles: ['system'] },
} as const satisfies { readonly [event: string]: Sender };

/** Who decided on what is paid does not pay it. */
const DECIDING = ['proposeChange', 'confirmChange', 'confirmBypass'] as const;

export const instalmentSenders = {
  certify: { roles: ['financeCertifier'], differentFrom: ['recommend', 'countersign', 'authorise', ...DECIDING] },
  authorise: { roles: ['financeAuthoriser'], differentFrom: ['recommend', 'countersign', 'certify', ...DECIDING] },
  recall: { roles: ['financeCertifier', 'financeAuthoriser'] },
  confirmSettled: { roles: ['financeCertifier', 'financeAuthoriser', 'system'] },
  reportReturn: { roles: ['financeCertifier', 'financeAuthoriser', 'system'] },
  reopen: { roles: ['financeCertifier', 'financeAuthoriser', 'system'] },

  fallDue: { roles: ['system'] },
  remindFinance: { roles: ['system'] },
  warnPayment: { roles: ['system'] },
  adjust: { roles: ['system'] },
  datesMoved: { roles: ['system'] },
  markExported: { roles: ['system'] },
  skip: { roles: ['system'] },
  cancel: { roles: ['system'] },
} as const satisfies { readonly [event: string]: Sender };

/** Who may open an application. */
export const opener: Sender = { roles: ['applicantEditor'] };
