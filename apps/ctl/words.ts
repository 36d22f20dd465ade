import type { Language } from '#calendar';
import type { Text } from '#kernel';

/** The titles of all columns. */
const HEADS = {
  account: { de: 'Konto', en: 'account' }, address: { de: 'Adresse', en: 'address' }, age: { de: 'Tage', en: 'days' }, amount: { de: 'Betrag', en: 'amount' },
  answer: { de: 'Antwort', en: 'answer' }, applicant: { de: 'Antragsteller', en: 'applicant' }, balance: { de: 'Saldo', en: 'balance' }, because: { de: 'Herleitung', en: 'because' },
  berlin: { de: 'Berlin', en: 'Berlin' }, budget: { de: 'Haushaltsmittel', en: 'budget' }, case: { de: 'Vorgang', en: 'case' }, changed: { de: 'was sich änderte', en: 'what changed' },
  confirmedBy: { de: 'bestätigt von', en: 'confirmed by' }, count: { de: 'Raten', en: 'rows' }, cutOff: { de: 'Antragsschluss', en: 'cut-off' }, date: { de: 'Termin', en: 'date' }, deadline: { de: 'Frist', en: 'deadline' },
  event: { de: 'Schritt', en: 'event' }, executionOn: { de: 'Ausführung', en: 'carried out' }, fileNumber: { de: 'Aktenzeichen', en: 'file number' }, from: { de: 'von', en: 'from' },
  granted: { de: 'bewilligt', en: 'granted' }, holderAtBank: { de: 'Kontoinhaber (bei der Bank)', en: 'account holder (at the bank)' }, happened: { de: 'was geschah', en: 'what happened' }, id: { de: 'Kennung', en: 'id' }, imported: { de: 'eingelesen', en: 'imported' },
  instalment: { de: 'Rate', en: 'instalment' }, kind: { de: 'Art', en: 'kind' }, language: { de: 'Sprache', en: 'language' }, lastUsed: { de: 'zuletzt benutzt', en: 'last used' },
  letter: { de: 'Schreiben', en: 'letter' }, line: { de: 'Haushaltslinie', en: 'line' }, made: { de: 'angelegt', en: 'made' }, nextDeadline: { de: 'nächste Frist', en: 'next deadline' },
  number: { de: '#', en: '#' }, of: { de: 'von', en: 'of' }, officer: { de: 'Sachbearbeitung', en: 'officer' }, overdue: { de: 'überfällig', en: 'overdue' }, owner: { de: 'zuständig', en: 'owner' },
  paid: { de: 'ausgezahlt', en: 'paid' }, payDates: { de: 'Zahltage', en: 'pay dates' }, posting: { de: 'Buchung', en: 'posting' }, reason: { de: 'Grund', en: 'reason' },
  reference: { de: 'Referenz', en: 'reference' }, reminders: { de: 'Erinnerungen', en: 'reminders' }, requested: { de: 'beantragt', en: 'requested' }, result: { de: 'Ergebnis', en: 'result' },
  revision: { de: 'Fassung', en: 'revision' }, round: { de: 'Förderrunde', en: 'round' }, run: { de: 'Zahlungslauf', en: 'run' }, serverSaid: { de: 'was der Server sagte', en: 'what the server said' },
  since: { de: 'seit', en: 'since' }, state: { de: 'Stand', en: 'state' }, status: { de: 'Status', en: 'status' }, subject: { de: 'Betreff', en: 'subject' }, suggested: { de: 'Vorschlag', en: 'suggested' },
  sum: { de: 'Summe', en: 'sum' }, thenFrom: { de: 'danach auf „von“', en: 'then on from' }, thenTo: { de: 'danach auf „nach“', en: 'then on to' }, to: { de: 'nach', en: 'to' },
  recipient: { de: 'an', en: 'to' }, until: { de: 'bis (Berlin)', en: 'until (Berlin)' }, utc: { de: 'UTC', en: 'UTC' }, valueDate: { de: 'Wertstellung', en: 'value date' },
  verdict: { de: 'Stand', en: 'verdict' }, what: { de: 'was', en: 'what' }, when: { de: 'wann', en: 'when' }, whenBerlin: { de: 'wann (Berlin)', en: 'when (Berlin)' }, who: { de: 'wer', en: 'who' },
  why: { de: 'warum', en: 'why' }, windowOpens: { de: 'Antragsfenster', en: 'window opens' },
} as const satisfies { readonly [column: string]: Text };

/** The titles of a table's columns. */
export const heads = (language: Language, ...columns: readonly (keyof typeof HEADS)[]): readonly string[] => columns.map((column) => HEADS[column][language]);

/** Words for what the API says by a name of its own. */
const NAMES = {
  machine: {
    application: { de: 'Antrag', en: 'application' }, instalment: { de: 'Rate', en: 'instalment' }, payee: { de: 'Bankverbindung', en: 'payee' }, paymentRun: { de: 'Zahlungslauf', en: 'payment run' },
  },
  outcome: { approved: { de: 'bewilligt', en: 'approved' }, partlyApproved: { de: 'teilweise bewilligt', en: 'partly approved' }, rejected: { de: 'abgelehnt', en: 'rejected' } },
  milestone: {
    draft: { de: 'Entwurf', en: 'draft' }, submitted: { de: 'eingereicht', en: 'submitted' }, reviewed: { de: 'geprüft', en: 'reviewed' }, approved: { de: 'bewilligt', en: 'approved' },
    instalment1: { de: 'Rate 1', en: 'instalment 1' }, instalment2: { de: 'Rate 2', en: 'instalment 2' },
    prepared: { de: 'vorbereitet', en: 'prepared' }, released: { de: 'freigegeben', en: 'released' }, exported: { de: 'Zahlungsdatei', en: 'exported' },
  },
  decision: { approve: { de: 'bewilligt', en: 'approved' }, cut: { de: 'gekürzt', en: 'cut' }, refuse: { de: 'abgelehnt', en: 'refused' } },
  /** The lines of an award that are no posts; a post is called what the applicant calls it. */
  line: { workplaces: { de: 'Arbeitsplätze', en: 'workplaces' }, events: { de: 'Veranstaltungen', en: 'events' }, interfaces: { de: 'Schnittstellen', en: 'interfaces' } },
  scope: { all: { de: 'alle Raten', en: 'all instalments' }, 1: { de: 'Rate 1', en: 'instalment 1' }, 2: { de: 'Rate 2', en: 'instalment 2' } },
  /** What the bank answered when it was asked whether name and IBAN belong together. */
  verification: {
    match: { de: 'der Name stimmt überein', en: 'the name matches' }, closeMatch: { de: 'der Name stimmt beinahe überein', en: 'the name nearly matches' },
    noMatch: { de: 'der Name weicht ab', en: 'the name does not match' }, notPossible: { de: 'die Prüfung war nicht möglich', en: 'the verification was not possible' },
  },
  /** What is checked before money is ordered, where it holds; where it does not, the answer says so in words. */
  check: {
    noticeFinal: { de: 'Bescheid bestandskräftig', en: 'notice final' }, payDateReached: { de: 'Zahltag erreicht', en: 'pay date reached' }, amountPositive: { de: 'Betrag über null', en: 'amount above zero' },
    noHoldInScope: { de: 'keine Sperre hält alles auf', en: 'no hold stops all of it' }, previousSettled: { de: 'vorherige Rate ausgezahlt', en: 'instalment before it settled' }, payeeGiven: { de: 'Zahlungsempfänger angegeben', en: 'payee given' },
    holderFits: { de: 'Name des Kontoinhabers passt in eine Überweisung', en: 'a credit transfer carries the holder\'s name' }, payeeApproved: { de: 'keine ungeprüfte Änderung der Bankverbindung', en: 'no unchecked change of bank data' },
    payeeCooledDown: { de: 'keine Wartezeit', en: 'no cooling down' }, payeeVerified: { de: 'Empfängerprüfung steht nicht entgegen', en: 'verification of payee does not stand against it' }, noticeCurrent: { de: 'Bescheid aktuell', en: 'notice current' },
    noUnpostedChange: { de: 'keine Änderung ohne Bescheid', en: 'no change without a notice' }, budgetYearOpen: { de: 'Haushaltsjahr offen', en: 'budget year open' }, returnTold: { de: 'kein unbestätigter Rückläufer', en: 'no return that is not borne out' },
    bankCleared: { de: 'keine offene Meldung der Bank', en: 'no open message of the bank' }, paymentsNotFrozen: { de: 'Zahlungen nicht angehalten', en: 'payments not frozen' },
  },
  /** What a row of a run is, or has become. */
  row: {
    ok: { de: 'zahlbar', en: 'payable' }, waits: { de: 'wartet', en: 'waits' }, blocked: { de: 'gesperrt', en: 'blocked' }, ordered: { de: 'angeordnet', en: 'ordered' },
    refused: { de: 'abgelehnt', en: 'refused' }, dropped: { de: 'herausgenommen', en: 'dropped' }, recalled: { de: 'zurückgeholt', en: 'recalled' },
  },
  /** What a case of a selection has come to. */
  result: {
    possible: { de: 'möglich', en: 'possible' }, done: { de: 'erledigt', en: 'done' }, refused: { de: 'abgelehnt', en: 'refused' }, pending: { de: 'offen', en: 'pending' },
  },
  exception: {
    effect: { de: 'Auftrag des Systems', en: 'work of the system' }, clock: { de: 'Frist', en: 'deadline' }, bounce: { de: 'Schreiben unzustellbar', en: 'letter came back' },
    suppressed: { de: 'Schreiben zurückgehalten', en: 'letter kept back' }, bank: { de: 'Bankmeldung', en: 'bank message' },
    payment: { de: 'Zahlung unbestätigt', en: 'payment not borne out' }, returned: { de: 'Zahlung zurück oder abgelehnt', en: 'payment back or rejected' },
    lying: { de: 'bleibt liegen', en: 'left lying' }, freeze: { de: 'Zahlungen angehalten', en: 'payments frozen' },
  },
  bankAnswer: {
    accepted: { de: 'angenommen', en: 'accepted' }, rejected: { de: 'zurückgewiesen', en: 'rejected' }, settled: { de: 'ausgeführt', en: 'settled' }, returned: { de: 'zurückgekommen', en: 'returned' },
    unreadable: { de: 'nicht lesbar', en: 'unreadable' },
  },
  bankVerdict: {
    sent: { de: 'unterwegs', en: 'sent' }, applied: { de: 'verbucht', en: 'applied' }, known: { de: 'schon bekannt', en: 'known' }, recorded: { de: 'vermerkt', en: 'recorded' },
    duplicate: { de: 'doppelt', en: 'duplicate' }, exception: { de: 'zu klären', en: 'exception' }, resolved: { de: 'geklärt', en: 'resolved' },
  },
  /** What a person can do about an exception. */
  suggestedAction: {
    retry: { de: 'erneut versuchen', en: 'try again' }, done: { de: 'als erledigt vermerken', en: 'mark as done' }, ignore: { de: 'übergehen', en: 'pass over' }, confirm: { de: 'bestätigen', en: 'confirm' },
  },
  account: {
    appropriation: { de: 'Bereitstellung', en: 'appropriation' }, budget: { de: 'verfügbar', en: 'available' }, reserved: { de: 'vorgemerkt', en: 'reserved' }, committed: { de: 'gebunden', en: 'committed' },
    ordered: { de: 'angeordnet', en: 'ordered' }, paid: { de: 'ausgezahlt', en: 'paid' }, claimed: { de: 'zurückgefordert', en: 'claimed back' }, recovered: { de: 'erstattet', en: 'recovered' },
  },
  /** What is done about payments beside their lifecycle. */
  act: {
    confirmPaymentAnswer: { de: 'Angabe zur Zahlung bestätigt', en: 'word about the payment confirmed' }, resolveBankEntry: { de: 'Bankmeldung aufgelöst', en: 'bank message resolved' },
    freezePayments: { de: 'Zahlungen angehalten', en: 'payments frozen' }, liftFreeze: { de: 'Zahlungen wieder zugelassen', en: 'payments let go on' },
  },
  budgetLine: { all: { de: 'alle', en: 'all' } },
  feed: { mine: { de: 'eigene', en: 'mine' }, all: { de: 'alle', en: 'all' } },
} as const satisfies { readonly [group: string]: { readonly [name: string]: Text } };

/** What something is called; a name that nobody here knows stays as it is. */
export function nameOf(group: keyof typeof NAMES, name: string, language: Language): string {
  const names: { readonly [name: string]: Text } = NAMES[group];
  return Object.hasOwn(names, name) ? names[name]?.[language] ?? name : name;
}

/** Yes or no. */
export const yesNo = (holds: boolean, language: Language): string => (holds ? { de: 'ja', en: 'yes' } : { de: 'nein', en: 'no' })[language];

/** How a list goes on, where it does. */
export const more = (next: string | null, language: Language): readonly string[] => (next === null ? [] : [`${{ de: 'weiter', en: 'more' }[language]}: --cursor ${next}`]);

/** What the house suggests to do, in words and as the command takes it. */
export function suggested(action: string | undefined, language: Language): string {
  if (action === undefined) return '–';
  return `${nameOf('suggestedAction', action, language)} (${action === 'confirm' ? 'payment-confirm' : `bank-resolve … ${action}`})`;
}
