import type { Text } from '#kernel';
import { cents, formatEur } from '#money';

interface Words {
  readonly text: Text;
  readonly remedy: Text;
}

const words = (de: string, en: string, remedyDe: string, remedyEn: string): Words => ({ text: { de, en }, remedy: { de: remedyDe, en: remedyEn } });

/** What the words tell of: the payment, who said it, and how much is reported and credited by then, in cents. */
interface Told {
  readonly reference: string;
  readonly account: string;
  readonly reportedCents: number;
  readonly creditedCents: number;
}

/** Who said it: a person, or the bank. */
const by = (account: string): Text => (account === 'system' ? { de: 'der Bank', en: 'the bank' } : { de: account, en: account });

const REPORT = {
  de: 'steht sie dort nicht, die Rate als Rückläufer melden.', en: 'if it is not there, report the instalment as returned.',
} as const;

/** What does not bear out an answer about a payment, by what should hold: of which reference, said by whom. */
export const DOUBTS = {
  settledFromFile: ({ reference, account }: Told) => words(
    `Die Zahlung ${reference} gilt als ausgeführt (gemeldet von ${by(account).de}), obwohl sie in keiner Zahlungsdatei steht.`,
    `The payment ${reference} counts as settled (reported by ${by(account).en}), although no payment file carries it.`,
    `Am Kontoauszug prüfen, ob das Geld wirklich geflossen ist, und auf welchem Weg. Ist es so, bestätigt das eine andere Person der Finanzen; ${REPORT.de}`,
    `Check on the statement whether the money really moved, and how. If it did, another person of finance confirms it; ${REPORT.en}`),
  settlementTold: ({ reference, account }: Told) => words(
    `Dass die Zahlung ${reference} ausgeführt ist, hat ${account} von Hand bestätigt; die Bank hat es seither nicht gemeldet.`,
    `${account} confirmed by hand that the payment ${reference} is settled; the bank has not told so since.`,
    `Den Kontoauszug einlesen. Steht sie dort und ist nicht einzulesen, bestätigt das eine andere Person der Finanzen; ${REPORT.de}`,
    `Import the statement. If it is there and cannot be imported, another person of finance confirms it; ${REPORT.en}`),
  valueDateTold: ({ reference, account }: Told) => words(
    `Die Bank nennt für die Zahlung ${reference} eine andere Wertstellung als ${account} von Hand.`,
    `The bank gives another value date for the payment ${reference} than ${account} did by hand.`,
    'Es gilt die der Bank. Eine andere Person der Finanzen vermerkt, dass sie das gesehen hat.',
    'The bank\'s holds. Another person of finance notes that they have seen it.'),
  returnTold: ({ reference, account, reportedCents, creditedCents }: Told) => words(
    `Dass das Geld der Zahlung ${reference} zurück ist oder nie geflossen ist, hat nur ${account} gemeldet. Sie ging hinaus oder galt als ausgeführt, und keine Bankdatei, die jemand anderes eingelesen hat, nennt den Rückläufer. Von Hand sind damit ${formatEur(cents(reportedCents), 'de')} gemeldet; gutgeschrieben hat die Bank dazu bisher ${formatEur(cents(creditedCents), 'de')}.`,
    `Only ${account} has reported that the money of the payment ${reference} is back or never left. It went out or counted as settled, and no file of the bank that somebody else imported tells of a return. Reported by hand so far: ${formatEur(cents(reportedCents), 'en')}; credited for it by the bank: ${formatEur(cents(creditedCents), 'en')}.`,
    'Den Kontoauszug einlesen. Steht der Rückläufer dort und ist nicht einzulesen, bestätigt das eine andere Person der Finanzen; war die Meldung ein Irrtum, nimmt sie eine andere Person zurück. Bis dahin zahlt kein Lauf etwas an diese Kommune.',
    'Import the statement. If the return is there and cannot be imported, another person of finance confirms it; if the report was a mistake, another person withdraws it. Until then no run pays anything to this municipality.'),
  executedTold: ({ reference, account }: Told) => words(
    `Die Bank meldet die Zahlung ${reference} als ausgeführt, nachdem ${by(account).en === 'the bank' ? 'sie selbst' : account} gemeldet hat, das Geld sei zurück oder nie geflossen. Einen Rückläufer hat sie nicht gemeldet.`,
    `The bank reports the payment ${reference} as executed, after ${by(account).en === 'the bank' ? 'it' : account} had reported that the money is back or never left. It has reported no return.`,
    'Am Kontoauszug klären, wo das Geld ist. Nur wenn es wieder auf dem Konto ist, bestätigt das eine andere Person der Finanzen; war die Meldung ein Irrtum, nimmt sie eine andere Person zurück. Bis dahin zahlt kein Lauf etwas an diese Kommune.',
    'Find out from the statement where the money is. Only if it is back on the account does another person of finance confirm that; if the report was a mistake, another person withdraws it. Until then no run pays anything to this municipality.'),
  importerApart: ({ reference, account }: Told) => words(
    `Dass das Geld der Zahlung ${reference} zurück ist oder nie geflossen ist, steht in einer Bankdatei, die ${account} eingelesen hat; ${account} hat auch festgestellt, dass es noch einmal gezahlt wird.`,
    `That the money of the payment ${reference} is back or never left stands in a bank file that ${account} imported; ${account} has also certified that it is paid again.`,
    'Eine andere Person der Finanzen prüft am Konto, dass das Geld wieder da ist, und bestätigt das; oder die Rate zurückholen und von einer anderen Person feststellen lassen. Bis dahin zahlt kein Lauf etwas an diese Kommune.',
    'Another person of finance checks on the account that the money is back, and confirms it; or recall the instalment and let another person certify it. Until then no run pays anything to this municipality.'),
} as const;

/** What is doubted of an answer. */
export type Doubt = keyof typeof DOUBTS;
