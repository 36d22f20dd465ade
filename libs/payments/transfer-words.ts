/** The same in German and English. */
interface Words {
  readonly de: string;
  readonly en: string;
}

interface Said {
  readonly text: Words;
  readonly remedy: Words;
}

const said = (de: string, en: string, remedyDe: string, remedyEn: string): Said => ({ text: { de, en }, remedy: { de: remedyDe, en: remedyEn } });

/** Nobody who pays chose these words: the programme made them. */
const NOT_OURS = ['Dem Betrieb melden: Diese Angabe schreibt das Programm selbst.', 'Tell whoever runs the system: it writes this by itself.'] as const;
const OTHER_ACCOUNT = ['Eine andere Bankverbindung vorschlagen; sobald sie gilt, die Rate neu feststellen.', 'Propose another account; once it holds, certify the instalment again.'] as const;

/** Why a bank would refuse a payment or its file, by what must hold, and what to do about it. */
export const TRANSFER_WORDS = {
  messageIdValid: said('Die Nachrichtenkennung ist nicht zulässig.', 'The message id is not allowed.', ...NOT_OURS),
  datesValid: said('Zeitpunkt oder Ausführungstag ist kein Datum.', 'The instant or the execution day is no date.',
    'Den Lauf mit einem Ausführungstag aus dem Kalender neu vorbereiten.', 'Prepare the run anew, with an execution day of the calendar.'),
  debtorNamed: said('Der Name des zahlenden Kontos fehlt.', 'The name of the paying account is missing.',
    'Den Namen in der Förderrunde nachtragen und den Lauf neu vorbereiten.', 'Add the name to the funding round and prepare the run anew.'),
  debtorValid: said('IBAN oder BIC des zahlenden Kontos ist nicht gültig.', 'IBAN or BIC of the paying account is not valid.',
    'IBAN und BIC in der Förderrunde berichtigen und den Lauf neu vorbereiten.', 'Correct IBAN and BIC in the funding round and prepare the run anew.'),
  countValid: said('Eine Datei hat 1 bis 100.000 Zahlungen.', 'A file has 1 to 100,000 payments.',
    'Die Zahlungen auf mehrere Läufe verteilen.', 'Spread the payments over several runs.'),
  sumValid: said('Die Summe der Datei ist zu groß.', 'The sum of the file is too large.', 'Die Zahlungen auf mehrere Läufe verteilen.', 'Spread the payments over several runs.'),
  endToEndIdValid: said('Die Referenz ist nicht zulässig.', 'The reference is not allowed.', ...NOT_OURS),
  endToEndIdUnique: said('Die Referenz kommt zweimal vor.', 'The reference occurs twice.', ...NOT_OURS),
  amountValid: said('Der Betrag liegt nicht zwischen 0,01 € und 999.999.999,99 €.', 'The amount is not between €0.01 and €999,999,999.99.',
    'Bewilligung und Sperren prüfen; eine größere Zahlung nimmt keine Bank in einem Stück.', 'Check the award and its holds; no bank takes a larger payment in one piece.'),
  ibanValid: said('Die IBAN ist nicht gültig oder keine eines SEPA-Landes.', 'The IBAN is not valid, or not one of a SEPA country.', ...OTHER_ACCOUNT),
  holderValid: said('Der Name des Empfängers fehlt oder hat kein Zeichen, das Banken schreiben.', 'The name of the payee is missing, or has no letter that banks write.',
    'Den Kontoinhaber in lateinischer Schrift vorschlagen; sobald er gilt, die Rate neu feststellen.', 'Propose the holder in Latin script; once it holds, certify the instalment again.'),
  holderFits: said('Der Name des Empfängers hat mehr als 70 Zeichen, oder Zeichen, die man nicht sieht.', 'The name of the payee has more than 70 characters, or characters that cannot be seen.',
    'Den Kontoinhaber kürzer und ohne solche Zeichen vorschlagen; sobald er gilt, die Rate neu feststellen.', 'Propose the holder shorter and without such characters; once it holds, certify the instalment again.'),
  purposeValid: said('Der Verwendungszweck fehlt, ist für Banken nicht schreibbar oder hat mehr als 140 Zeichen.',
    'The remittance information is missing, cannot be written by banks, or has more than 140 characters.', ...NOT_OURS),
} as const satisfies Record<string, Said>;

export type TransferCode = keyof typeof TRANSFER_WORDS;

/** Something a bank would refuse, of one payment or (`endToEndId` null) of the file. */
export interface TransferFault extends Said {
  readonly code: TransferCode;
  readonly endToEndId: string | null;
}

/** A fault as an effect that is given up keeps it: the code, and the payment where there is one. */
export const faultLine = ({ code, endToEndId }: Pick<TransferFault, 'code' | 'endToEndId'>): string => (endToEndId === null ? code : `${code} ${endToEndId}`);

/** What such a line says to people; null for any other error. */
export function faultTold(line: string): Said | null {
  const [code = ''] = line.split(' ', 1);
  return Object.hasOwn(TRANSFER_WORDS, code) ? TRANSFER_WORDS[code as TransferCode] : null;
}
