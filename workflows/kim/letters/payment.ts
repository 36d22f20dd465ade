import type { LetterDefinition } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { orderedCents } from '../instalment.guards.ts';
import { returnOf } from '../returns.ts';
import { budgetEnding } from './budget.ts';
import { inOneLine, listed, obstacles, ownersOf, said } from './obstacles.ts';
import { APPLICANT, both, euros, letterAbout, onDay } from './paper.ts';
import { paymentUnattended } from './unattended.ts';

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
      const found = obstacles(situation);
      return found.length === 0 ? [] : [...new Set(['financeCertifier' as const, ...ownersOf(found)])];
    },
    words: (situation) => {
      const { context, facts } = situation;
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number}: Was der Auszahlung entgegensteht`, en: `Instalment ${context.number}: what stands against the payment` }, {
        de: `Rate ${context.number} über ${euros(context.openCents).de} für ${applicationIn(facts).applicant.name} wird am ${onDay(context.payOn).de} fällig. Wie es heute steht, kann sie dann nicht ausgezahlt werden:`,
        en: `Instalment ${context.number} of ${euros(context.openCents).en} for ${applicationIn(facts).applicant.name} falls due on ${onDay(context.payOn).en}. As things stand it cannot be paid then:`,
      }, listed(obstacles(situation)));
    },
  },
  paymentUnattended,
  budgetEnding,
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
  // One person is enough to settle by hand, so the others hear of it at once; the bank's own word needs no second look.
  settledByHand: {
    to: ({ event }) => (event.actor.roles.includes('system') ? [] : ['financeCertifier', 'financeAuthoriser']),
    words: (situation) => {
      const { context, event, facts } = situation;
      const [application, amount, day, reference] = [applicationIn(facts), euros(orderedCents(context)), onDay(said(situation, 'valueDate')), said(situation, 'reference')];
      return letterAbout(application, { de: `Rate ${context.number} von Hand als ausgezahlt bestätigt`, en: `Instalment ${context.number} confirmed as paid by hand` }, {
        de: `${event.actor.account} hat von Hand bestätigt, dass ${amount.de} der Rate ${context.number} für ${application.applicant.name} ausgezahlt sind: Wertstellung ${day.de}, Referenz „${reference}“. Der Kommune ist mitgeteilt, dass das Geld ausgezahlt ist.`,
        en: `${event.actor.account} has confirmed by hand that ${amount.en} of instalment ${context.number} for ${application.applicant.name} are paid: value date ${day.en}, reference “${reference}”. The municipality has been told that the money is paid.`,
      }, {
        de: 'Bitte mit dem Kontoauszug vergleichen. Steht die Zahlung dort nicht, bitte die Rate als Rückläufer melden: Damit gilt sie nicht mehr als gezahlt.',
        en: 'Please compare this with the bank statement. If the payment is not there, please report the instalment as returned: with that it counts as paid no more.',
      });
    },
  },
  paymentReturned: {
    to: () => ['caseOfficer', 'financeCertifier', 'financeAuthoriser'],
    words: (situation) => {
      const { context, facts } = situation;
      const [{ rejected, words: why }, amount] = [returnOf(said(situation, 'reason')), euros(Number(said(situation, 'amountCents')))];
      return letterAbout(applicationIn(facts), rejected ? {
        de: `Rate ${context.number} von der Bank abgelehnt`, en: `Instalment ${context.number} rejected by the bank`,
      } : { de: `Rate ${context.number} zurückgekommen`, en: `Instalment ${context.number} returned` }, rejected ? {
        de: `Die Bank hat den Zahlungsauftrag über ${amount.de} der Rate ${context.number} abgelehnt und nicht ausgeführt: ${why.de}.`,
        en: `The bank rejected the payment order of ${amount.en} of instalment ${context.number} and did not carry it out: ${why.en}.`,
      } : {
        de: `${amount.de} der Rate ${context.number} kamen von der Bank zurück: ${why.de}.`,
        en: `${amount.en} of instalment ${context.number} came back from the bank: ${why.en}.`,
      }, {
        de: 'Bitte klären, woran es lag, etwa mit dem Zahlungsempfänger, und die Rate dann erneut fällig stellen.',
        en: 'Please find out what caused it, with the payee if need be, and then reopen the instalment.',
      });
    },
  },
};
