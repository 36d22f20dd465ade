import { dayOf } from '#calendar';
import type { LetterDefinition, Situation, Text } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { budgetOpenUntil, cycleOf } from '../cycle.ts';
import { instalmentStates } from '../labels.ts';
import { amountNamed, inOneLine } from './obstacles.ts';
import { both, letterAbout, onDay } from './paper.ts';
import { besideFinance, stateOf, toDo } from './unattended.ts';

type Case = Situation<Instalment>;

const lastDay = ({ facts }: Case): string => budgetOpenUntil(cycleOf(facts.cycle));

const LATER_END: Text = {
  de: 'Die Administration kann in der Förderrunde einen späteren Haushaltsschluss setzen.', en: 'The administration can set a later end of the budget year in the funding round.',
};

/** What has to happen by then, by where the instalment stands. */
function byThen(situation: Case): Text {
  const { context: { payOn }, event } = situation;
  if (stateOf(situation) !== 'planned') return toDo(situation);
  if (payOn > lastDay(situation)) return { de: 'Ihr Zahltag liegt danach: Ohne einen späteren Haushaltsschluss wird sie nicht gezahlt.', en: 'Its pay date lies after that: without a later end of the budget year it is not paid.' };
  return payOn > dayOf(event.at) ? { de: 'Bitte ab dem Zahltag gleich feststellen, anordnen und in einen Zahlungslauf nehmen.', en: 'Please certify it from its pay date on, authorise it and put it into a payment run at once.' }
    : { de: 'Bitte klären, warum sie noch nicht fällig ist.', en: 'Please find out why it is not due yet.' };
}

const standing = (situation: Case): Text => both((language) => instalmentStates[stateOf(situation)]?.[language] ?? stateOf(situation));

/** Not optional: once the year is closed nothing of it can be paid without another end of it. */
export const budgetEnding: LetterDefinition<Instalment> = {
  title: { de: 'Haushaltsschluss: Raten, die noch nicht gezahlt sind', en: 'End of the budget year: instalments not paid yet' },
  digest: (situation) => {
    const [line, state, end, what] = [inOneLine(situation), standing(situation), onDay(lastDay(situation)), byThen(situation)];
    return {
      de: `${line.de}. Steht auf „${state.de}“; das Haushaltsjahr schließt am ${end.de}. ${what.de} ${LATER_END.de}`,
      en: `${line.en}. Stands at “${state.en}”; the budget year closes on ${end.en}. ${what.en} ${LATER_END.en}`,
    };
  },
  to: (situation) => ['financeCertifier', 'financeAuthoriser', 'administrator', ...besideFinance(situation)],
  words: (situation) => {
    const { context, facts } = situation;
    const [end, state, what] = [onDay(lastDay(situation)), standing(situation), amountNamed(context)];
    return letterAbout(applicationIn(facts), { de: `Rate ${context.number}: Haushaltsschluss am ${end.de}`, en: `Instalment ${context.number}: the budget year closes on ${end.en}` }, {
      de: `das Haushaltsjahr der Förderrunde schließt am ${end.de}. Auf „${state.de}“ steht ${what.de} für ${applicationIn(facts).applicant.name}, Zahltag ${onDay(context.payOn).de}. Was bis dahin in keiner Zahlungsdatei mit einem Ausführungstag bis zum ${end.de} steht, kann danach nicht mehr gezahlt werden.`,
      en: `The budget year of the funding round closes on ${end.en}. ${what.en} for ${applicationIn(facts).applicant.name}, pay date ${onDay(context.payOn).en}, stands at “${state.en}”. What is in no payment file with an execution day up to ${end.en} by then cannot be paid any more.`,
    }, byThen(situation), LATER_END);
  },
};
