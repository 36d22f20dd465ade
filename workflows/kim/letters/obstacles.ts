import { startOfDay } from '#calendar';
import { checked, ROLE_NAMES, type Checked, type Role, type Situation, type Text } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { instalmentRequirements, movingCents } from '../instalment.guards.ts';
import { readiness } from '../readiness.ts';
import { both, euros, onDay } from './paper.ts';

type Case = Situation<Instalment>;

/** A field of the event, as text. */
export const said = ({ event }: Case, field: string): string => String(event.data?.[field] ?? '');

/** Whether so much is what an earlier payment has left of an instalment. */
const isRest = ({ openCents, paidCents }: Instalment, amount: number): boolean => paidCents > 0 && amount === openCents;

/** So much of an instalment where it begins a letter: all of it, what is left of it, or a part. */
export function amountNamed(context: Instalment, amount: number = movingCents(context)): Text {
  const { number, amountCents } = context;
  const [de, en] = amount === amountCents ? [`Rate ${number}`, `Instalment ${number}`]
    : isRest(context, amount) ? [`der Rest der Rate ${number}`, `The rest of instalment ${number}`] : [`ein Teil der Rate ${number}`, `A part of instalment ${number}`];
  return { de: `${de} über ${euros(amount).de}`, en: `${en} of ${euros(amount).en}` };
}

/** An instalment where it begins a subject. */
export const named = (context: Instalment, amount: number = movingCents(context)): Text => (isRest(context, amount)
  ? { de: `Rest der Rate ${context.number}`, en: `Rest of instalment ${context.number}` } : { de: `Rate ${context.number}`, en: `Instalment ${context.number}` });

/** An instalment in one line of many. */
export const inOneLine = ({ context, facts }: Case): Text => {
  const { applicant, fileNumber } = applicationIn(facts);
  const amount = movingCents(context);
  const rest = isRest(context, amount) ? { de: 'restliche ', en: 'remaining ' } : { de: '', en: '' };
  return {
    de: `${fileNumber}/${context.number}, ${applicant.name}: ${rest.de}${euros(amount).de}, fällig am ${onDay(context.payOn).de}`,
    en: `${fileNumber}/${context.number}, ${applicant.name}: ${rest.en}${euros(amount).en}, due on ${onDay(context.payOn).en}`,
  };
};

/** What would stop the payment on its day if nothing changed until then. */
export function obstacles(situation: Case): readonly Checked[] {
  const { context: { payOn }, event } = situation;
  const due = startOfDay(payOn);
  return checked(readiness.checks, instalmentRequirements, { ...situation, event: { ...event, at: event.at > due ? event.at : due } }).filter(({ ok }) => !ok);
}

/** Whoever has to see to what is in the way; nobody to what time alone clears. */
export const ownersOf = (found: readonly Checked[]): readonly Role[] => found.map(({ owner }) => owner).filter((owner) => owner !== 'system');

/** What is in the way, how it is cleared and by whom; nobody has to see to what time alone clears. */
const cleared = ({ text, remedy, owner }: Checked): Text => both((language) => {
  const by = { de: `Zuständig: ${ROLE_NAMES[owner].de}`, en: `Responsible: ${ROLE_NAMES[owner].en}` };
  return `${text[language]} ${remedy[language]}${owner === 'system' ? '' : ` (${by[language]})`}`;
});

/** Obstacles one below the other, and one after the other in a line. */
export const listed = (found: readonly Checked[]): Text => both((language) => found.map((each) => `- ${cleared(each)[language]}`).join('\n'));
export const inARow = (found: readonly Checked[]): Text => both((language) => found.map((each) => cleared(each)[language]).join(' '));
