import { type LetterDefinition, type LetterWords, type Situation, type Text } from '#kernel';
import { payDates, payDay } from '../calendar.ts';
import { takenCents } from '../change.ts';
import { amountsFor, type Application } from '../context.ts';
import { cycleOf } from '../cycle.ts';
import { awardOf, instalmentsOf } from '../money.ts';
import { APPLICANT, both, euros, letterAbout, onDay } from './paper.ts';

type Case = Situation<Application>;
type Letter = LetterDefinition<Application>;

const toApplicant = (words: (situation: Case) => LetterWords): Letter => ({ to: () => APPLICANT, words });

function plan({ context, event, facts }: Case): Text {
  const cycle = cycleOf(facts.cycle);
  const days = payDates(cycle).map((due) => payDay(due, event.at, cycle));
  const parts = instalmentsOf(awardOf(context.lines), amountsFor(context, facts.cycle));
  return both((language) => parts.map((part, index) => {
    const day = days[index];
    return `- ${language === 'de' ? 'Rate' : 'instalment'} ${index + 1}: ${euros(part)[language]}${day === undefined ? '' : `, ${onDay(day.value)[language]} (${day.because[language]})`}`;
  }).join('\n'));
}

/** What goes back to the budget: the whole award, or what a change takes from it. */
const freedCents = ({ context, event, facts }: Case): number =>
  (event.type === 'confirmChange' ? -takenCents(context.shares ?? [], facts.children) : awardOf(context.lines));

/** Letters from the decision on. */
export const applicationLettersAfter: { readonly [kind: string]: Letter } = {
  waitingForFunds: toApplicant(({ context }) => letterAbout(context, { de: 'Haushaltsmittel derzeit ausgeschöpft', en: 'Funds exhausted for now' }, {
    de: 'die Mittel dieser Förderrunde reichen derzeit nicht für Ihren Antrag. Er bleibt in der Reihenfolge des Eingangs vorgemerkt. Eine Entscheidung oder Zusage ist damit nicht verbunden.',
    en: 'The funds of this round do not suffice for your application at present. It keeps its rank by the time of receipt. This is neither a decision nor a promise.',
  })),
  withdrawn: toApplicant(({ context, event }) => letterAbout(context, { de: 'Antrag zurückgezogen', en: 'Application withdrawn' }, {
    de: `Ihr Antrag wurde zurückgezogen. Die Akte bleibt erhalten.${event.data?.['reason'] === undefined ? '' : ` Grund: ${String(event.data['reason'])}`}`,
    en: `Your application was withdrawn. The file is kept.${event.data?.['reason'] === undefined ? '' : ` Reason: ${String(event.data['reason'])}`}`,
  })),
  // Exactly the words that were frozen when the notice was drafted.
  notice: toApplicant(({ context: { notice } }) => {
    if (notice === null) throw new Error('a notice is sent that nobody drafted');
    return { subject: notice.subject, text: notice.text };
  }),
  paymentPlan: toApplicant((situation) => letterAbout(situation.context, { de: 'Bescheid bestandskräftig: Zahlplan', en: 'Notice final: payment plan' }, {
    de: 'Ihr Zuwendungsbescheid ist bestandskräftig. Ausgezahlt wird:', en: 'Your grant notice is final. The payments are:',
  }, plan(situation))),
  fundsFreed: {
    to: () => ['caseOfficer', 'secondApprover'],
    words: (situation) => letterAbout(situation.context, { de: 'Haushaltsmittel frei geworden', en: 'Funds freed' }, {
      de: `in der Förderrunde sind ${euros(freedCents(situation)).de} frei geworden. Bitte prüfen, ob ein wartender Antrag gegengezeichnet werden kann; die Reihenfolge des Eingangs gilt.`,
      en: `${euros(freedCents(situation)).en} of the round have been freed. Please check whether a waiting application can be countersigned; the order of receipt applies.`,
    }),
  },
  stopped: toApplicant(({ context }) => letterAbout(context, { de: 'Förderung beendet', en: 'Grant stopped' }, {
    de: 'die Förderung wurde beendet. Noch nicht ausgezahlte Raten entfallen.', en: 'The grant has been stopped. Instalments that were not paid are cancelled.',
  })),
};
