import { addDays, dayOf } from '#calendar';
import type { LetterDefinition, LetterWords, Situation, Text } from '#kernel';
import { cutOffFor, lastDayFor, lateClaimsUntil } from '../calendar.ts';
import { formIn, type Application } from '../context.ts';
import { cycleOf } from '../cycle.ts';
import { amountOf } from '../money.ts';
import { formInWords } from './export.ts';
import { remedyInstruction } from './notice.ts';
import { APPLICANT, atEnd, atInstant, euros, letterAbout, onDay } from './paper.ts';

type Case = Situation<Application>;
type Letter = LetterDefinition<Application>;

const toApplicant = (words: (situation: Case) => LetterWords): Letter => ({ to: () => APPLICANT, words });

const said = ({ event }: Case, field: string): string => String(event.data?.[field] ?? '');

const received = ({ context }: Case): Text => {
  const at = atInstant(context.receivedAt ?? context.openedAt);
  const amount = euros(amountOf(context.lines));
  return {
    de: `Ihr Antrag ist am ${at.de} Uhr unter der Nummer ${context.receiptNumber ?? ''} eingegangen. Beantragt sind ${amount.de}. Prüfsumme von Antrag und Konzept: ${context.formHash ?? ''}.`,
    en: `Your application was received on ${at.en} under the number ${context.receiptNumber ?? ''}. It amounts to ${amount.en}. Checksum of form and concept: ${context.formHash ?? ''}.`,
  };
};

/** Whoever has the draft is reminded: once handed over for signature that is the signatory. */
const whoeverHasTheDraft: Letter['to'] = ({ context }) => [context.formHash === null ? 'applicantEditor' : 'applicantSignatory'];

/** Letters about the draft and its signature. */
const aboutTheDraft: { readonly [kind: string]: Letter } = {
  draftReminder: {
    optional: true,
    title: { de: 'Erinnerungen an den Antragsschluss', en: 'Reminders of the closing date' },
    to: whoeverHasTheDraft,
    words: ({ context, facts }) => {
      const lastDay = onDay(lastDayFor(context, cycleOf(facts.cycle)));
      return letterAbout(context, { de: `Antragsschluss am ${lastDay.de}`, en: `Window closes on ${lastDay.en}` }, {
        de: `Ihr Antrag ist noch nicht eingereicht. Die Frist endet am ${lastDay.de} um 24:00 Uhr. Maßgeblich ist der Eingang der Unterzeichnung.`,
        en: `Your application has not been submitted yet. The window ends on ${lastDay.en} at 24:00. What counts is when the signature arrives.`,
      });
    },
  },
  cutOffPassed: {
    to: whoeverHasTheDraft,
    words: ({ context, facts }) => {
      const until = onDay(addDays(dayOf(lateClaimsUntil(context, cycleOf(facts.cycle))), -1));
      return letterAbout(context, { de: 'Antragsschluss vorbei', en: 'The window has closed' }, {
        de: `Ihr Antrag ist nicht fristgerecht eingegangen. Bis zum ${until.de} um 24:00 Uhr können Sie ihn noch als verspätet einreichen; ob er zugelassen wird, wird im Einzelfall entschieden. Danach verfällt der Entwurf.`,
        en: `Your application was not received in time. Until ${until.en} at 24:00 it can still be filed as late; whether it is admitted is decided case by case. After that the draft lapses.`,
      });
    },
  },
  signatureRequested: {
    to: () => ['applicantSignatory'],
    words: ({ context }) => letterAbout(context, { de: 'Bitte unterzeichnen', en: 'Please sign' }, {
      de: `der Antrag ist vollständig und wartet auf Ihre Unterzeichnung. Prüfsumme: ${context.formHash ?? ''}. Erst mit der Unterzeichnung gilt er als eingereicht.`,
      en: `The application is complete and awaits your signature. Checksum: ${context.formHash ?? ''}. Only with the signature is it submitted.`,
    }),
  },
  sentBackToEditor: {
    to: () => ['applicantEditor'],
    words: (situation) => letterAbout(situation.context, { de: 'Zur Bearbeitung zurück', en: 'Back for editing' }, {
      de: `der Antrag wurde nicht unterzeichnet und geht zur Bearbeitung zurück: ${said(situation, 'comment')}`,
      en: `The application was not signed and goes back for editing: ${said(situation, 'comment')}`,
    }),
  },
  lapsed: toApplicant(({ context, facts }) => {
    const until = atEnd(lateClaimsUntil(context, cycleOf(facts.cycle)));
    return letterAbout(context, { de: 'Entwurf verfallen', en: 'Draft lapsed' }, {
      de: `Ihr Entwurf wurde bis zum Ende der Frist für verspätete Anträge (${until.de} Uhr) nicht eingereicht und ist verfallen. Damit nichts verloren geht, folgt sein Inhalt:`,
      en: `Your draft was not submitted before late claims ended (${until.en}) and has lapsed. So that nothing is lost, here is what it said:`,
    }, formInWords(formIn(context)));
  }),
};

/** Letters about the receipt and the completeness of an application. */
const aboutTheReceipt: { readonly [kind: string]: Letter } = {
  receipt: toApplicant((situation) => letterAbout(situation.context, { de: 'Eingangsbestätigung', en: 'Receipt' }, received(situation), {
    de: 'Der Antrag ist fristgerecht. Eine Eingangsbestätigung ist keine Zusage einer Förderung.',
    en: 'The application was received in time. A receipt is no promise of funding.',
  })),
  receivedLate: toApplicant((situation) => letterAbout(situation.context, { de: 'Eingang nach Fristablauf', en: 'Received late' }, received(situation), {
    de: `Die Antragsfrist endete am ${atEnd(cutOffFor(situation.context, cycleOf(situation.facts.cycle)).value).de} Uhr. Der Antrag ist verspätet; über seine Zulassung wird entschieden. Gründe, die Sie nicht zu vertreten haben, können Sie uns mitteilen.`,
    en: `The window closed on ${atEnd(cutOffFor(situation.context, cycleOf(situation.facts.cycle)).value).en}. The application is late; whether it is admitted will be decided. You may tell us reasons for which you are not responsible.`,
  })),
  lateAdmitted: toApplicant(({ context }) => letterAbout(context, { de: 'Verspäteter Antrag zugelassen', en: 'Late application admitted' }, {
    de: 'Ihr verspäteter Antrag wurde zugelassen und wird jetzt geprüft.', en: 'Your late application was admitted and is now being checked.',
  })),
  lateRejected: toApplicant((situation) => letterAbout(situation.context, { de: 'Verspäteter Antrag abgelehnt', en: 'Late application rejected' }, {
    de: `Ihr Antrag ist nach Ablauf der Antragsfrist eingegangen und wurde nicht zugelassen. Grund: ${situation.context.late?.reason ?? ''}`,
    en: `Your application was received after the window had closed and was not admitted. Reason: ${situation.context.late?.reason ?? ''}`,
  }, remedyInstruction(situation))),
  completionRequested: toApplicant(({ context }) => {
    const until = onDay(context.completion?.until ?? dayOf(context.openedAt));
    const sections = context.completion?.sections.join(', ') ?? '';
    return letterAbout(context, { de: `Bitte ergänzen bis ${until.de}`, en: `Please complete by ${until.en}` }, {
      de: `zur Prüfung fehlt noch etwas: ${context.completion?.text ?? ''}\nGeöffnet sind die Abschnitte: ${sections}. Bitte reichen Sie die Ergänzung bis zum ${until.de}, 24:00 Uhr, unterzeichnet ein (${context.completion?.because.de ?? ''}). Der Tag des Eingangs Ihres Antrags bleibt erhalten.`,
      en: `Something is still missing: ${context.completion?.text ?? ''}\nThese sections are open: ${sections}. Please submit the signed completion by ${until.en}, 24:00 (${context.completion?.because.en ?? ''}). The day on which your application was received stays as it is.`,
    });
  }),
  resubmitted: toApplicant(({ context }) => letterAbout(context, { de: 'Ergänzung eingegangen', en: 'Completion received' }, {
    de: `Ihre Ergänzung ist eingegangen. Geändert: ${context.changes.join(', ') || 'nichts'}. Prüfsumme: ${context.formHash ?? ''}.`,
    en: `Your completion was received. Changed: ${context.changes.join(', ') || 'nothing'}. Checksum: ${context.formHash ?? ''}.`,
  })),
  completionPassed: toApplicant(({ context }) => letterAbout(context, { de: 'Ergänzungsfrist abgelaufen', en: 'Completion period over' }, {
    de: 'bis zum Ende der Frist ist keine unterzeichnete Ergänzung eingegangen. Über den Antrag wird nach Aktenlage entschieden, so wie er zuletzt unterzeichnet wurde.',
    en: 'No signed completion was received within the period. The application will be decided on the file as it was last signed.',
  })),
};

/** Letters to the applicant before the decision. */
export const applicationLettersBefore: { readonly [kind: string]: Letter } = { ...aboutTheDraft, ...aboutTheReceipt };
