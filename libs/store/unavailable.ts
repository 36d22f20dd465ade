import { types } from 'node:util';

/**
 * The database is away, too slow or out of room: nothing is wrong with the request. HTTP answers 503, a job is retried.
 * After a lost COMMIT answer the row may be there; repeating with the same request key gives the first answer.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The SQLSTATE of an error the server sent; null when the error is not the server's. */
export function sqlState(error: unknown): string | null {
  if (!types.isNativeError(error)) return null;
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !SYSTEM_CODES.has(code) ? code : null;
}

/** A serialisation failure or a deadlock: the whole transaction may simply run again. */
export const isCollision = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error) ?? '');

/** Whether an error means that the database cannot serve now, whoever asks. */
export function isOutage(error: unknown): boolean {
  if (error instanceof Unavailable) return true;
  if (!types.isNativeError(error)) return false;
  const state = sqlState(error);
  if (state !== null) return OUTAGE_STATES.has(state) || OUTAGE_CLASSES.has(state.slice(0, 2));
  const { code } = error as Error & { code?: unknown };
  return (typeof code === 'string' && SYSTEM_CODES.has(code)) || OUTAGE_MESSAGES.test(error.message);
}

/** Turns an outage into `Unavailable` and leaves every other error as it is. */
export const asUnavailable = (error: unknown): unknown =>
  isOutage(error) && !(error instanceof Unavailable)
    ? new Unavailable(`the database does not answer: ${(error as Error).message}`, { cause: error })
    : error;

/** Connection exceptions; insufficient resources (disk, memory, connections); operator intervention; I/O errors. */
const OUTAGE_CLASSES = new Set(['08', '53', '57', '58']);

/** Lock timeout, idle-in-transaction timeout, a standby that has not been promoted yet. */
const OUTAGE_STATES = new Set(['55P03', '25P03', '25006']);

const SYSTEM_CODES = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH',
]);

/** What pg and pg-pool say without a code. */
const OUTAGE_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired|is not queryable|Cannot use a pool after calling end/;
