import { addWorkingDays, dayOf, endOfDay, startOfDay, type Derived } from '#calendar';
import { digest, type Day, type Failure, type PaymentWords, type Requirement, type Situation, type Text } from '#kernel';
import { payDates, payDay } from './calendar.ts';
import { applicationIn, formIn, instalmentIn, instalmentsAmong, type Application, type BeforeReturn, type Instalment, type Share } from './context.ts';
import { budgetOpenUntil, cycleOf } from './cycle.ts';
import { ofTheChange } from './change.guards.ts';
import { awardDigest } from './guards.ts';
import { isHeld, payableCents } from './holds.ts';
import { ofThePayee } from './payee.guards.ts';
import { payeeInForce } from './payee.ts';

type Case = Situation<Instalment>;

const when = (holds: boolean, failure: Failure = {}): true | Failure => (holds ? true : failure);

const requirement = (
  retry: Requirement['retry'], text: Text, remedy: Text, holds: (situation: Case) => true | Failure, more: Pick<Requirement, 'ofFields'> = {},
): Requirement<Instalment> => ({ retry, text, remedy, holds, ...more });

/** What the payee reads on the statement. */
export const purposeOf = ({ context, facts }: Pick<Case, 'context' | 'facts'>): string =>
  `KIM ${cycleOf(facts.cycle).fundingYear} ${context.number}. Rate ${applicationIn(facts).fileNumber}`;

/** What an instalment pays when it is authorised: the payee in force, what is open, and what the payee reads on the statement. */
export function paymentOf({ context, facts }: Case): PaymentWords {
  const payee = payeeInForce(facts);
  if (payee === null) throw new Error('an instalment is paid to nobody');
  return {
    payee: { holder: payee.holder, iban: payee.iban }, amountCents: payableCents(context, applicationIn(facts)), budgetLine: facts.cycleId,
    purpose: purposeOf({ context, facts }),
  };
}

/** The same with the signature it rests on, so that an order of an earlier signature pays nothing. */
export const payoutOf = (situation: Case): PaymentWords => ({ ...paymentOf(situation), signed: situation.context.certificationHash ?? '' });

/** What certifier and authoriser sign: one payment order, with the version of the payee's data and the order's number. */
export function orderDigest(situation: Case): string | null {
  const payee = payeeInForce(situation.facts);
  return payee === null ? null : digest({ ...paymentOf(situation), payeeVersion: payee.version, order: situation.context.order });
}

/** Whether the first of two certifiers has signed what would be paid now. */
const factuallyCertified = (situation: Case): boolean => situation.context.factualHash != null && situation.context.factualHash === orderDigest(situation);

/** What they signed under earlier versions. */
export function certificationDigest({ context, facts }: Case): string {
  const { fileNumber, form } = applicationIn(facts);
  const { payee } = formIn({ form });
  return digest({ payee: payee ?? null, openCents: context.openCents, order: context.order, number: context.number, fileNumber, cycle: facts.cycleId });
}

/** What the order under way pays; before version 3 it was all that is open. */
export const orderedCents = ({ orderedCents: ordered }: Pick<Instalment, 'orderedCents'>): number => ordered ?? 0;

/** What an order under way pays, and where none is, what one could. */
export const movingCents = (context: Pick<Instalment, 'orderedCents' | 'openCents'>): number => orderedCents(context) || context.openCents;

/** What the last change of the award gave an instalment; undefined where the award never changed. */
export const shareIn = ({ shares }: Pick<Application, 'shares'>, { number }: Pick<Instalment, 'number'>): Share | undefined => (shares ?? [])[number - 1];

/** No more can come back than the order under way, or than was paid where none is. */
function mostReturnable({ amountCents, openCents, paidCents, orderedCents: ordered }: Instalment): number {
  if (ordered === undefined) return openCents > 0 ? openCents : amountCents;
  return ordered > 0 ? ordered : paidCents;
}

/** What counted as paid of an order when a part of it was reported to have come back. */
export const restOf = (before: BeforeReturn): number => Math.max(0, orderedCents(before) - before.backCents);

/** The day on which the round as it stands pays this instalment. */
export function payDayOf({ context, facts }: Case): Derived<Day> {
  const cycle = cycleOf(facts.cycle);
  const due = payDates(cycle)[context.number - 1];
  if (due === undefined) throw new Error(`the round has no pay date ${context.number}`);
  return payDay(due, applicationIn(facts).finalAt ?? '', cycle);
}

/** Whether the bank itself tells of a settlement: what it booked is not ours to judge. */
const toldByTheBank = ({ event }: Case): boolean => event.actor.roles.includes('system');
const valueDate = ({ event }: Case): string => String(event.data?.['valueDate']);
/** The round's own pay date, where the working-day rule has put the instalment's after it. */
const earliestValueDate = ({ context: { number, payOn }, facts }: Case): Day => [cycleOf(facts.cycle).payOn[number - 1] ?? payOn, payOn].toSorted()[0] ?? payOn;
/** Statements announce what is booked with a value date some days on. */
const VALUE_DATE_AHEAD = 5;

/** What must hold of the value date that a person gives when they settle an instalment by hand. */
const ofTheValueDate = {
  valueDateSincePayDay: requirement('afterChange',
    { de: 'Die Wertstellung liegt vor dem Zahltag der Rate.', en: 'The value date lies before the pay date of the instalment.' },
    { de: 'Die Wertstellung mit dem Kontoauszug vergleichen.', en: 'Compare the value date with the bank statement.' },
    (situation) => when(toldByTheBank(situation) || valueDate(situation) >= earliestValueDate(situation)), { ofFields: true }),
  valueDateNotFarAhead: requirement('afterChange',
    { de: `Die Wertstellung liegt mehr als ${VALUE_DATE_AHEAD} Arbeitstage voraus.`, en: `The value date lies more than ${VALUE_DATE_AHEAD} working days ahead.` },
    { de: 'Die Auszahlung erst bestätigen, wenn sie auf dem Kontoauszug steht.', en: 'Confirm the settlement once it is on the bank statement.' },
    (situation) => when(toldByTheBank(situation) || valueDate(situation) <= addWorkingDays(dayOf(situation.event.at), VALUE_DATE_AHEAD)), { ofFields: true }),
};

/** What must hold to take back a return that was none, and what it goes back to. */
const ofTheWithdrawal = {
  returnByHand: requirement('never',
    { de: 'Diesen Rückläufer hat die Bank gemeldet oder bestätigt.', en: 'The bank told of this return, or has borne it out.' },
    { de: 'Die Rate erneut fällig stellen: Was die Bank meldet, wird nicht von Hand zurückgenommen.', en: 'Reopen the instalment: what the bank tells is not withdrawn by hand.' },
    ({ context }) => when(context.beforeReturn !== undefined)),
  returnByAnother: requirement('never',
    { de: 'Vier-Augen-Prinzip: Diesen Rückläufer haben Sie selbst gemeldet.', en: 'Four-eyes principle: you reported this return yourself.' },
    { de: 'Eine andere Person der Finanzen nimmt ihn zurück.', en: 'Another person of finance withdraws it.' },
    ({ context, event }) => when(context.beforeReturn?.by !== event.actor.account)),
  settledBefore: requirement('never',
    { de: 'Vor diesem Rückläufer galt die Rate nicht als ausgeführt.', en: 'The instalment did not count as settled before this return.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context }) => when(context.beforeReturn?.settledOn != null)),
  shareUnchanged: requirement('afterChange',
    { de: 'Die Bewilligung dieser Rate hat sich geändert, seit der Rückläufer gemeldet wurde.', en: 'The award of this instalment has changed since the return was reported.' },
    {
      de: 'Eine Sperre setzen, damit nichts ein zweites Mal gezahlt wird. Ist die Änderung der Bewilligung rückgängig gemacht, kann der Rückläufer zurückgenommen werden.',
      en: 'Place a hold, so that nothing is paid a second time. Once the change of the award is undone, the return can be withdrawn.',
    },
    ({ context: { amountCents, paidCents, claimedCents = 0, beforeReturn: before } }) => when(before === undefined
      || (amountCents === before.amountCents && claimedCents === (before.claimedCents ?? 0) && paidCents === before.paidCents + orderedCents(before) - before.backCents))),
  orderAwaited: requirement('never',
    { de: 'Als der Rückläufer gemeldet wurde, war die Zahlung schon ausgeführt.', en: 'The payment was settled already when the return was reported.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context }) => when(orderedCents(context.beforeReturn ?? {}) > 0)),
  restOpen: requirement('never',
    { de: 'Als der Rückläufer gemeldet wurde, war die Rate ganz gezahlt.', en: 'The instalment was paid in full when the return was reported.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context }) => when((context.beforeReturn?.openCents ?? 0) > 0)),
};

/** The requirements of an instalment, by the name that is also the refusal's code. */
export const instalmentRequirements = {
  noticeFinal: requirement('later',
    { de: 'Der Bescheid ist nicht bestandskräftig oder die Förderung ist beendet.', en: 'The notice is not final or the grant has been stopped.' },
    { de: 'Die Bestandskraft abwarten.', en: 'Wait until the notice is final.' },
    ({ facts }) => when(['active.instalment1', 'active.instalment2', 'active.fullyPaid'].includes(facts.parent?.state ?? ''))),
  payDateReached: requirement('later',
    { de: 'Der Zahltag ist noch nicht erreicht.', en: 'The pay date has not been reached.' },
    { de: 'Den Zahltag abwarten.', en: 'Wait for the pay date.' },
    ({ context, event }) => {
      const from = startOfDay(context.payOn);
      return when(event.at >= from, { from });
    }),
  payDateMoved: requirement('never',
    { de: 'Der Zahltag dieser Rate hat sich nicht verschoben.', en: 'The pay date of this instalment has not moved.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    (situation) => when(payDayOf(situation).value !== situation.context.payOn)),
  amountPositive: requirement('never',
    { de: 'Es ist nichts auszuzahlen.', en: 'There is nothing to pay.' },
    { de: 'Raten über 0,00 € werden übersprungen.', en: 'Instalments of €0.00 are skipped.' },
    ({ context }) => when(context.openCents > 0)),
  nothingToPay: requirement('never',
    { de: 'Es ist noch etwas auszuzahlen.', en: 'There is still something to pay.' },
    { de: 'Die Rate auszahlen.', en: 'Pay the instalment.' },
    ({ context }) => when(context.openCents === 0)),
  noHoldInScope: requirement('afterChange',
    { de: 'Eine Zahlungssperre steht der Auszahlung entgegen.', en: 'A hold stands against the payment.' },
    { de: 'Die Zweitzeichnung kann die Sperre aufheben.', en: 'A second approver can lift the hold.' },
    ({ context, facts }) => {
      const application = applicationIn(facts);
      return when(!isHeld(context, application) && orderedCents(context) <= payableCents(context, application));
    }),
  noUnpostedChange: requirement('afterChange', ofTheChange.noUnpostedChange.text, ofTheChange.noUnpostedChange.remedy,
    ({ facts }) => when(applicationIn(facts).changeProposed == null)),
  orderStands: requirement('never',
    { de: 'Dieser Zahlungsauftrag ist nicht der, der zuletzt angeordnet wurde.', en: 'This order is not the one that was authorised last.' },
    { de: 'Es ist nichts zu tun: ausgeführt wird der letzte.', en: 'There is nothing to do: the last one is carried out.' },
    ({ context, event }) => when(event.data?.['signed'] === undefined || event.data['signed'] === context.certificationHash), { ofFields: true }),
  partOrdered: requirement('never',
    { de: 'Die Rate wurde ganz angeordnet.', en: 'The instalment was ordered as a whole.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context }) => when(orderedCents(context) < context.openCents)),
  somethingPaid: requirement('never',
    { de: 'Von der Rate ist nichts gezahlt.', en: 'Nothing of the instalment is paid.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context }) => when(context.paidCents > 0)),
  partSettled: requirement('never',
    { de: 'Seit der letzten Ausführung ist nichts mehr gezahlt, das zurückkommen könnte.', en: 'Nothing is paid that could come back since the last settlement.' },
    { de: 'Prüfen, ob dieser Rückläufer schon gebucht ist.', en: 'Check whether this return is booked already.' },
    // A return that a person has reported must not be booked again when the bank tells of it, after the instalment was reopened.
    ({ context: { paidCents, settledOn } }) => when(paidCents > 0 && settledOn !== null)),
  valueDateNew: requirement('never',
    { de: 'Diese Wertstellung ist schon vermerkt.', en: 'This value date is noted already.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context, event }) => when(event.data?.['valueDate'] !== (context.settledOn ?? context.beforeReturn?.settledOn)), { ofFields: true }),
  shareChanged: requirement('never',
    { de: 'An dieser Rate ändert sich nichts.', en: 'Nothing of this instalment changes.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context, facts }) => {
      const share = shareIn(applicationIn(facts), context);
      // The amount may stay while a claim counts as paid again. Not what is paid is compared: that moves on after a change.
      return when(share !== undefined && (share.amountCents !== context.amountCents || share.claimedCents !== (context.claimedCents ?? 0)));
    }),
  shareOpen: requirement('never',
    { de: 'Von der Rate bleibt nichts zu zahlen.', en: 'Nothing of the instalment is left to pay.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context, facts }) => {
      const { amountCents, paidCents } = shareIn(applicationIn(facts), context) ?? context;
      return when(amountCents > paidCents);
    }),
  previousSettled: requirement('later',
    { de: 'Die vorherige Rate ist noch nicht ausgezahlt.', en: 'The previous instalment is not settled yet.' },
    { de: 'Zuerst die vorherige Rate auszahlen.', en: 'Pay the previous instalment first.' },
    ({ context, facts }) => when(instalmentsAmong(facts.children).every((child) =>
      instalmentIn(child).number >= context.number || ['settled', 'skipped'].includes(child.state)))),
  ...ofThePayee,
  noticeCurrent: requirement('afterChange',
    { de: 'Der Bescheid nennt nicht die Bewilligung, die jetzt gilt.', en: 'The notice does not announce the award that holds now.' },
    { de: 'Die geänderte Bewilligung bekannt geben.', en: 'Announce the changed award.' },
    ({ facts }) => when(applicationIn(facts).noticedAward === awardDigest(applicationIn(facts)))),
  budgetYearOpen: requirement('afterChange',
    { de: 'Das Haushaltsjahr der Förderrunde ist für Zahlungen geschlossen.', en: 'The budget year of the funding round is closed for payments.' },
    { de: 'Die Administration kann in der Förderrunde einen späteren Haushaltsschluss setzen.', en: 'The administration can set a later end of the budget year in the funding round.' },
    ({ context, event, facts }) => {
      const last = budgetOpenUntil(cycleOf(facts.cycle));
      return when(event.at < endOfDay(last) && context.payOn <= last);
    }),
  twoPersonsCertify: requirement('never',
    { de: 'In dieser Förderrunde stellt eine Person sachlich und rechnerisch fest.', en: 'In this funding round one person certifies factually and arithmetically.' },
    { de: 'Die Rate sachlich und rechnerisch feststellen.', en: 'Certify the instalment factually and arithmetically.' },
    ({ facts }) => when(cycleOf(facts.cycle).certifyingPersons === 2)),
  notFactuallyCertified: requirement('never',
    { de: 'Die Rate ist schon sachlich festgestellt.', en: 'The instalment is factually certified already.' },
    { de: 'Eine andere Person muss sie rechnerisch feststellen.', en: 'Another person must certify it arithmetically.' },
    (situation) => when(!factuallyCertified(situation))),
  factuallyCertified: requirement('afterChange',
    { de: 'Die sachliche Feststellung durch eine andere Person fehlt, oder seither hat sich etwas geändert.', en: 'The factual certification by another person is missing, or something has changed since.' },
    { de: 'Eine andere Person muss die Rate zuerst sachlich feststellen.', en: 'Another person must first certify the instalment as factually correct.' },
    (situation) => when(cycleOf(situation.facts.cycle).certifyingPersons === 1 || factuallyCertified(situation))),
  certificationUnchanged: requirement('afterChange',
    { de: 'Empfänger, Betrag oder Zweck haben sich seit der Feststellung geändert.', en: 'Payee, amount or purpose changed after the certification.' },
    { de: 'Die Rate zurückholen und neu feststellen.', en: 'Recall the instalment and certify it again.' },
    (situation) => when([orderDigest(situation), certificationDigest(situation)].includes(situation.context.certificationHash ?? ''))),
  ...ofTheValueDate,
  ...ofTheWithdrawal,
  withinPayment: requirement('afterChange',
    { de: 'Es kann nicht mehr zurückkommen, als angewiesen wurde.', en: 'No more can come back than was ordered.' },
    { de: 'Den zurückgekommenen Betrag prüfen.', en: 'Check the amount that came back.' },
    ({ context, event }) => when(Number(event.data?.['amountCents']) <= mostReturnable(context)),
    { ofFields: true }),
};
