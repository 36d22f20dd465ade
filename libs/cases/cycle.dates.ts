import type { Instant, Json, Programme } from '#kernel';

/** A date of a round that a revision moves. A type and not an interface, so that a journal may hold it as JSON. */
export type MovedDate = { readonly date: string; readonly from: Instant | null; readonly to: Instant | null };

/** Which dates differ between two revisions of a round, reminders aside; null where only one of them has the date. */
export function movedDates({ cycle: { dates } }: Programme, before: Json, after: Json): readonly MovedDate[] {
  const [old, now] = [before, after].map((data) => new Map(dates(data).filter(({ reminder }) => !reminder).map(({ name, at }) => [name, at])));
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])]
    .map((date) => ({ date, from: old?.get(date) ?? null, to: now?.get(date) ?? null }))
    .filter(({ from, to }) => from !== to);
}

/** Of moved dates those that would come to lie in the past: a revision decides about what is ahead, never about what has been. */
export const movedBehind = (moved: readonly MovedDate[], now: Instant): readonly MovedDate[] =>
  moved.filter(({ from, to }) => (to !== null && to <= now) || (to === null && from !== null && from <= now));
