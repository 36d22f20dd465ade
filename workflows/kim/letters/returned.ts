import { ROLE_NAMES, type LetterDefinition, type Situation, type Text } from '#kernel';
import { applicationIn, type Instalment, type Reversal } from '../context.ts';
import { orderedCents, purposeOf } from '../instalment.guards.ts';
import { lastFour, payeeInForce } from '../payee.ts';
import { returnIn, type ReturnKind } from '../returns.ts';
import { amountNamed } from './obstacles.ts';
import { APPLICANT, both, euros, letterAbout, onDay } from './paper.ts';

type Case = Situation<Instalment>;
type Letter = LetterDefinition<Instalment>;

/** What came back, and what is left of the payment that it belongs to. */
function amounts({ context, event }: Case): { readonly back: number; readonly left: number } {
  const back = Number(event.data?.['amountCents']);
  return { back, left: (orderedCents(context) || context.paidCents) - back };
}

const stopped = ({ facts }: Case): boolean => facts.parent?.state === 'active.stopped';
const STOPPED: Text = { de: 'Die Förderung ist beendet: Der Betrag wird nicht mehr ausgezahlt.', en: 'The grant has been stopped: the amount is not paid any more.' };

const holderNow = ({ facts }: Case): Text => {
  const payee = payeeInForce(facts);
  return payee === null ? { de: 'keine', en: 'none' } : both(() => `${payee.holder}, IBAN ${lastFour(payee.iban)}`);
};

/** What comes next for the municipality, and what it can do. */
function next(situation: Case): Text {
  if (stopped(situation)) return STOPPED;
  const account = returnIn(situation.event).ofTheAccount ? {
    de: `Bitte prüfen Sie Ihre Bankverbindung; bei uns hinterlegt ist derzeit: ${holderNow(situation).de}. Ist sie nicht mehr richtig, schlägt die zeichnungsberechtigte Person über das Portal eine neue vor. Ist sie richtig, sagen Sie uns das bitte auch.`,
    en: `Please check your bank data; what we have at present is: ${holderNow(situation).en}. If it is no longer right, your signatory proposes new bank data via the portal. If it is right, please tell us that, too.`,
  } : {
    de: 'Lag es an Ihrer Bankverbindung, kann die zeichnungsberechtigte Person über das Portal eine neue vorschlagen.',
    en: 'If your bank data was the cause, your signatory can propose new bank data via the portal.',
  };
  return {
    de: `Der Betrag wird ausgezahlt, sobald geklärt ist, woran es lag, und soweit er Ihnen dann zusteht; darüber erhalten Sie eine neue Mitteilung. ${account.de}`,
    en: `The amount is paid once the cause is clarified, and as far as you are then entitled to it; you will be told of that. ${account.en}`,
  };
}

/** What of a payment is no longer so. */
function correction(situation: Case): Text {
  const { kind, words: why } = returnIn(situation.event);
  const amount = euros(amounts(situation).back);
  return {
    rejected: { de: `Die Bank hat die Zahlung über ${amount.de} jedoch nicht ausgeführt: ${why.de}.`, en: `However, the bank did not carry out the payment of ${amount.en}: ${why.en}.` },
    returned: { de: `Davon sind ${amount.de} von der Bank zurückgekommen: ${why.de}.`, en: `Of this ${amount.en} came back from the bank: ${why.en}.` },
    byHand: {
      de: `Für ${amount.de} ist diese Mitteilung unzutreffend: Der Betrag wurde nicht ausgezahlt oder ist zurückgekommen.`,
      en: `For ${amount.en} this is not correct: the amount was not paid, or it came back.`,
    },
  }[kind];
}

const paymentReversed: Letter = {
  to: () => APPLICANT,
  words: (situation) => {
    const { context, facts } = situation;
    const [{ back, left }, day] = [amounts(situation), onDay(context.settledOn ?? context.payOn)];
    const amount = euros(back);
    const [what, last] = context.openCents > 0
      ? [{ de: `ein Teil der Rate ${context.number}`, en: `part of instalment ${context.number}` }, { de: 'letzte ', en: 'last ' }]
      : [{ de: `Rate ${context.number}`, en: `instalment ${context.number}` }, context.order > 1 ? { de: 'letzte ', en: 'last ' } : { de: '', en: '' }];
    return letterAbout(applicationIn(facts), { de: `Rate ${context.number}: Berichtigung der Mitteilung über die Auszahlung`, en: `Instalment ${context.number}: correction of what you were told of its payment` }, {
      de: `wir haben Ihnen mitgeteilt, dass ${what.de} ausgezahlt ist (${last.de}Wertstellung ${day.de}). ${correction(situation).de}`,
      en: `We told you that ${what.en} was paid (${last.en}value date ${day.en}). ${correction(situation).en}`,
    }, {
      de: `Bitte behandeln Sie ${amount.de} nicht als erhalten. Die Frist von zwei Monaten, um die Mittel zu verwenden, läuft für diesen Betrag nicht.${left > 0 ? ' Im Übrigen bleibt es bei unserer Mitteilung.' : ''} Ist das Geld doch bei Ihnen eingegangen, sagen Sie uns das bitte umgehend unter dem Aktenzeichen, damit es nicht zweimal gezahlt wird.`,
      en: `Please do not count ${amount.en} as received. The period of two months for using the money does not run for this amount.${left > 0 ? ' For the rest, what we told you stands.' : ''} If you did receive the money, please tell us at once under the file number, so that it is not paid twice.`,
    }, next(situation));
  },
};

/** An order that failed before anybody was told of a payment: of interest where a part of it was paid, or where the account is at fault. */
const paymentNotMade: Letter = {
  to: (situation) => (amounts(situation).left > 0 || returnIn(situation.event).ofTheAccount ? APPLICANT : []),
  words: (situation) => {
    const { context, event, facts } = situation;
    const [{ back, left }, { kind, words: why }] = [amounts(situation), returnIn(event)];
    const because = kind === 'byHand' ? { de: '', en: '' } : { de: ` Die Bank nennt als Grund: ${why.de}.`, en: ` The reason given by the bank: ${why.en}.` };
    return left > 0 ? letterAbout(applicationIn(facts), { de: `Rate ${context.number} zum Teil ausgezahlt`, en: `Instalment ${context.number} paid in part` }, {
      de: `${euros(left).de} der Rate ${context.number} wurden ausgezahlt und sind innerhalb von zwei Monaten zu verwenden. Weitere ${euros(back).de} sind Ihnen nicht gutgeschrieben worden.${because.de}`,
      en: `${euros(left).en} of instalment ${context.number} were paid and must be used within two months. Another ${euros(back).en} were not credited to you.${because.en}`,
    }, next(situation)) : letterAbout(applicationIn(facts), { de: `Rate ${context.number}: bitte Bankverbindung prüfen`, en: `Instalment ${context.number}: please check your bank data` }, {
      de: `${amountNamed(context).de} konnte nicht ausgezahlt werden.${because.de}`, en: `${amountNamed(context).en} could not be paid.${because.en}`,
    }, next(situation));
  },
};

/** What the agency is told of, and who does what: finance reopens, the office speaks with the municipality. */
const paymentReturned: Letter = {
  to: () => ['caseOfficer', 'financeCertifier', 'financeAuthoriser'],
  words: (situation) => {
    const { context, event, facts } = situation;
    const { kind } = returnIn(event);
    return letterAbout(applicationIn(facts), {
      rejected: { de: `Rate ${context.number} von der Bank abgelehnt`, en: `Instalment ${context.number} rejected by the bank` },
      returned: { de: `Rate ${context.number} zurückgekommen`, en: `Instalment ${context.number} returned` },
      byHand: { de: `Rate ${context.number} von Hand als zurückgekommen gemeldet`, en: `Instalment ${context.number} reported as returned by hand` },
    }[kind], whatHappened(situation), particulars(situation), ...toldBeside(situation), ...(kind === 'byHand' ? [compare(context)] : []), whoDoesWhat(situation));
  },
};

function whatHappened(situation: Case): Text {
  const { context: { number }, event } = situation;
  const [{ kind, words: why }, amount] = [returnIn(event), euros(amounts(situation).back)];
  return {
    rejected: {
      de: `die Bank hat den Zahlungsauftrag über ${amount.de} der Rate ${number} abgelehnt und nicht ausgeführt: ${why.de}.`,
      en: `The bank rejected the payment order of ${amount.en} of instalment ${number} and did not carry it out: ${why.en}.`,
    },
    returned: { de: `${amount.de} der Rate ${number} kamen von der Bank zurück: ${why.de}.`, en: `${amount.en} of instalment ${number} came back from the bank: ${why.en}.` },
    byHand: {
      de: `${amount.de} der Rate ${number} wurden von ${event.actor.account} als zurückgekommen gemeldet: ${why.de}.`,
      en: `${amount.en} of instalment ${number} were reported as returned by ${event.actor.account}: ${why.en}.`,
    },
  }[kind];
}

/** Which payment it was, as far as an instalment knows: not its run, nor the bank's references. */
function particulars(situation: Case): Text {
  const { context, facts } = situation;
  const valueDate = orderedCents(context) > 0 ? null : context.settledOn;
  return {
    de: [
      `Kommune: ${applicationIn(facts).applicant.name}`, `Verwendungszweck: ${purposeOf(situation)}`, ...(valueDate === null ? [] : [`Wertstellung der Auszahlung: ${onDay(valueDate).de}`]),
      `Bankverbindung, die jetzt gilt: ${holderNow(situation).de}`,
    ].map((line) => `- ${line}`).join('\n'),
    en: [
      `Municipality: ${applicationIn(facts).applicant.name}`, `Purpose: ${purposeOf(situation)}`, ...(valueDate === null ? [] : [`Value date of the payment: ${onDay(valueDate).en}`]),
      `Bank data in force now: ${holderNow(situation).en}`,
    ].map((line) => `- ${line}`).join('\n'),
  };
}

/** Whether the municipality has been told beside; before version 3 it was not. */
function toldBeside(situation: Case): readonly Text[] {
  const { orderedCents: ordered } = situation.context;
  if (ordered === undefined) return [];
  if (ordered === 0) return [{ de: 'Der Kommune ist die Auszahlung mitgeteilt worden; sie erhält zugleich eine Berichtigung.', en: 'The municipality had been told of the payment; it gets a correction at the same time.' }];
  return paymentNotMade.to(situation).length > 0
    ? [{ de: 'Die Kommune ist zugleich unterrichtet.', en: 'The municipality is told at the same time.' }]
    : [{ de: 'Der Kommune ist von dieser Zahlung nichts mitgeteilt.', en: 'The municipality has been told nothing of this payment.' }];
}

/** Before version 3 nothing took back what was reported by mistake. */
const compare = ({ orderedCents: ordered }: Instalment): Text => {
  const [de, en] = ordered === undefined
    ? ['bitte eine Sperre setzen, bevor die Rate erneut fällig gestellt wird, und klären', 'please place a hold before the instalment is reopened, and clarify it']
    : ['statt die Rate erneut fällig zu stellen, nimmt bitte eine andere Person der Finanzen die Meldung zurück', 'instead of reopening the instalment, another person of finance then withdraws the report'];
  // An instalment does not know whether a file carries its order; what was settled before is on the statement.
  const unsent: Text = ordered === undefined || ordered === 0 ? { de: '', en: '' } : {
    de: 'Steht der Zahlungsauftrag in keiner Zahlungsdatei, ist aus diesem System nichts an die Bank gegangen: Dann nimmt die Meldung nur den Auftrag zurück, und die Rate kann erneut fällig gestellt werden. Sonst: ',
    en: 'If no payment file carries the order, nothing went to the bank from this system: then the report only takes the order back, and the instalment can be reopened. Otherwise: ',
  };
  return {
    de: `${unsent.de}Bitte mit dem Kontoauszug vergleichen. Ist die Zahlung dort ausgeführt und nicht zurückgekommen, darf sie nicht ein zweites Mal hinausgehen: ${de}.`,
    en: `${unsent.en}Please compare this with the bank statement. If the payment was carried out there and did not come back, it must not go out a second time: ${en}.`,
  };
};

const whoDoesWhat = (situation: Case): Text => (stopped(situation) ? STOPPED : both((language) => {
  const [office, certifier, authoriser] = [ROLE_NAMES.caseOfficer[language], ROLE_NAMES.financeCertifier[language], ROLE_NAMES.financeAuthoriser[language]];
  return language === 'de'
    ? `Was zu tun ist:\n- ${office}: mit der Kommune klären, woran es lag, und wenn nötig eine neue Bankverbindung vorschlagen lassen\n- ${certifier} oder ${authoriser}: die Rate danach erneut fällig stellen; sie wird neu festgestellt und angeordnet`
    : `What is to be done:\n- ${office}: find out with the municipality what caused it, and have new bank data proposed if needed\n- ${certifier} or ${authoriser}: then reopen the instalment; it is certified and authorised anew`;
}));

/** Letters about payments that are none any more. */
export const returnLetters: { readonly [kind: string]: Letter } = { paymentReversed, paymentNotMade, paymentReturned };

const HAPPENED: { readonly [kind in ReturnKind]: Text } = {
  rejected: { de: 'die Bank nicht ausgeführt hat', en: 'the bank did not carry out' },
  returned: { de: 'zurückgekommen ist', en: 'came back' },
  byHand: { de: 'nicht ausgezahlt wurde oder zurückgekommen ist', en: 'was not paid or came back' },
};

/** That a payment is no further one beside the one that was reversed: nothing where none was. */
export function replacement(reversed: Reversal | null | undefined, settledCents: number): readonly Text[] {
  if (reversed == null) return [];
  const [day, amount, happened] = [onDay(reversed.valueDate), euros(reversed.amountCents), HAPPENED[reversed.kind]];
  const part = settledCents < reversed.amountCents ? { de: 'einen Teil dessen', en: 'a part of what' } : { de: 'das', en: 'what' };
  return [{
    de: `Diese Auszahlung ersetzt ${part.de}, was von der Zahlung mit Wertstellung ${day.de} ${happened.de} (${amount.de}). Sie kommt nicht zu ihr hinzu.`,
    en: `This payment replaces ${part.en} of the payment with value date ${day.en} ${happened.en} (${amount.en}). It does not come on top of it.`,
  }];
}
