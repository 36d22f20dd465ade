import type { LetterDefinition } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { holdsOn, payableCents } from '../holds.ts';
import { orderedCents } from '../instalment.guards.ts';
import { useUntil } from '../use.ts';
import { budgetEnding } from './budget.ts';
import { notPaidYet } from './not-paid.ts';
import { amountNamed, inOneLine, listed, named, obstacles, ownersOf, said } from './obstacles.ts';
import { APPLICANT, both, euros, letterAbout, onDay } from './paper.ts';
import { replacement, returnLetters } from './returned.ts';
import { takenBackLetters } from './taken-back.ts';
import { paymentUnattended } from './unattended.ts';

/** Letters about one instalment. */
export const instalmentLetters: { readonly [kind: string]: LetterDefinition<Instalment> } = {
  factuallyCertified: {
    title: { de: 'Raten, die rechnerisch festzustellen sind', en: 'Instalments whose arithmetic is to be certified' },
    digest: inOneLine,
    to: () => ['financeCertifier'],
    words: ({ context, event, facts }) => {
      const what = amountNamed(context, payableCents(context, applicationIn(facts)));
      return letterAbout(applicationIn(facts), { de: `${named(context).de} ist sachlich festgestellt`, en: `${named(context).en} is certified as factually correct` }, {
        de: `${what.de} wurde von ${event.actor.account} sachlich festgestellt. Bitte rechnerisch feststellen; das muss eine andere Person sein.`,
        en: `${what.en} was certified as factually correct by ${event.actor.account}. Please certify the arithmetic; it must be another person.`,
      });
    },
  },
  dueSoon: {
    optional: true,
    title: { de: 'Ankündigungen fälliger Raten', en: 'Announcements of instalments falling due' },
    digest: inOneLine,
    to: () => ['financeCertifier'],
    words: ({ context, facts }) => letterAbout(applicationIn(facts), { de: `${named(context).de} wird am ${onDay(context.payOn).de} fällig`, en: `${named(context).en} falls due on ${onDay(context.payOn).en}` }, {
      de: `${amountNamed(context).de} für ${applicationIn(facts).applicant.name} wird am ${onDay(context.payOn).de} fällig (${context.because.de}).`,
      en: `${amountNamed(context).en} for ${applicationIn(facts).applicant.name} falls due on ${onDay(context.payOn).en} (${context.because.en}).`,
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
      return letterAbout(applicationIn(facts), { de: `${named(context).de}: Was der Auszahlung entgegensteht`, en: `${named(context).en}: what stands against the payment` }, {
        de: `${amountNamed(context).de} für ${applicationIn(facts).applicant.name} wird am ${onDay(context.payOn).de} fällig. Wie es heute steht, kann sie dann nicht ausgezahlt werden:`,
        en: `${amountNamed(context).en} for ${applicationIn(facts).applicant.name} falls due on ${onDay(context.payOn).en}. As things stand it cannot be paid then:`,
      }, listed(obstacles(situation)));
    },
  },
  paymentUnattended,
  notPaidYet,
  budgetEnding,
  instalmentDue: {
    title: { de: 'Raten, die fällig sind', en: 'Instalments due' },
    digest: inOneLine,
    to: () => ['financeCertifier'],
    words: ({ context, facts }) => {
      const [application, what] = [applicationIn(facts), amountNamed(context)];
      const heldCents = context.openCents - payableCents(context, application);
      const held = heldCents === 0 ? { de: '', en: '' } : { de: ` Gesperrt sind davon ${euros(heldCents).de}.`, en: ` Of this ${euros(heldCents).en} are on hold.` };
      return letterAbout(application, { de: `${named(context).de} ist fällig`, en: `${named(context).en} is due` }, {
        de: `${what.de} für ${application.applicant.name} ist fällig (${context.because.de}).${held.de} Bitte sachlich und rechnerisch feststellen.`,
        en: `${what.en} for ${application.applicant.name} is due (${context.because.en}).${held.en} Please certify it.`,
      });
    },
  },
  partPaid: {
    to: () => APPLICANT,
    words: (situation) => {
      const { context, facts } = situation;
      const [part, day, rest, last] = [euros(orderedCents(context)), onDay(said(situation, 'valueDate')), euros(context.openCents - orderedCents(context)), onDay(useUntil(said(situation, 'valueDate')))];
      // The hold on the rest may have been lifted since this part was ordered.
      const held = holdsOn(context.number, applicationIn(facts)).length > 0
        ? { de: 'sind noch gesperrt', en: 'are still on hold' } : { de: 'werden gesondert ausgezahlt', en: 'are paid separately' };
      return letterAbout(applicationIn(facts), { de: `Rate ${context.number} in Teilen ausgezahlt`, en: `Instalment ${context.number} paid in part` }, {
        de: `${part.de} der Rate ${context.number} wurden mit Wertstellung ${day.de} ausgezahlt und sind innerhalb von zwei Monaten zu verwenden, also bis zum ${last.de}. ${rest.de} ${held.de}.`,
        en: `${part.en} of instalment ${context.number} were paid with value date ${day.en} and must be used within two months, that is by ${last.en}. ${rest.en} ${held.en}.`,
      }, ...replacement(context.reversed, orderedCents(context)));
    },
  },
  paid: {
    to: () => APPLICANT,
    words: (situation) => {
      const { context, facts } = situation;
      // Before version 3 nothing was ordered in parts, and the letter is written when the instalment is booked already.
      const settledCents = orderedCents(context) || context.amountCents;
      const [what, name, day, last] = [amountNamed(context, settledCents), named(context, settledCents), onDay(said(situation, 'valueDate')), onDay(useUntil(said(situation, 'valueDate')))];
      const again = context.reversed?.kind === 'returned' && settledCents <= context.reversed.amountCents ? { de: 'erneut ', en: ' again' } : { de: '', en: '' };
      return letterAbout(applicationIn(facts), { de: `${name.de} ${again.de}ausgezahlt`, en: `${name.en} paid${again.en}` }, {
        de: `${what.de} wurde mit Wertstellung ${day.de} ${again.de}ausgezahlt. Die Mittel sind innerhalb von zwei Monaten zu verwenden, also bis zum ${last.de}.`,
        en: `${what.en} was paid${again.en} with value date ${day.en}. The money must be used within two months, that is by ${last.en}.`,
      }, ...replacement(context.reversed, settledCents));
    },
  },
  valueDateCorrected: {
    to: () => APPLICANT,
    words: (situation) => {
      const { context, facts } = situation;
      const [told, day, last] = [onDay(context.settledOn ?? ''), onDay(said(situation, 'valueDate')), onDay(useUntil(said(situation, 'valueDate')))];
      return letterAbout(applicationIn(facts), { de: `Wertstellung der Rate ${context.number} berichtigt`, en: `Value date of instalment ${context.number} corrected` }, {
        de: `für die Auszahlung der Rate ${context.number} haben wir Ihnen die Wertstellung ${told.de} mitgeteilt. Nach der Meldung der Bank ist es der ${day.de}; dieser Tag gilt. Die Mittel sind innerhalb von zwei Monaten nach diesem Tag zu verwenden, also bis zum ${last.de}. Am Betrag ändert sich nichts.`,
        en: `For the payment of instalment ${context.number} we told you the value date ${told.en}. According to the bank it is ${day.en}; that day holds. The money must be used within two months of it, that is by ${last.en}. The amount stays the same.`,
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
        de: 'Bitte mit dem Kontoauszug vergleichen. Steht die Zahlung dort nicht, bitte die Rate als Rückläufer melden: Damit gilt sie nicht mehr als gezahlt, und die Kommune erhält eine Berichtigung.',
        en: 'Please compare this with the bank statement. If the payment is not there, please report the instalment as returned: with that it counts as paid no more, and the municipality gets a correction.',
      });
    },
  },
  ...returnLetters,
  ...takenBackLetters,
};
