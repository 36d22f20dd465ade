import type { Runner, Tx } from './store.ts';

/** A command as its sender named it. `bodyHash` covers everything that makes the command what it is. */
export interface RequestKey {
  /** The account: another account's key is another key. */
  readonly actor: string;
  readonly key: string;
  /** Method and path: the same key on another route is a reuse. */
  readonly route: string;
  readonly bodyHash: string;
}

type WonClaim =
  | { readonly kind: 'new' }
  | { readonly kind: 'replay'; readonly answer: unknown }
  | { readonly kind: 'reused' };

export type KeyClaim = WonClaim | { readonly kind: 'inFlight' };

const LOCK = 'hashtextextended(jsonb_build_array($1::text, $2::text)::text, 0)';

/** Claims a key until the transaction ends; `inFlight` where another transaction holds it. */
export async function claimKey(tx: Tx, request: RequestKey): Promise<KeyClaim> {
  const [[lock], claim] = await Promise.all([
    tx.query<{ won: boolean }>(`select pg_try_advisory_xact_lock(${LOCK}) as won`, [request.actor, request.key]), kept(tx, request),
  ]);
  return lock?.won === true ? claim : { kind: 'inFlight' };
}

/** The same for commands that do their work together: one waits until the other's transaction has ended. */
export async function awaitKey(tx: Tx, request: RequestKey): Promise<WonClaim> {
  const [, claim] = await Promise.all([tx.query(`select pg_advisory_xact_lock(${LOCK})`, [request.actor, request.key]), kept(tx, request)]);
  return claim;
}

/** A statement of its own, sent after the lock's: its snapshot is taken when the lock is won, so it sees what the previous holder committed. */
async function kept(tx: Tx, { actor, key, route, bodyHash }: RequestKey): Promise<WonClaim> {
  const [row] = await tx.query<{ route: string; bodyHash: string; answer: unknown }>(
    `select route, body_hash as "bodyHash", answer from request_keys where actor = $1 and key = $2`, [actor, key]);
  if (row === undefined) return { kind: 'new' };
  if (row.bodyHash !== bodyHash || row.route !== route) return { kind: 'reused' };
  return { kind: 'replay', answer: row.answer };
}

/** Keeps the answer of a new key, whatever JSON value that is, in the transaction that did the work. The primary key is the last wall. */
export async function keepAnswer(tx: Tx, request: RequestKey, answer: unknown): Promise<void> {
  await tx.query(
    `insert into request_keys (actor, key, route, body_hash, answer) values ($1, $2, $3, $4, $5)`,
    [request.actor, request.key, request.route, request.bodyHash, JSON.stringify(answer)],
  );
}

/** Forgets the oldest keys beyond `days` of real time, at most 10,000 at a go. Any number may do it at once. @returns how many */
export async function forgetKeys(runner: Runner, days: number): Promise<number> {
  const rows = await runner.query(
    `delete from request_keys where (actor, key) in (
       select actor, key from request_keys where created_at < clock_timestamp() - $1::integer * interval '1 day'
       order by created_at limit 10000 for update skip locked)
     returning key`,
    [days],
  );
  return rows.length;
}
