import { startOfDay } from '#calendar';
import { checked, ROLE_NAMES, type Checked, type Role, type Situation, type Text } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { instalmentRequirements } from '../instalment.guards.ts';
import { readiness } from '../readiness.ts';
import { both, euros, onDay } from './paper.ts';

type Case = Situation<Instalment>;

/** A field of the event, as text. */
export const said = ({ event }: Case, field: string): string => String(event.data?.[field] ?? '');

/** An instalment in one line of many. */
export const inOneLine = ({ context, facts }: Case): Text => {
  const { applicant, fileNumber } = applicationIn(facts);
  return {
    de: `${fileNumber}/${context.number}, ${applicant.name}: ${euros(context.openCents).de}, fällig am ${onDay(context.payOn).de}`,
    en: `${fileNumber}/${context.number}, ${applicant.name}: ${euros(context.openCents).en}, due on ${onDay(context.payOn).en}`,
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
