import { startOfDay } from '#calendar';
import { checked, ROLE_NAMES, type Checked, type LetterDefinition, type Situation, type Text } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { instalmentRequirements, orderedCents } from '../instalment.guards.ts';
import { readiness } from '../readiness.ts';
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
