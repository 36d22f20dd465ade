import type { DeadlineWords, Text } from '#kernel';

/** What the states of an application are called. */
export const applicationStates: { readonly [state: string]: Text } = {
  'drafting.editing': { de: 'Entwurf in Bearbeitung', en: 'Draft being edited' },
  'drafting.awaitingSignature': { de: 'Wartet auf Unterschrift', en: 'Awaiting signature' },
  'submitted.lateClaim': { de: 'Verspätet eingegangen', en: 'Received late' },
  'submitted.lateProposed': { de: 'Verspätung: Vorschlag liegt vor', en: 'Late: proposal made' },
  'submitted.receiptCheck': { de: 'Eingangsprüfung', en: 'Receipt check' },
  'submitted.returned': { de: 'Zur Ergänzung zurückgegeben', en: 'Returned for completion' },
  'submitted.inReview': { de: 'In Prüfung', en: 'In review' },
  'submitted.hearing': { de: 'Anhörung', en: 'Hearing' },
  'submitted.reviewed': { de: 'Geprüft', en: 'Reviewed' },
  waitingForFunds: { de: 'Wartet auf Haushaltsmittel', en: 'Waiting for funds' },
  'decided.awaitingNotice': { de: 'Entschieden', en: 'Decided' },
  'decided.noticeDrafted': { de: 'Bescheid ausgefertigt', en: 'Notice drafted' },
  'appealPeriod.running': { de: 'Klagefrist läuft', en: 'Appeal period running' },
  'appealPeriod.suspended': { de: 'Klage anhängig', en: 'Lawsuit pending' },
  'active.instalment1': { de: 'Bewilligt, Rate 1', en: 'Granted, instalment 1' },
  'active.instalment2': { de: 'Bewilligt, Rate 2', en: 'Granted, instalment 2' },
  'active.fullyPaid': { de: 'Vollständig ausgezahlt', en: 'Fully paid' },
  'active.stopped': { de: 'Förderung beendet', en: 'Grant stopped' },
  lapsed: { de: 'Verfallen', en: 'Lapsed' },
  withdrawn: { de: 'Zurückgezogen', en: 'Withdrawn' },
  rejected: { de: 'Abgelehnt', en: 'Rejected' },
};

/** What the states of an instalment are called. */
export const instalmentStates: { readonly [state: string]: Text } = {
  planned: { de: 'Geplant', en: 'Planned' },
  due: { de: 'Fällig', en: 'Due' },
  certified: { de: 'Festgestellt', en: 'Certified' },
  authorised: { de: 'Angeordnet', en: 'Authorised' },
  exported: { de: 'Zahlungsauftrag erteilt', en: 'Exported' },
  settled: { de: 'Ausgezahlt', en: 'Settled' },
  // Rejected by the bank, come back from it, or corrected by hand.
  returned: { de: 'Zahlung zu klären', en: 'Payment to be clarified' },
  skipped: { de: 'Entfallen (0 €)', en: 'Skipped' },
  cancelled: { de: 'Entfallen', en: 'Cancelled' },
};

/** What the states of a change of the payee's data are called. */
export const payeeStates: { readonly [state: string]: Text } = {
  proposed: { de: 'Vorgeschlagen', en: 'Proposed' },
  documentChecked: { de: 'Beleg geprüft', en: 'Document checked' },
  calledBack: { de: 'Zurückgerufen', en: 'Called back' },
  coolingDown: { de: 'Freigegeben, Wartezeit läuft', en: 'Approved, cooling down' },
  active: { de: 'Gültig', en: 'In force' },
  declined: { de: 'Abgelehnt', en: 'Declined' },
  replaced: { de: 'Ersetzt', en: 'Replaced' },
  cancelled: { de: 'Entfallen', en: 'Cancelled' },
};

/** What the postings of all machines are called in a statement. */
export const postingLabels: { readonly [posting: string]: Text } = {
  reserve: { de: 'Vormerkung', en: 'Reservation' },
  release: { de: 'Vormerkung aufgehoben', en: 'Reservation released' },
  commit: { de: 'Bindung durch Bescheid', en: 'Commitment by notice' },
  unissue: { de: 'Bindung aufgehoben, Bescheid nicht zugegangen', en: 'Commitment undone, notice not announced' },
  uncommit: { de: 'Bindung aufgehoben', en: 'Commitment released' },
  pay: { de: 'Auszahlung', en: 'Payment' },
  payRest: { de: 'Auszahlung des übrigen Teils', en: 'Payment of the other part' },
  giveBack: { de: 'Auszahlung aufgehoben: zurückgekommen, abgelehnt oder berichtigt', en: 'Payment undone: returned, rejected or corrected' },
  order: { de: 'Anordnung', en: 'Payment order' },
  settle: { de: 'Auszahlung', en: 'Payment' },
  settleRest: { de: 'Auszahlung des übrigen Teils', en: 'Payment of the other part' },
  unorder: { de: 'Anordnung aufgehoben: abgelehnt, zurückgekommen oder berichtigt', en: 'Order undone: rejected, returned or corrected' },
  restorePaid: { de: 'Rückläufer zurückgenommen: gezahlt', en: 'Return withdrawn: paid' },
  restoreRest: { de: 'Rückläufer zurückgenommen: Teilzahlung wieder offen', en: 'Return withdrawn: part payment open again' },
  restoreOrder: { de: 'Rückläufer zurückgenommen: Anordnung besteht fort', en: 'Return withdrawn: payment order stands' },
  adjustUp: { de: 'Änderung: mehr gebunden', en: 'Change: more committed' },
  adjustDown: { de: 'Änderung: weniger gebunden', en: 'Change: less committed' },
  claim: { de: 'Rückforderung', en: 'Claim' },
  unclaim: { de: 'Rückforderung aufgehoben', en: 'Claim withdrawn' },
  recover: { de: 'Erstattung', en: 'Recovery' },
};

const until = (de: string, en: string): DeadlineWords => ({ label: { de, en } });
const from = (de: string, en: string): DeadlineWords => ({ label: { de, en }, begins: true });

/** What the deadlines of an application are called in a calendar; reminders are called what their event is. */
export const applicationDeadlines: { readonly [clock: string]: DeadlineWords } = {
  cutOff: until('Antragsschluss', 'Cut-off'),
  lapse: until('Ende der Frist für verspätete Anträge', 'End of the period for late claims'),
  completionPassed: until('Ende der Ergänzungsfrist', 'End of the completion period'),
  hearingPassed: until('Ende der Anhörungsfrist', 'End of the hearing period'),
  retrievalPassed: until('Ende der Abruffrist', 'End of the retrieval period'),
  finality: until('Ende der Klagefrist', 'End of the appeal period'),
};

/** And those of an instalment. */
export const instalmentDeadlines: { readonly [clock: string]: DeadlineWords } = {
  fallDue: from('Rate wird fällig', 'Instalment falls due'),
  skip: from('Rate entfällt (0 €)', 'Instalment is skipped (€0)'),
};

/** And that of a change of the payee's data. */
export const payeeDeadlines: { readonly [clock: string]: DeadlineWords } = {
  cooledDown: from('Neue Bankverbindung gilt', 'New bank data comes into force'),
};

/** What the dates of a round are called. */
export const DATE_NAMES: { readonly [date: string]: Text } = {
  opensAt: { de: 'Antragsfenster öffnet', en: 'Window opens' },
  cutOffAt: { de: 'Antragsschluss', en: 'Cut-off' },
  inTimeUntil: { de: 'Als fristgerecht angenommen bis', en: 'Accepted as in time until' },
  lateClaimsUntil: { de: 'Verspätete Anträge bis', en: 'Late claims until' },
  'payDate-1': { de: 'Zahltag der Rate 1', en: 'Pay date of instalment 1' },
  'payDate-2': { de: 'Zahltag der Rate 2', en: 'Pay date of instalment 2' },
  budgetEnd: { de: 'Haushaltsschluss', en: 'End of the budget year' },
};
