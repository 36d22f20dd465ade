import type { Text } from '#kernel';

/** How long before a day something is: in working days, or in calendar days. */
export type DayUnit = 'workingDays' | 'days';

const WORDS: { readonly [unit in DayUnit]: { readonly one: Text; readonly many: Text; readonly dative: Text } } = {
  workingDays: {
    one: { de: 'Arbeitstag', en: 'working day' }, many: { de: 'Arbeitstage', en: 'working days' }, dative: { de: 'Arbeitstagen', en: 'working days' },
  },
  days: { one: { de: 'Tag', en: 'day' }, many: { de: 'Tage', en: 'days' }, dative: { de: 'Tagen', en: 'days' } },
};

const counted = (count: number, noun: Text): Text => ({ de: `${count} ${noun.de}`, en: `${count} ${noun.en}` });

/** "1 Arbeitstag", "7 Arbeitstage", "3 Tage". */
export const span = (count: number, unit: DayUnit = 'workingDays'): Text => counted(count, count === 1 ? WORDS[unit].one : WORDS[unit].many);

/** After a preposition: "nach 1 Arbeitstag", "seit 20 Arbeitstagen". */
export const spanAfter = (count: number, unit: DayUnit = 'workingDays'): Text => counted(count, count === 1 ? WORDS[unit].one : WORDS[unit].dative);
