import type { Text } from '#kernel';
import { counted, type Noun } from './counted.ts';

/** How long before a day something is: in working days, or in calendar days. */
export type DayUnit = 'workingDays' | 'days';

const WORDS: { readonly [unit in DayUnit]: Noun } = {
  workingDays: { one: { de: 'Arbeitstag', en: 'working day' }, many: { de: 'Arbeitstage', en: 'working days' } },
  days: { one: { de: 'Tag', en: 'day' }, many: { de: 'Tage', en: 'days' } },
};

/** In German several days after a preposition are in the dative. */
const DATIVES: { readonly [unit in DayUnit]: Noun } = {
  workingDays: { ...WORDS.workingDays, many: { de: 'Arbeitstagen', en: 'working days' } },
  days: { ...WORDS.days, many: { de: 'Tagen', en: 'days' } },
};

/** "1 Arbeitstag", "7 Arbeitstage", "3 Tage". */
export const span = (count: number, unit: DayUnit = 'workingDays'): Text => counted(count, WORDS[unit]);

/** After a preposition: "nach 1 Arbeitstag", "seit 20 Arbeitstagen". */
export const spanAfter = (count: number, unit: DayUnit = 'workingDays'): Text => counted(count, DATIVES[unit]);
