import { z } from 'zod';
import { formatDay, periodEnd } from '#calendar';
import type { Json, Text } from '#kernel';
import { day } from './shapes.ts';

/**
 * What can excuse a late application: reinstatement (§ 32(1) VwVfG NRW), force majeure (§ 32(3)), or that the authority
 * itself kept the applicant from being in time, which binds it even where a date admits no reinstatement.
 */
export const LATE_BASES = {
  reinstatement: { de: 'Wiedereinsetzung, ohne Verschulden verhindert (§ 32 Abs. 1 VwVfG NRW)', en: 'reinstatement, prevented without fault (§ 32(1) VwVfG NRW)' },
  forceMajeure: { de: 'höhere Gewalt (§ 32 Abs. 3 VwVfG NRW)', en: 'force majeure (§ 32(3) VwVfG NRW)' },
  faultOfAuthority: { de: 'Fehler der Behörde (Nachsicht)', en: 'fault of the authority (indulgence)' },
} as const satisfies { readonly [basis: string]: Text };

/** The legal facts behind a proposal on a late application. */
export type LateGrounds = { readonly basis: keyof typeof LATE_BASES; readonly obstacleEndedOn?: string };

/** An obstacle must have ended for reinstatement and force majeure: from that day on there are two weeks (§ 32(2) VwVfG NRW). */
export const lateGrounds = z.strictObject({
  basis: z.enum(Object.keys(LATE_BASES) as (keyof typeof LATE_BASES)[]),
  obstacleEndedOn: day.optional(),
}).refine(({ basis, obstacleEndedOn }) => basis === 'faultOfAuthority' || obstacleEndedOn !== undefined, {
  path: ['obstacleEndedOn'], error: 'when the obstacle ended',
  params: { de: 'Zu diesem Grund gehört der Tag, an dem das Hindernis weggefallen ist.', en: 'These grounds need the day on which the obstacle ended.' },
});

/** The grounds as a sentence of their own; nothing where none were given. */
export function lateGroundsWords(given: Json | undefined): Text {
  if (given === undefined) return { de: '', en: '' };
  const { basis, obstacleEndedOn: ended } = given as LateGrounds;
  const { de, en } = LATE_BASES[basis];
  if (ended === undefined) return { de: ` Rechtsgrund: ${de}.`, en: ` Grounds: ${en}.` };
  const until = periodEnd(ended, { weeks: 2 }).value;
  return {
    de: ` Rechtsgrund: ${de}; Hindernis weggefallen am ${formatDay(ended, 'de')}, zwei Wochen bis ${formatDay(until, 'de')}.`,
    en: ` Grounds: ${en}; the obstacle ended on ${formatDay(ended, 'en')}, two weeks until ${formatDay(until, 'en')}.`,
  };
}
