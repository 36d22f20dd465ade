import type { LetterDefinition, Situation, Text } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { orderedCents, restOf } from '../instalment.guards.ts';
import { beforeReturnOf } from '../return.takes.ts';
import { useUntil } from '../use.ts';
import { said } from './obstacles.ts';
import { APPLICANT, euros, letterAbout, onDay } from './paper.ts';

type Case = Situation<Instalment>;
type Letter = LetterDefinition<Instalment>;

/** Whether an order had not been answered when its return was reported. */
const awaited = ({ context }: Case): boolean => orderedCents(beforeReturnOf(context)) > 0;

/** Whether the municipality was told of the return: of an order it was only where a part counted as paid. */
const told = (situation: Case): boolean => !awaited(situation) || restOf(beforeReturnOf(situation.context)) > 0;

const valueDateOf = ({ context }: Case): Text => onDay(beforeReturnOf(context).settledOn ?? context.payOn);

/** The value date that the municipality was told; the bank may have given another one since. */
const toldDateOf = (situation: Case): Text => (situation.context.reversed == null ? valueDateOf(situation) : onDay(situation.context.reversed.valueDate));

/** What the municipality was told last, and what holds instead. */
function corrected(situation: Case): readonly Text[] {
  const { context } = situation;
  const before = beforeReturnOf(context);
  const [back, day, first, { number }] = [euros(before.backCents), valueDateOf(situation), toldDateOf(situation), context];
  if (awaited(situation)) {
    const [rest, ordered] = [euros(restOf(before)), euros(orderedCents(before))];
    return [{
      de: `wir haben Ihnen mitgeteilt, dass ${rest.de} der Rate ${number} ausgezahlt wurden und weitere ${back.de} Ihnen nicht gutgeschrieben worden sind. Das war ein Irrtum: Der Zahlungsauftrag über ${ordered.de} besteht ungeteilt fort; ob er ausgeführt ist, steht noch nicht fest.`,
      en: `We told you that ${rest.en} of instalment ${number} were paid and another ${back.en} were not credited to you. That was a mistake: the payment order of ${ordered.en} stands undivided; whether it was carried out is not certain yet.`,
    }, {
      de: 'Sobald die Auszahlung feststeht, erhalten Sie eine neue Mitteilung; nach ihr richtet sich die Frist von zwei Monaten, um die Mittel zu verwenden.',
      en: 'You will be told once the payment is certain; the period of two months for using the money follows from that.',
    }];
  }
  const [sameDay, last] = [day.de === first.de, onDay(useUntil(before.settledOn ?? context.payOn))];
  return [{
    de: `wir haben Ihnen mitgeteilt, dass ${back.de} der Rate ${number} (Wertstellung ${first.de}) nicht ausgezahlt wurden oder zurückgekommen sind. Das war ein Irrtum: Die Zahlung hat Bestand, auch über ${back.de}, mit Wertstellung ${day.de}.`,
    en: `We told you that ${back.en} of instalment ${number} (value date ${first.en}) were not paid or came back. That was a mistake: the payment stands, also for ${back.en}, with value date ${day.en}.`,
  }, {
    de: `Bitte behandeln Sie den Betrag als erhalten. Die Mittel sind ${sameDay ? 'wie zuerst mitgeteilt innerhalb von zwei Monaten' : `innerhalb von zwei Monaten nach dem ${day.de}, den die Bank inzwischen als Wertstellung gemeldet hat,`} zu verwenden, also bis zum ${last.de}; ist Ihnen das wegen unserer Berichtigung nicht möglich, sagen Sie uns das bitte unter dem Aktenzeichen. Eine neue Bankverbindung ist deswegen nicht nötig. Ist das Geld nicht bei Ihnen eingegangen, sagen Sie uns bitte umgehend Bescheid.`,
    en: `Please count the amount as received. ${sameDay ? 'As we told you first, the money must be used within two months' : `The money must be used within two months of ${day.en}, which the bank has told as the value date meanwhile`}, that is by ${last.en}; if our correction keeps you from that, please tell us under the file number. No new bank data is needed because of it. If you did not receive the money, please tell us at once.`,
  }];
}

const paymentStands: Letter = {
  to: (situation) => (told(situation) ? APPLICANT : []),
  words: (situation) => {
    const { context: { number }, facts } = situation;
    return letterAbout(applicationIn(facts), {
      de: `Rate ${number}: unsere Berichtigung war ein Irrtum`, en: `Instalment ${number}: our correction was a mistake`,
    }, ...corrected(situation));
  },
};

/** What holds again, for those who keep the books. */
function holdsAgain(situation: Case): Text {
  const before = beforeReturnOf(situation.context);
  if (awaited(situation)) {
    const ordered = euros(orderedCents(before));
    return { de: `Der Zahlungsauftrag über ${ordered.de} besteht fort und wartet wieder auf die Antwort der Bank.`, en: `The payment order of ${ordered.en} stands and awaits the bank's answer again.` };
  }
  const [paid, day, open] = [euros(before.paidCents), valueDateOf(situation), euros(before.openCents)];
  const rest = before.openCents > 0 ? { de: `; offen sind ${open.de}`, en: `; ${open.en} are open` } : { de: '', en: '' };
  return { de: `Von der Rate gelten wieder ${paid.de} als ausgezahlt, zuletzt mit Wertstellung ${day.de}${rest.de}.`, en: `Of the instalment ${paid.en} count as paid again, last with value date ${day.en}${rest.en}.` };
}

/** One person reported it, another withdraws it: whoever was told of the first is told of the second. */
const returnWithdrawn: Letter = {
  to: () => ['caseOfficer', 'financeCertifier', 'financeAuthoriser'],
  words: (situation) => {
    const { context, event, facts } = situation;
    const [application, back, reason] = [applicationIn(facts), euros(beforeReturnOf(context).backCents), said(situation, 'reason')];
    return letterAbout(application, { de: `Rate ${context.number}: Meldung eines Rückläufers zurückgenommen`, en: `Instalment ${context.number}: report of a return withdrawn` }, {
      de: `${event.actor.account} hat die Meldung zurückgenommen, dass ${back.de} der Rate ${context.number} für ${application.applicant.name} zurückgekommen sind: „${reason}“.`,
      en: `${event.actor.account} has withdrawn the report that ${back.en} of instalment ${context.number} for ${application.applicant.name} came back: “${reason}”.`,
    }, holdsAgain(situation), told(situation)
      ? { de: 'Der Kommune ist der Rückläufer mitgeteilt worden; sie erhält zugleich eine neue Berichtigung.', en: 'The municipality had been told of the return; it gets a new correction at the same time.' }
      : { de: 'Der Kommune ist von dem Rückläufer nichts mitgeteilt.', en: 'The municipality has been told nothing of the return.' }, {
      de: 'Bitte mit dem Kontoauszug vergleichen. Ist das Geld dort doch zurückgekommen, bitte den Kontoauszug einlesen oder den Rückläufer erneut melden.',
      en: 'Please compare this with the bank statement. If the money did come back there, please import the statement or report the return anew.',
    });
  },
};

/** Letters about a return that was none. */
export const takenBackLetters: { readonly [kind: string]: Letter } = { paymentStands, returnWithdrawn };
