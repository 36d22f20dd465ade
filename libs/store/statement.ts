import type { QueryConfig } from 'pg';

/** Our statements are constants, some hundred of them; the bound is for whoever builds one from data by mistake. */
const MOST = 500;
const names = new Map<string, string>();

/**
 * A statement with parameters under a name, so that PostgreSQL parses and plans it once a connection. One without
 * parameters, or beyond the bound, is sent as it is.
 */
export function prepared(text: string, values: readonly unknown[]): QueryConfig {
  if (values.length === 0) return { text };
  if (!names.has(text) && names.size < MOST) names.set(text, `tranche_${names.size}`);
  const name = names.get(text);
  return { ...(name === undefined ? {} : { name }), text, values: [...values] };
}
