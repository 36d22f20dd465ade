import type { Instant, Json } from '#kernel';
import type { Runner } from '#store';

/** A case that still stands where an event has brought it: what that said, and who sent it. */
export interface Brought {
  readonly caseId: string;
  readonly programme: string;
  readonly programmeVersion: number;
  readonly machine: string;
  readonly event: string;
  readonly data: { readonly [field: string]: Json };
  readonly at: Instant;
  readonly account: string;
}

/**
 * Cases of these machines that stand in one of these states since one of these events: gone with the next move to another state.
 * Newest first, older than `before`; there they are called `returned-` and their id.
 */
export const broughtBy = (runner: Runner, { machines, events, states, before, limit }: {
  readonly machines: readonly string[]; readonly events: readonly string[]; readonly states: readonly string[];
  readonly before?: { readonly at: Instant; readonly id: string }; readonly limit: number;
}): Promise<Brought[]> => runner.query<Brought>(
  `select c.id as "caseId", c.programme, j.programme_version as "programmeVersion", c.machine, j.event, j.data, j.at, j.account
   from cases c cross join lateral (
     select event, data, at, account, programme_version from journal where root_id = c.root_id and case_id = c.id and event = any($2) order by seq desc limit 1) j
   where c.machine = any($1) and c.state = any($3) and not c.ended and ($4::timestamptz is null or (j.at, ('returned-' || c.id) collate "C") < ($4, $5))
   order by j.at desc, ('returned-' || c.id) collate "C" desc limit $6`, [machines, events, states, before?.at ?? null, before?.id ?? null, limit]);
