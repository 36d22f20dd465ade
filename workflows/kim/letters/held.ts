import { dayOf } from '#calendar';
import { ROLE_NAMES, type LetterDefinition, type Member, type Role, type Situation, type Text } from '#kernel';
import { instalmentIn, instalmentsAmong, type Application, type Hold } from '../context.ts';
import { heldBecause, holdWords } from '../hold.reasons.ts';
import { holdNote, holdsOn, payableCents } from '../holds.ts';
import { instalmentStates } from '../labels.ts';
import { APPLICANT, both, euros, letterAbout, onDay } from './paper.ts';

type Case = Situation<Application>;
type Letter = LetterDefinition<Application>;

/** Whoever pays, whoever lifts a hold, and whoever speaks with the municipality. */
const CONCERNED: readonly Role[] = ['caseOfficer', 'secondApprover', 'financeCertifier', 'financeAuthoriser'];

const OVER: readonly string[] = ['settled', 'skipped', 'cancelled'];

const within = ({ scope }: Pick<Hold, 'scope'>, children: readonly Member[]): readonly Member[] =>
  instalmentsAmong(children).filter(({ number }) => scope === 'all' || scope === String(number));

/** The instalments that a hold concerns and of which something is still to be paid. */
const unpaidUnder = (hold: Hold, { facts }: Case): readonly Member[] => within(hold, facts.children).filter(({ state }) => !OVER.includes(state));

/** The hold that the event has placed. */
function placed({ context: { holds } }: Case): Hold {
  const hold = holds.at(-1);
  if (hold === undefined) throw new Error('a hold is told that nobody placed');
  return hold;
}

/** A hold by its id, as long as it stands. */
function standing({ context: { holds } }: Case, id: string): Hold {
  const hold = holds.find((each) => each.id === id);
  if (hold === undefined) throw new Error(`there is no hold ${id}`);
  return hold;
}

/** The hold that the event lifts, before it is taken off the list. */
const lifted = (situation: Case): Hold => standing(situation, String(situation.event.data?.['hold']));

/** The hold that one instalment may pass, before the proposal is taken up. */
function passed(situation: Case): { readonly hold: Hold; readonly number: number } {
  const { bypassProposed: proposal } = situation.context;
  if (proposal == null) throw new Error('a bypass is told that nobody proposed');
  return { hold: standing(situation, proposal.hold), number: proposal.number };
}

/** What a hold is on: as the object of a sentence, or as the name of a payment. */
const on = ({ scope, amountCents }: Hold): Text => (amountCents !== undefined ? { de: `${euros(amountCents).de} der Rate ${scope}`, en: `${euros(amountCents).en} of instalment ${scope}` }
  : scope === 'all' ? { de: 'aller noch nicht ausgezahlten Raten', en: 'all instalments not paid yet' } : { de: `der Rate ${scope}`, en: `instalment ${scope}` });

/** How much of an instalment a hold keeps. */
const heldCents = ({ amountCents }: Hold, { context }: Member): number => Math.min(amountCents ?? Infinity, instalmentIn({ context }).openCents);

/** Each instalment that is kept, with its amount and its pay date; where only a part is, what is left of it is no matter of the hold. */
const amounts = (hold: Hold, situation: Case): Text => both((language) => unpaidUnder(hold, situation).map((child) => {
  const { number, payOn, openCents } = instalmentIn(child);
  const [kept, open, day] = [euros(heldCents(hold, child))[language], euros(openCents)[language], onDay(payOn)[language]];
  const part = heldCents(hold, child) < openCents;
  return language === 'de' ? `- Rate ${number}, Zahltag ${day}: ${kept}${part ? ` von noch offenen ${open}` : ''}` : `- instalment ${number}, pay date ${day}: ${kept}${part ? ` of ${open} still open` : ''}`;
}).join('\n'));

/** What is with the bank may arrive all the same. */
const onTheWay = (hold: Hold, situation: Case): readonly Text[] => (unpaidUnder(hold, situation).some(({ state }) => state === 'exported') ? [{
  de: 'Ein Zahlungsauftrag ist schon erteilt: Liegt er bereits bei der Bank, geht das Geld noch bei Ihnen ein; das erfahren Sie von uns.',
  en: 'A payment order has been given already: if the bank has it, the money still arrives, and you will hear of that from us.',
}] : []);

/** The municipality: only where the hold keeps something from it. */
const toWhomItDelays = (hold: (situation: Case) => Hold): Letter['to'] => (situation) => (unpaidUnder(hold(situation), situation).length > 0 ? APPLICANT : []);

const paymentHeld: Letter = {
  to: toWhomItDelays(placed),
  words: (situation) => {
    const [hold, { context, event }] = [placed(situation), situation];
    const [what, { why, todo }, day] = [on(hold), heldBecause(hold.reason), onDay(dayOf(event.at))];
    return letterAbout(context, { de: 'Auszahlung vorläufig gesperrt', en: 'Payment on hold' }, {
      de: `die Auszahlung ${hold.amountCents === undefined ? what.de : `von ${what.de}`} ist seit dem ${day.de} vorläufig gesperrt; sie verzögert sich dadurch. Grund: ${why.de}. Gesperrt sind:`,
      en: `The payment of ${what.en} has been on hold since ${day.en} and is delayed by that. Reason: ${why.en}. On hold are:`,
    }, amounts(hold, situation), ...onTheWay(hold, situation), {
      de: `${todo.de} Ihr Bescheid bleibt unberührt. Sobald die Sperre aufgehoben ist, erhalten Sie Nachricht, und die Auszahlung geht weiter.`,
      en: `${todo.en} Your notice stands as it is. You will hear from us once the hold is lifted, and the payment then goes on.`,
    });
  },
};

/** Whether something else still keeps what a hold concerned, once that one is gone. */
const heldOtherwise = ({ id }: Hold, { context }: Case, children: readonly Member[]): boolean =>
  children.some(({ number }) => holdsOn(number, context).some((other) => other.id !== id));

const paymentReleased: Letter = {
  to: toWhomItDelays(lifted),
  words: (situation) => {
    const [hold, { context }] = [lifted(situation), situation];
    const [what, since] = [on(hold), onDay(dayOf(hold.since))];
    return letterAbout(context, { de: 'Sperre der Auszahlung aufgehoben', en: 'Hold of the payment lifted' }, {
      de: `die Sperre vom ${since.de}, mit der die Auszahlung ${hold.amountCents === undefined ? what.de : `von ${what.de}`} gesperrt war, ist aufgehoben. Sie betraf:`,
      en: `The hold of ${since.en} on the payment of ${what.en} has been lifted. It concerned:`,
    }, amounts(hold, situation), heldOtherwise(hold, situation, unpaidUnder(hold, situation)) ? {
      de: 'Eine weitere Sperre besteht noch; was sie betrifft, wird erst ausgezahlt, wenn auch sie aufgehoben ist.',
      en: 'Another hold still stands; what it concerns is paid only once that one is lifted, too.',
    } : {
      de: 'Die Auszahlung geht nun weiter: Was fällig ist, wird festgestellt, angeordnet und ausgezahlt, das Übrige zu seinem Zahltag. Sobald das Geld ausgezahlt ist, erhalten Sie Nachricht.',
      en: 'The payment now goes on: what is due is certified, authorised and paid, the rest on its pay date. You will be told once the money is paid.',
    });
  },
};

const heldPaymentPasses: Letter = {
  to: () => APPLICANT,
  words: (situation) => {
    const [{ hold, number }, { context }] = [passed(situation), situation];
    const since = onDay(dayOf(hold.since));
    return letterAbout(context, { de: `Rate ${number} wird trotz Sperre ausgezahlt`, en: `Instalment ${number} is paid in spite of a hold` }, {
      de: `die Sperre vom ${since.de} steht der Auszahlung der Rate ${number} nicht mehr entgegen: Sie wird ausgezahlt, sobald ihre übrigen Voraussetzungen vorliegen. Im Übrigen bleibt die Sperre bestehen.`,
      en: `The hold of ${since.en} no longer stands against the payment of instalment ${number}: it is paid once its other requirements hold. For the rest the hold stands.`,
    });
  },
};

/** Where each instalment in the scope of a hold stands, for the agency. */
const standings = (hold: Hold, { facts }: Case): Text => both((language) => within(hold, facts.children).map((child) => {
  const { number, openCents, payOn } = instalmentIn(child);
  const [state, open, day] = [instalmentStates[child.state]?.[language] ?? child.state, euros(openCents)[language], onDay(payOn)[language]];
  return language === 'de' ? `- Rate ${number}, Zahltag ${day}: „${state}“, offen ${open}` : `- instalment ${number}, pay date ${day}: “${state}”, ${open} open`;
}).join('\n'));

const told = (hold: Hold, situation: Case): Text => (unpaidUnder(hold, situation).length > 0
  ? { de: 'Die Kommune ist zugleich unterrichtet.', en: 'The municipality is told at the same time.' }
  : { de: 'Der Kommune ist nichts mitgeteilt: In ihrem Umfang ist nichts mehr zu zahlen.', en: 'The municipality is told nothing: nothing in its scope is still to be paid.' });

const holdPlaced: Letter = {
  to: () => CONCERNED,
  words: (situation) => {
    const [hold, { context, event, facts }] = [placed(situation), situation];
    const [what, why, by, lifter] = [on(hold), holdWords(hold.reason), event.actor.account, ROLE_NAMES.secondApprover];
    const { note } = holdNote(hold, instalmentsAmong(facts.children));
    return letterAbout(context, { de: `Auszahlung gesperrt (Sperre ${hold.id})`, en: `Payment put on hold (hold ${hold.id})` }, {
      de: `${by} hat für ${context.applicant.name} die Auszahlung ${hold.amountCents === undefined ? what.de : `von ${what.de}`} gesperrt: „${why.de}“.`,
      en: `${by} has put the payment of ${what.en} for ${context.applicant.name} on hold: “${why.en}”.`,
    }, standings(hold, situation), ...(note === undefined ? [] : [note]), told(hold, situation), {
      de: `Als Nächstes: ${ROLE_NAMES.caseOfficer.de} klärt den Grund; danach hebt die ${lifter.de} die Sperre auf, und zwar eine andere Person als die, die sie gesetzt hat. Bis dahin wird nicht gezahlt, was gesperrt ist.`,
      en: `Next: the ${ROLE_NAMES.caseOfficer.en} clarifies the reason; then a ${lifter.en}, who must be another person than who placed the hold, lifts it. Until then what is on hold is not paid.`,
    });
  },
};

/** What of an instalment can be taken on once a hold is gone. */
const nextStep = (hold: Hold, situation: Case): Text => (heldOtherwise(hold, situation, within(hold, situation.facts.children)) ? {
  de: 'Eine weitere Sperre besteht noch und steht der Zahlung entgegen, soweit sie reicht.', en: 'Another hold still stands against the payment as far as it reaches.',
} : { de: 'Als Nächstes: was fällig ist, bitte feststellen und anordnen; was angeordnet ist, geht nun von selbst weiter.', en: 'Next: please certify and authorise what is due; what is authorised now goes on by itself.' });

const holdLifted: Letter = {
  to: () => CONCERNED,
  words: (situation) => {
    const [hold, { context, event }] = [lifted(situation), situation];
    const [what, since, by, reason] = [on(hold), onDay(dayOf(hold.since)), event.actor.account, String(event.data?.['reason'] ?? '')];
    return letterAbout(context, { de: `Sperre ${hold.id} aufgehoben`, en: `Hold ${hold.id} lifted` }, {
      de: `${by} hat die Sperre ${hold.id} aufgehoben, die ${hold.by} am ${since.de} auf die Auszahlung ${hold.amountCents === undefined ? what.de : `von ${what.de}`} für ${context.applicant.name} gesetzt hatte: „${reason}“.`,
      en: `${by} has lifted hold ${hold.id}, which ${hold.by} had placed on ${since.en} on the payment of ${what.en} for ${context.applicant.name}: “${reason}”.`,
    }, standings(hold, situation), told(hold, situation), nextStep(hold, situation));
  },
};

const holdBypassed: Letter = {
  to: () => CONCERNED,
  words: (situation) => {
    const [{ hold, number }, { context, event, facts }] = [passed(situation), situation];
    const child = within(hold, facts.children).find((each) => each.number === number);
    const passing = { ...context, holds: context.holds.filter(({ id }) => id !== hold.id) };
    const payable = child === undefined ? { de: '', en: '' } : { de: ` Zahlbar sind damit ${euros(payableCents(instalmentIn(child), passing)).de}.`, en: ` With that ${euros(payableCents(instalmentIn(child), passing)).en} can be paid.` };
    return letterAbout(context, { de: `Rate ${number} trotz der Sperre ${hold.id} zu zahlen`, en: `Instalment ${number} to be paid past hold ${hold.id}` }, {
      de: `${event.actor.account} hat bestätigt, dass Rate ${number} für ${context.applicant.name} trotz der Sperre ${hold.id} („${holdWords(hold.reason).de}“) gezahlt wird: „${context.bypassProposed?.reason ?? ''}“.${payable.de} Im Übrigen besteht die Sperre fort.`,
      en: `${event.actor.account} has confirmed that instalment ${number} for ${context.applicant.name} is paid past hold ${hold.id} (“${holdWords(hold.reason).en}”): “${context.bypassProposed?.reason ?? ''}”.${payable.en} For the rest the hold stands.`,
    }, { de: 'Die Kommune ist zugleich unterrichtet. Als Nächstes: die Rate feststellen und anordnen.', en: 'The municipality is told at the same time. Next: certify and authorise the instalment.' });
  },
};

/** Letters about holds: to the municipality what it has to know, to the agency who did what and what comes next. */
export const holdLetters: { readonly [kind: string]: Letter } = { paymentHeld, holdPlaced, paymentReleased, holdLifted, heldPaymentPasses, holdBypassed };
