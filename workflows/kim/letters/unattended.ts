import { dayOf, endOfDay, workingDaysBetween } from '#calendar';
import { requirementsOf, ROLE_NAMES, type Checked, type LetterDefinition, type Role, type Situation, type Text, type Transition } from '#kernel';
import { applicationIn, instalmentsAmong, type Instalment } from '../context.ts';
import { budgetOpenUntil, cycleOf } from '../cycle.ts';
import { instalment } from '../instalment.ts';
import { instalmentStates } from '../labels.ts';
import { spanAfter } from '../spans.ts';
import { aboutReminder, toFinance } from './escalation.ts';
import { amountNamed, inARow, inOneLine, listed, obstacles, ownersOf, said } from './obstacles.ts';
import { both, letterAbout, LIFT_OR_RECALL, onDay } from './paper.ts';

type Case = Situation<Instalment>;

/** What whoever reads of an instalment that lies can do: in a few words for one line of many, and in full. */
interface Next {
  readonly brief: Text;
  /** Goes on after "Next:" where there is `by`, else a text of its own. */
  readonly full: Text;
  /** The event that takes the instalment on and asks for what may be in its way; absent: nothing is asked for any more, or not yet. */
  readonly by?: string;
  /** What can be done while something stays in the way. */
  readonly otherwise?: Text;
  /** Who has a part in it beside finance. */
  readonly also?: readonly Role[];
}

/** Whoever of finance reopens an instalment. */
const REOPENING = both((language) => `${ROLE_NAMES.financeCertifier[language]} ${language === 'de' ? 'oder' : 'or'} ${ROLE_NAMES.financeAuthoriser[language]}`);

const NEXT: { readonly [state: string]: Next } = {
  due: {
    by: 'certify',
    brief: { de: 'Bitte feststellen.', en: 'Please certify it.' },
    full: {
      de: 'sachlich und rechnerisch feststellen. Was dazu noch fehlt, nennt die Rate unter ihren Voraussetzungen.',
      en: 'certify it. What is still missing is named in its readiness list.',
    },
  },
  certified: {
    by: 'authorise',
    brief: { de: 'Bitte anordnen oder in einen Zahlungslauf nehmen.', en: 'Please authorise it or put it into a payment run.' },
    full: {
      de: 'die Auszahlung anordnen, oder die Rate in einen Zahlungslauf nehmen und ihn freigeben lassen. Was dem noch entgegensteht, nennt die Rate unter ihren Voraussetzungen.',
      en: 'authorise it, or put it into a payment run and have that released. What still stands against that is named in its readiness list.',
    },
  },
  authorised: {
    by: 'markExported',
    brief: { de: 'Ihr Zahlungsauftrag ist nicht geschrieben. Bitte aufheben, was ihn aufhält, sonst die Rate oder ihren Lauf zurückholen.', en: 'Its payment order is not written. Please lift what holds it up, else recall the instalment or its run.' },
    otherwise: { de: 'Sonst die Rate oder ihren Lauf zurückholen.', en: 'Else recall the instalment or its run.' },
    full: LIFT_OR_RECALL,
  },
  exported: {
    // Where it stands is known to whoever writes the mail, and said there with what follows from it: not twice.
    brief: { de: 'Was zu tun ist, richtet sich danach, wo ihr Zahlungsauftrag steht.', en: 'What is to be done depends on where its payment order stands.' },
    full: {
      de: 'Was als Nächstes zu tun ist, hängt davon ab, wo der Auftrag steht:\n- in keiner Zahlungsdatei: einen Zahlungslauf vorbereiten und freigeben lassen\n- in einer Datei, deren Ausführungstag bevorsteht: abwarten\n- in einer Datei, deren Ausführungstag vorbei ist: den Kontoauszug einlesen, bei der Bank nachfragen oder die Ausführung von Hand bestätigen',
      en: 'What comes next depends on where the order stands:\n- in no payment file: prepare a payment run and have it released\n- in a file whose execution day is ahead: wait\n- in a file whose execution day has passed: import the statement, ask the bank, or confirm the settlement by hand',
    },
  },
  returned: {
    also: ['caseOfficer'],
    brief: both((language) => {
      const [office, finance] = [ROLE_NAMES.caseOfficer[language], REOPENING[language]];
      return language === 'de'
        ? `Bitte mit der Kommune klären, warum sie zurückkam oder abgelehnt wurde (${office}), und sie danach wieder öffnen (${finance}).`
        : `Please find out with the municipality why it came back or was rejected (${office}), and then reopen it (${finance}).`;
    }),
    full: both((language) => {
      const [office, finance] = [ROLE_NAMES.caseOfficer[language], REOPENING[language]];
      return language === 'de'
        ? `Als Nächstes:\n- ${office}: mit der Kommune klären, warum, und wenn nötig eine neue Bankverbindung vorschlagen lassen\n- ${finance}: die Rate danach wieder öffnen; sie wird neu festgestellt und angeordnet`
        : `Next:\n- ${office}: find out with the municipality why, and have new bank data proposed if needed\n- ${finance}: then reopen the instalment; it is certified and authorised anew`;
    }),
  },
};

/** What is ordered once the budget year is closed: no run takes it any more. */
const ORDERED_AFTER_THE_YEAR: Next = {
  brief: {
    de: 'Das Haushaltsjahr ist geschlossen. Steht sie in keiner Zahlungsdatei: Die Administration kann in der Förderrunde einen späteren Haushaltsschluss setzen, danach bitte in einen Zahlungslauf nehmen; sonst als zurückgekommen melden. Steht sie in einer, bitte den Kontoauszug einlesen, bei der Bank nachfragen oder von Hand bestätigen.',
    en: 'The budget year is closed. If it is in no payment file: the administration can set a later end of the budget year in the funding round, then please put it into a payment run; else report it as returned. If it is in one, please import the statement, ask the bank, or confirm it by hand.',
  },
  full: {
    de: 'Das Haushaltsjahr ist geschlossen. Was als Nächstes zu tun ist, hängt davon ab, wo der Auftrag steht:\n- in keiner Zahlungsdatei: in einen Zahlungslauf kommt er nur, wenn die Administration in der Förderrunde einen späteren Haushaltsschluss setzt; sonst die Rate als zurückgekommen melden\n- in einer Datei: den Kontoauszug einlesen, bei der Bank nachfragen oder die Ausführung von Hand bestätigen',
    en: 'The budget year is closed. What comes next depends on where the order stands:\n- in no payment file: it joins a payment run only if the administration sets a later end of the budget year in the funding round; else report the instalment as returned\n- in a file: import the statement, ask the bank, or confirm the settlement by hand',
  },
};

/** What is so wherever an instalment of a state lies, and is not plain from the state's name. */
const SO: { readonly [state: string]: Text } = {
  authorised: {
    de: 'Sie ist angeordnet, aber ihr Zahlungsauftrag ist nicht geschrieben. Ihn können eine Sperre, eine vorgeschlagene Bankverbindung oder angehaltene Zahlungen aufhalten.',
    en: 'It is authorised but its payment order is not written. A hold, proposed bank data or frozen payments may hold it up.',
  },
  exported: {
    de: 'Ihr Zahlungsauftrag ist geschrieben; bei der Rate ist weder vermerkt, dass er ausgeführt wurde, noch, dass er abgelehnt wurde oder das Geld zurückkam.',
    en: 'Its payment order is written; for the instalment it is neither recorded as settled nor as rejected or returned.',
  },
  returned: { de: 'Die Zahlung kam zurück, die Bank hat sie abgelehnt, oder eine Person hat sie berichtigt.', en: 'The payment came back, the bank rejected it, or a person corrected it.' },
};

/** Where an instalment stands, as its application sees it: a reminder leaves it there. */
export function stateOf({ context, facts }: Case): string {
  const own = instalmentsAmong(facts.children).find(({ number }) => number === context.number);
  if (own === undefined) throw new Error(`the application has no instalment ${context.number}`);
  return own.state;
}

const yearIsClosed = ({ event, facts }: Case): boolean => event.at >= endOfDay(budgetOpenUntil(cycleOf(facts.cycle)));

/** What to do next, where a reminder is sent at all. */
function next(situation: Case): Next {
  const found = stateOf(situation) === 'exported' && yearIsClosed(situation) ? ORDERED_AFTER_THE_YEAR : NEXT[stateOf(situation)];
  if (found === undefined) throw new Error(`nobody is reminded of an instalment that is ${stateOf(situation)}`);
  return found;
}

/** Who beside finance has to act where the instalment stands. */
export const besideFinance = (situation: Case): readonly Role[] => NEXT[stateOf(situation)]?.also ?? [];

/** For how many working days it has been lying: since the reminder some may have passed, where somebody looks later. */
const lyingDays = (situation: Case): number => Math.max(Number(said(situation, 'days')), workingDaysBetween(said(situation, 'since'), dayOf(situation.event.at)));

/** Where an instalment stands, and since when and for how long it has not moved on: it may have stood there before. */
const lying = (situation: Case): Text => both((language) => {
  const [state, since, days] = [instalmentStates[stateOf(situation)]?.[language] ?? stateOf(situation), onDay(said(situation, 'since'))[language], spanAfter(lyingDays(situation))[language]];
  return language === 'de' ? `„${state}“, unverändert seit dem ${since}, also seit ${days}` : `“${state}”, unchanged since ${since}, that is for ${days}`;
});

/** What the next step asks for and does not find. */
function inTheWay(situation: Case): readonly Checked[] {
  const { by } = next(situation);
  const asked = requirementsOf(by === undefined ? undefined : (instalment.states[stateOf(situation)]?.on?.[by] as Transition | undefined)?.guard);
  return obstacles(situation).filter(({ code }) => asked.includes(code));
}

/** In one line: what is in the way and who clears it, and only where nothing is, what comes next. */
export function toDo(situation: Case): Text {
  const [found, { brief, otherwise }] = [inTheWay(situation), next(situation)];
  if (found.length === 0) return brief;
  return both((language) => `${language === 'de' ? 'Im Weg steht' : 'In the way'}: ${inARow(found)[language]}${otherwise === undefined ? '' : ` ${otherwise[language]}`}`);
}

/** In full: first what is in the way, then what comes next. */
function inFull(situation: Case): readonly Text[] {
  const [found, { full, otherwise, by }, so] = [inTheWay(situation), next(situation), SO[stateOf(situation)]];
  const first = found.length === 0 ? [] : [both((language) => `${language === 'de' ? 'Im Weg steht heute' : 'In the way today'}:\n${listed(found)[language]}`)];
  const lead = found.length === 0 || otherwise !== undefined ? { de: 'Als Nächstes', en: 'Next' } : { de: 'Ist das geklärt', en: 'Once that is cleared' };
  return [...(so === undefined ? [] : [so]), ...first, by === undefined ? full : both((language) => `${lead[language]}: ${full[language]}`)];
}

/** Not optional: where everybody did without it, the payment would be forgotten. */
export const paymentUnattended: LetterDefinition<Instalment> = {
  title: { de: 'Auszahlungen, die liegen bleiben', en: 'Payments left lying' },
  digest: (situation) => {
    const [line, waiting, ...more] = [inOneLine(situation), lying(situation), toDo(situation), ...aboutReminder(situation)];
    return both((language) => `${line[language]}. ${waiting[language]}. ${more.map((text) => text[language]).join(' ')}`);
  },
  to: (situation) => [...new Set([...toFinance(situation), ...besideFinance(situation), ...ownersOf(inTheWay(situation))])],
  words: (situation) => {
    const { context, facts } = situation;
    const [waiting, what] = [lying(situation), amountNamed(context)];
    return letterAbout(applicationIn(facts), { de: `Rate ${context.number}: Auszahlung bleibt liegen`, en: `Instalment ${context.number}: payment left lying` }, {
      de: `${what.de} für ${applicationIn(facts).applicant.name}, Zahltag ${onDay(context.payOn).de}, steht auf ${waiting.de}.`,
      en: `${what.en} for ${applicationIn(facts).applicant.name}, pay date ${onDay(context.payOn).en}, stands at ${waiting.en}.`,
    }, ...inFull(situation), ...aboutReminder(situation));
  },
};
