import type { LetterDefinition, Situation, Text } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { APPLICANT, euros, letterAbout, onDay } from './paper.ts';

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

/** Letters about one instalment. */
export const instalmentLetters: { readonly [kind: string]: LetterDefinition<Instalment> } = {
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
  instalmentDue: {
    title: { de: 'Fällige Raten', en: 'Instalments due' },
    digest: inOneLine,
    to: () => ['financeCertifier'],
    words: ({ context, facts }) => letterAbout(applicationIn(facts), { de: `Rate ${context.number} ist fällig`, en: `Instalment ${context.number} is due` }, {
      de: `Rate ${context.number} über ${euros(context.openCents).de} ist fällig (${context.because.de}). Bitte sachlich und rechnerisch feststellen.`,
      en: `Instalment ${context.number} of ${euros(context.openCents).en} is due (${context.because.en}). Please certify it.`,
    }),
  },
  paid: {
    to: () => APPLICANT,
    words: (situation) => {
      const { context, facts } = situation;
      const day = onDay(said(situation, 'valueDate'));
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number} ausgezahlt`, en: `Instalment ${context.number} paid` }, {
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
        de: `${euros(context.openCents).de} der Rate ${context.number} kamen von der Bank zurück: ${said(situation, 'reason')}. Bitte den Zahlungsempfänger klären und die Rate erneut fällig stellen.`,
        en: `${euros(context.openCents).en} of instalment ${context.number} came back from the bank: ${said(situation, 'reason')}. Please clarify the payee and reopen the instalment.`,
      });
    },
  },
};
