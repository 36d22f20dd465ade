import type { Text } from '#kernel';
import { cents, formatEur } from '#money';

interface Words {
  readonly text: Text;
  readonly remedy: Text;
}

const words = (de: string, en: string, remedyDe: string, remedyEn: string): Words => ({ text: { de, en }, remedy: { de: remedyDe, en: remedyEn } });

/** What the words tell of: the payment, who said it, whether it can be withdrawn, and how much is reported and credited by then, in cents. */
interface Told {
  readonly reference: string;
  readonly account: string;
  readonly withdrawable: boolean;
  readonly reportedCents: number;
  readonly creditedCents: number;
}

/** Who said it: a person, or the bank. */
const by = (account: string): Text => (account === 'system' ? { de: 'der Bank', en: 'the bank' } : { de: account, en: account });

const REPORT = {
  de: 'steht sie dort nicht, die Rate als Rückläufer melden.', en: 'if it is not there, report the instalment as returned.',
} as const;

/** What to do where the report of a return was a mistake: what is reopened, told by the bank, or changed since is not withdrawn any more. */
const MISTAKE = (withdrawable: boolean): Text => (withdrawable
  ? { de: 'war die Meldung ein Irrtum, nimmt sie eine andere Person der Finanzen zurück.', en: 'if the report was a mistake, another person of finance withdraws it.' }
  : {
    de: 'war die Meldung ein Irrtum, ist sie nicht mehr zurückzunehmen: Eine Sperre setzen, damit nichts ein zweites Mal gezahlt wird.',
    en: 'if the report was a mistake, it can be withdrawn no more: place a hold, so that nothing is paid a second time.',
  });
const UNTIL = { de: 'Bis dahin zahlt kein Lauf etwas an diese Kommune.', en: 'Until then no run pays anything to this municipality.' } as const;

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
  returnTold: ({ reference, account, withdrawable, reportedCents, creditedCents }: Told) => words(
    `Dass das Geld der Zahlung ${reference} zurück ist oder nie geflossen ist, hat nur ${account} gemeldet. Sie ging hinaus oder galt als ausgeführt, und keine Bankdatei, die jemand anderes eingelesen hat, nennt den Rückläufer. Von Hand sind damit ${formatEur(cents(reportedCents), 'de')} gemeldet; gutgeschrieben hat die Bank dazu bisher ${formatEur(cents(creditedCents), 'de')}.`,
    `Only ${account} has reported that the money of the payment ${reference} is back or never left. It went out or counted as settled, and no file of the bank that somebody else imported tells of a return. Reported by hand so far: ${formatEur(cents(reportedCents), 'en')}; credited for it by the bank: ${formatEur(cents(creditedCents), 'en')}.`,
    `Den Kontoauszug von einer anderen Person einlesen lassen. Steht der Rückläufer dort und ist nicht einzulesen, bestätigt das eine andere Person der Finanzen; ${MISTAKE(withdrawable).de} ${UNTIL.de}`,
    `Let another person import the statement. If the return is there and cannot be imported, another person of finance confirms it; ${MISTAKE(withdrawable).en} ${UNTIL.en}`),
  executedTold: ({ reference, account, withdrawable }: Told) => words(
    `Die Bank meldet die Zahlung ${reference} als ausgeführt, nachdem ${by(account).en === 'the bank' ? 'sie selbst' : account} gemeldet hat, das Geld sei zurück oder nie geflossen. Einen Rückläufer hat sie nicht gemeldet.`,
    `The bank reports the payment ${reference} as executed, after ${by(account).en === 'the bank' ? 'it' : account} had reported that the money is back or never left. It has reported no return.`,
    `Am Kontoauszug klären, wo das Geld ist. Nur wenn es wieder auf dem Konto ist, bestätigt das eine andere Person der Finanzen; ${MISTAKE(withdrawable).de} ${UNTIL.de}`,
    `Find out from the statement where the money is. Only if it is back on the account does another person of finance confirm that; ${MISTAKE(withdrawable).en} ${UNTIL.en}`),
  noReturnTold: ({ reference, account }: Told) => words(
    `${account} hat die Meldung zurückgenommen, dass Geld der Zahlung ${reference} zurück ist. Die Bank hat dazu aber eine Ablehnung, einen Rückläufer oder eine Buchung gemeldet, die nicht zu lesen ist und die nichts bewirkt hat.`,
    `${account} has withdrawn the report that money of the payment ${reference} is back. But the bank has told of a rejection, a return or an entry that cannot be read, which had no effect.`,
    `Am Kontoauszug klären, wo das Geld ist. Ist es zurück, den Rückläufer erneut melden; ist es bei der Kommune, bestätigt das eine andere Person der Finanzen. ${UNTIL.de}`,
    `Find out from the statement where the money is. If it is back, report the return anew; if the municipality has it, another person of finance confirms that. ${UNTIL.en}`),
  recoveryTold: ({ reference, account }: Told) => words(
    `Dass die Kommune Zurückgefordertes gezahlt hat, hat nur ${account} gemeldet (letzte Zahlung an sie: ${reference}). Steigt die Bewilligung wieder, wird dieser Betrag neu gezahlt.`,
    `Only ${account} has reported that the municipality has paid back what was claimed (last payment to it: ${reference}). Should the award rise again, that amount is paid anew.`,
    `Am Kontoauszug prüfen, ob das Geld eingegangen ist. Ist es so, bestätigt das eine andere Person der Finanzen. ${UNTIL.de}`,
    `Check on the statement whether the money has come in. If it has, another person of finance confirms it. ${UNTIL.en}`),
  importerApart: ({ reference, account }: Told) => words(
    `Dass das Geld der Zahlung ${reference} zurück ist oder nie geflossen ist, steht in einer Bankdatei, die ${account} eingelesen hat; niemand sonst hat sie eingelesen, und ${account} hat seither eine Zahlung an diese Kommune festgestellt.`,
    `That the money of the payment ${reference} is back or never left stands in a bank file that ${account} imported; nobody else imported it, and ${account} has certified a payment to this municipality since.`,
    `Eine andere Person der Finanzen prüft am Konto, dass das Geld wieder da ist, und bestätigt das. Es genügt auch ein weiterer Auszug mit dieser Buchung, den eine andere Person einliest. ${UNTIL.de}`,
    `Another person of finance checks on the account that the money is back, and confirms it. Another statement with this booking that another person imports will do as well. ${UNTIL.en}`),
} as const;

/** What is doubted of an answer. */
export type Doubt = keyof typeof DOUBTS;

/** Those for which nobody of the family is paid: money may be with the municipality that counts as back. */
export const KEEPING_OUT: readonly Doubt[] = ['returnTold', 'executedTold', 'noReturnTold', 'recoveryTold', 'importerApart'];
