import type { Json, Text } from '#kernel';

/** Why payments are held: the list an officer is offered; a reason of one's own words is a reason too. */
export const HOLD_REASONS = {
  payeeUnclear: { de: 'Zahlungsempfänger ungeklärt', en: 'payee unclear' },
  conditionNotMet: { de: 'Auflage nicht erfüllt', en: 'condition not met' },
  postVacant: { de: 'Stelle unbesetzt', en: 'post vacant' },
  proofOverdue: { de: 'Verwendungsnachweis überfällig', en: 'proof of use overdue' },
  doubleFunding: { de: 'Verdacht auf Doppelförderung', en: 'suspected double funding' },
  audit: { de: 'Prüfung', en: 'audit' },
  court: { de: 'Gerichtliche Anordnung', en: 'court order' },
  other: { de: 'Sonstiger Grund', en: 'other reason' },
} as const satisfies { readonly [reason: string]: Text };

/** The reason as the agency reads it: of the list, or in the words of whoever placed the hold. */
export const holdWords = (reason: Json | undefined): Text =>
  (Object.hasOwn(HOLD_REASONS, String(reason)) ? HOLD_REASONS[reason as keyof typeof HOLD_REASONS] : { de: String(reason), en: String(reason) });

/** Why, as the municipality reads it, and what it can do. */
export interface HeldBecause {
  readonly why: Text;
  readonly todo: Text;
}

const NOTHING_TO_DO: Text = { de: 'Von Ihnen ist derzeit nichts zu veranlassen.', en: 'There is nothing for you to do at present.' };

/** A suspicion and what somebody wrote in their own words are the agency's: the municipality hears of them in general words. */
const IN_GENERAL: HeldBecause = {
  why: { de: 'die Bezirksregierung klärt noch eine Voraussetzung der Auszahlung', en: 'the agency is still clarifying a requirement of the payment' },
  todo: { de: 'Von Ihnen ist derzeit nichts zu veranlassen; was wir von Ihnen brauchen, erfragen wir gesondert.', en: 'There is nothing for you to do at present; what we need from you we ask for separately.' },
};

const BECAUSE: { readonly [reason: string]: HeldBecause } = {
  payeeUnclear: {
    why: { de: 'es ist noch zu klären, an welche Bankverbindung gezahlt wird', en: 'it is still to be clarified to which account the money goes' },
    todo: {
      de: 'Bitte prüfen Sie die hinterlegte Bankverbindung. Ist sie nicht mehr richtig, schlägt die zeichnungsberechtigte Person über das Portal eine neue vor; ist sie richtig, sagen Sie uns das bitte unter dem Aktenzeichen.',
      en: 'Please check the bank data that we have. If it is no longer right, your signatory proposes new bank data via the portal; if it is right, please tell us so under the file number.',
    },
  },
  conditionNotMet: {
    why: { de: 'eine Nebenbestimmung des Bescheids ist nach unserer Kenntnis noch nicht erfüllt', en: 'as far as we know a condition of the notice is not met yet' },
    todo: { de: 'Bitte weisen Sie uns unter dem Aktenzeichen nach, dass sie erfüllt ist.', en: 'Please show us under the file number that it is met.' },
  },
  postVacant: {
    why: { de: 'eine geförderte Stelle ist nach unserer Kenntnis nicht besetzt', en: 'as far as we know a funded post is vacant' },
    todo: { de: 'Bitte teilen Sie uns unter dem Aktenzeichen mit, seit wann oder ab wann die Stelle besetzt ist.', en: 'Please tell us under the file number since when or from when the post is filled.' },
  },
  proofOverdue: {
    why: { de: 'ein Verwendungsnachweis steht noch aus', en: 'a proof of use is still outstanding' },
    todo: { de: 'Bitte legen Sie ihn unter dem Aktenzeichen vor.', en: 'Please hand it in under the file number.' },
  },
  audit: { why: { de: 'eine Prüfung ist noch nicht abgeschlossen', en: 'an audit has not been completed yet' }, todo: NOTHING_TO_DO },
  court: { why: { de: 'eine gerichtliche Anordnung steht der Auszahlung entgegen', en: 'a court order stands against the payment' }, todo: NOTHING_TO_DO },
};

/** What the municipality is told of a reason, and what it can do about it. */
export const heldBecause = (reason: string): HeldBecause => (Object.hasOwn(BECAUSE, reason) ? BECAUSE[reason] : undefined) ?? IN_GENERAL;
