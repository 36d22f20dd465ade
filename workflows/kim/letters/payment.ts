import { startOfDay } from '#calendar';
import { checked, ROLE_NAMES, type Checked, type LetterDefinition, type Situation, type Text } from '#kernel';
import { applicationIn, instalmentsAmong, type Instalment } from '../context.ts';
import { instalmentRequirements, orderedCents } from '../instalment.guards.ts';
import { instalmentStates } from '../labels.ts';
import { readiness } from '../readiness.ts';
import { spanAfter } from '../spans.ts';
import { APPLICANT, both, euros, letterAbout, onDay } from './paper.ts';

type Case = Situation<Instalment>;

const said = ({ event }: Case, field: string): string => String(event.data?.[field] ?? '');

/** An instalment in one line of many. */
const inOneLine = ({ context, facts }: Case): Text => {
  const { applicant, fileNumber } = applicationIn(facts);
  return {
    de: `${fileNumber}/${context.number}, ${applicant.name}: ${euros(context.openCents).de}, fällig am ${onDay(context.payOn).de}`,
    en: `${fileNumber}/${context.number}, ${applicant.name}: ${euros(context.openCents).en}, due on ${onDay(context.payOn).en}`,
  };
};

/** What would stop the payment on its day if nothing changed until then. */
function obstacles(situation: Case): readonly Checked[] {
  const { context: { payOn }, event } = situation;
  const due = startOfDay(payOn);
  return checked(readiness.checks, instalmentRequirements, { ...situation, event: { ...event, at: event.at > due ? event.at : due } }).filter(({ ok }) => !ok);
}

const obstacleList = (situation: Case): Text => both((language) =>
  obstacles(situation).map(({ text, remedy, owner }) => `- ${text[language]} ${remedy[language]} (${ROLE_NAMES[owner][language]})`).join('\n'));

/** Where an instalment stands, as its application sees it: a reminder leaves it there. */
function stateOf({ context, facts }: Case): string {
  const own = instalmentsAmong(facts.children).find(({ number }) => number === context.number);
  if (own === undefined) throw new Error(`the application has no instalment ${context.number}`);
  return own.state;
}

/** What whoever reads of an instalment that lies can do: in a few words for one line of many, and in full. */
const NEXT: { readonly [state: string]: { readonly brief: Text; readonly full: Text } } = {
  due: {
    brief: { de: 'Bitte feststellen.', en: 'Please certify it.' },
    full: {
      de: 'Als Nächstes: sachlich und rechnerisch feststellen. Was dazu noch fehlt, nennt die Rate unter ihren Voraussetzungen.',
      en: 'Next: certify it. What is still missing is named in its readiness list.',
    },
  },
  certified: {
    brief: { de: 'Bitte anordnen oder in einen Zahlungslauf nehmen.', en: 'Please authorise it or put it into a payment run.' },
    full: {
      de: 'Als Nächstes: die Auszahlung anordnen, oder die Rate in einen Zahlungslauf nehmen und ihn freigeben lassen.',
      en: 'Next: authorise it, or put it into a payment run and have that released.',
    },
  },
  authorised: {
    brief: { de: 'Bitte aufheben, was den Zahlungsauftrag aufhält, oder zurückholen.', en: 'Please lift what holds up its payment order, or recall it.' },
    full: {
      de: 'Sie ist angeordnet, aber ihr Zahlungsauftrag ist nicht geschrieben: Eine Sperre, eine vorgeschlagene Bankverbindung oder angehaltene Zahlungen können ihn aufhalten. Als Nächstes: aufheben, was ihn aufhält, oder die Rate zurückholen.',
      en: 'It is authorised but its payment order is not written: a hold, proposed bank data or frozen payments may hold it up. Next: lift what holds it, or recall the instalment.',
    },
  },
  exported: {
    brief: { de: 'Bitte in einen Zahlungslauf nehmen, wenn sie in keiner Zahlungsdatei steht, sonst die Antwort der Bank klären.', en: 'Please put it into a payment run if it is in no payment file, else clear the answer of the bank.' },
    full: {
      de: 'Ihr Zahlungsauftrag ist geschrieben, aber die Bank hat nicht geantwortet. Als Nächstes: steht er in keiner Zahlungsdatei, einen Zahlungslauf vorbereiten; steht er in einer, deren Ausführungstag vorbei ist, bei der Bank nachfragen, ihren Kontoauszug einlesen oder die Ausführung von Hand bestätigen.',
      en: 'Its payment order is written but the bank has not answered. Next: if it is in no payment file, prepare a payment run; if it is in one whose execution day has passed, ask the bank, import its statement, or confirm the settlement by hand.',
    },
  },
  returned: {
    brief: { de: 'Bitte klären, warum sie zurückkam, und sie wieder öffnen.', en: 'Please find out why it came back, and reopen it.' },
    full: {
      de: 'Die Zahlung kam zurück. Als Nächstes: klären, warum; wenn nötig eine neue Bankverbindung vorschlagen lassen; dann die Rate wieder öffnen und neu feststellen.',
      en: 'The payment came back. Next: find out why; have new bank data proposed if needed; then reopen the instalment and certify it anew.',
    },
  },
};

/** What to do next, where a reminder is sent at all. */
function next(situation: Case): { readonly brief: Text; readonly full: Text } {
  const found = NEXT[stateOf(situation)];
  if (found === undefined) throw new Error(`nobody is reminded of an instalment that is ${stateOf(situation)}`);
  return found;
}

/** Since when an instalment has stood where it stands, and for how long. */
const lying = (situation: Case): Text => both((language) => {
  const [state, since, days] = [instalmentStates[stateOf(situation)]?.[language] ?? stateOf(situation), onDay(said(situation, 'since'))[language], spanAfter(Number(said(situation, 'days')))[language]];
  return language === 'de' ? `„${state}“ seit dem ${since}, also seit ${days}` : `“${state}” since ${since}, that is for ${days}`;
});

/** What stands against the next step; once ordered nothing is asked for any more. */
const inTheWay = (situation: Case): readonly Checked[] => (readiness.states.includes(stateOf(situation)) ? obstacles(situation) : []);

/** Letters about one instalment. */
export const instalmentLetters: { readonly [kind: string]: LetterDefinition<Instalment> } = {
  factuallyCertified: {
    title: { de: 'Raten, die rechnerisch festzustellen sind', en: 'Instalments whose arithmetic is to be certified' },
    digest: inOneLine,
    to: () => ['financeCertifier'],
    words: ({ context, event, facts }) => letterAbout(applicationIn(facts), { de: `Rate ${context.number} ist sachlich festgestellt`, en: `Instalment ${context.number} is certified as factually correct` }, {
      de: `Rate ${context.number} über ${euros(context.openCents).de} hat ${event.actor.account} sachlich festgestellt. Bitte rechnerisch feststellen; das muss eine andere Person sein.`,
      en: `Instalment ${context.number} of ${euros(context.openCents).en} was certified as factually correct by ${event.actor.account}. Please certify the arithmetic; it must be another person.`,
    }),
  },
  dueSoon: {
    optional: true,
    title: { de: 'Ankündigungen fälliger Raten', en: 'Announcements of instalments falling due' },
    digest: inOneLine,
    to: () => ['financeCertifier'],
    words: ({ context, facts }) => letterAbout(applicationIn(facts), { de: `Rate ${context.number} wird am ${onDay(context.payOn).de} fällig`, en: `Instalment ${context.number} falls due on ${onDay(context.payOn).en}` }, {
      de: `Rate ${context.number} über ${euros(context.openCents).de} für ${applicationIn(facts).applicant.name} wird am ${onDay(context.payOn).de} fällig (${context.because.de}).`,
      en: `Instalment ${context.number} of ${euros(context.openCents).en} for ${applicationIn(facts).applicant.name} falls due on ${onDay(context.payOn).en} (${context.because.en}).`,
    }),
  },
  notReady: {
    optional: true,
    title: { de: 'Warnungen vor Hindernissen der Auszahlung', en: 'Warnings of obstacles to payments' },
    digest: (situation) => {
      const [line, codes] = [inOneLine(situation), obstacles(situation).map(({ text }) => text)];
      return both((language) => `${line[language]}: ${codes.map((text) => text[language]).join(' ')}`);
    },
    to: (situation) => {
      const owners = obstacles(situation).map(({ owner }) => owner).filter((owner) => owner !== 'system');
      return obstacles(situation).length === 0 ? [] : [...new Set(['financeCertifier' as const, ...owners])];
    },
    words: (situation) => {
      const { context, facts } = situation;
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number}: Was der Auszahlung entgegensteht`, en: `Instalment ${context.number}: what stands against the payment` }, {
        de: `Rate ${context.number} über ${euros(context.openCents).de} für ${applicationIn(facts).applicant.name} wird am ${onDay(context.payOn).de} fällig. Wie es heute steht, kann sie dann nicht ausgezahlt werden:`,
        en: `Instalment ${context.number} of ${euros(context.openCents).en} for ${applicationIn(facts).applicant.name} falls due on ${onDay(context.payOn).en}. As things stand it cannot be paid then:`,
      }, obstacleList(situation));
    },
  },
  // Not optional: where everybody did without it, the payment would be forgotten.
  paymentUnattended: {
    title: { de: 'Auszahlungen, die liegen bleiben', en: 'Payments left lying' },
    digest: (situation) => {
      const [line, waiting, { brief }] = [inOneLine(situation), lying(situation), next(situation)];
      return both((language) => [`${line[language]}. ${waiting[language]}.`, ...inTheWay(situation).map(({ text }) => text[language]), brief[language]].join(' '));
    },
    to: () => ['financeCertifier', 'financeAuthoriser'],
    words: (situation) => {
      const { context, facts } = situation;
      const [waiting, amount] = [lying(situation), euros(orderedCents(context) || context.openCents)];
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number}: Auszahlung bleibt liegen`, en: `Instalment ${context.number}: payment left lying` }, {
        de: `Rate ${context.number} über ${amount.de} für ${applicationIn(facts).applicant.name}, Zahltag ${onDay(context.payOn).de}, steht auf ${waiting.de}. Niemand hat sie seither bewegt.`,
        en: `Instalment ${context.number} of ${amount.en} for ${applicationIn(facts).applicant.name}, pay date ${onDay(context.payOn).en}, has been ${waiting.en}. Nobody has moved it since.`,
      }, next(situation).full, ...(inTheWay(situation).length === 0 ? [] : [both((language) =>
        `${language === 'de' ? 'Heute steht der Auszahlung entgegen' : 'What stands against the payment today'}:\n${obstacleList(situation)[language]}`)]));
    },
  },
  instalmentDue: {
    title: { de: 'Fällige Raten', en: 'Instalments due' },
    digest: inOneLine,
    to: () => ['financeCertifier'],
    words: ({ context, facts }) => letterAbout(applicationIn(facts), { de: `Rate ${context.number} ist fällig`, en: `Instalment ${context.number} is due` }, {
      de: `Rate ${context.number} über ${euros(context.openCents).de} ist fällig (${context.because.de}). Bitte sachlich und rechnerisch feststellen.`,
      en: `Instalment ${context.number} of ${euros(context.openCents).en} is due (${context.because.en}). Please certify it.`,
    }),
  },
  partPaid: {
    to: () => APPLICANT,
    words: (situation) => {
      const { context, facts } = situation;
      const [part, day, rest] = [euros(orderedCents(context)), onDay(said(situation, 'valueDate')), euros(context.openCents - orderedCents(context))];
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number} in Teilen ausgezahlt`, en: `Instalment ${context.number} paid in part` }, {
        de: `${part.de} der Rate ${context.number} wurden mit Wertstellung ${day.de} ausgezahlt und sind innerhalb von zwei Monaten zu verwenden. ${rest.de} sind noch gesperrt.`,
        en: `${part.en} of instalment ${context.number} were paid with value date ${day.en} and must be used within two months. ${rest.en} are still on hold.`,
      });
    },
  },
  paid: {
    to: () => APPLICANT,
    words: (situation) => {
      const { context, facts } = situation;
      const day = onDay(said(situation, 'valueDate'));
      // The last of several orders of one instalment; before version 3 a letter named the instalment.
      const part = orderedCents(context) > 0 && orderedCents(context) < context.amountCents;
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number} ausgezahlt`, en: `Instalment ${context.number} paid` }, part ? {
        de: `Die restlichen ${euros(orderedCents(context)).de} der Rate ${context.number} wurden mit Wertstellung ${day.de} ausgezahlt. Die Mittel sind innerhalb von zwei Monaten zu verwenden.`,
        en: `The remaining ${euros(orderedCents(context)).en} of instalment ${context.number} were paid with value date ${day.en}. The money must be used within two months.`,
      } : {
        de: `Rate ${context.number} über ${euros(context.amountCents).de} wurde mit Wertstellung ${day.de} ausgezahlt. Die Mittel sind innerhalb von zwei Monaten zu verwenden.`,
        en: `Instalment ${context.number} of ${euros(context.amountCents).en} was paid with value date ${day.en}. The money must be used within two months.`,
      });
    },
  },
  paymentReturned: {
    to: () => ['caseOfficer', 'financeCertifier', 'financeAuthoriser'],
    words: (situation) => {
      const { context, facts } = situation;
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number} zurückgekommen`, en: `Instalment ${context.number} returned` }, {
        de: `${euros(Number(said(situation, 'amountCents'))).de} der Rate ${context.number} kamen von der Bank zurück: ${said(situation, 'reason')}. Bitte den Zahlungsempfänger klären und die Rate erneut fällig stellen.`,
        en: `${euros(Number(said(situation, 'amountCents'))).en} of instalment ${context.number} came back from the bank: ${said(situation, 'reason')}. Please clarify the payee and reopen the instalment.`,
      });
    },
  },
};
