import { setTimeout as after } from 'node:timers/promises';

/** A command to a server that went silent may never settle: wait for it no longer than this. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const settled = new AbortController();
  const late = after(milliseconds, undefined, { signal: settled.signal })
    .then(() => { throw new Error(`the queue did not answer within ${milliseconds} ms`); });
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
  }
}
