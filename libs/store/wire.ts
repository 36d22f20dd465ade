import pg from 'pg';

/** An instant as the store gives and takes it: RFC 3339, UTC, milliseconds, `Z`. */
export type Instant = string;

type Parse = (text: string) => unknown;

/**
 * How PostgreSQL's types arrive, per connection and not globally (other users of `pg` in the process keep theirs):
 * timestamptz as an instant, date as `YYYY-MM-DD`, bigint as a number that is checked to be exact.
 */
const PARSERS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [pg.types.builtins.TIMESTAMPTZ, toInstant],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.INT8, toInteger],
]);

/** The `types` option of a pg client. */
export const wireTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS.get(oid)) || pg.types.getTypeParser(oid, format ?? 'text')) as typeof pg.types.getTypeParser,
};

/** `2028-10-31 22:59:59.5+00` → `2028-10-31T22:59:59.500Z`. The session's time zone is UTC; anything else is a bug. */
export function toInstant(text: string): Instant {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text);
  if (match === null) throw new RangeError(`not an instant of a UTC session: ${text}`);
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`;
}

/** Sums and identities beyond 2^53 would silently lose digits, so they are refused. */
function toInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
}
