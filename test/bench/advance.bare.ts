import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inFamily, type Recording, type Statement } from './recording.ts';
import { type Contender, lanes } from './rounds.ts';

/**
 * The statements of our own walk, sent by the pg driver and by nobody else: same texts, same row sizes, one transaction an
 * event. What it is faster by is what our own code costs.
 * @param recordings by round
 */
export function bare(url: string, recordings: (round: number) => Promise<Recording>): Contender {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  return {
    name: 'pg',
    measure: async (round, seconds) => {
      const recording = await recordings(round);
      return lanes(seconds, () => resend(pool, recording));
    },
    close: () => pool.end(),
  };
}

async function* resend(pool: pg.Pool, { rootId, opening, strides }: Recording): AsyncGenerator<number> {
  const family = randomUUID();
  const within = async (statements: readonly Statement[]): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('begin isolation level read committed');
      for (const { text, values } of statements) await client.query(text, values.map((value) => inFamily(value, rootId, family)));
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  await within(opening);
  for (const stride of strides) {
    await within(stride);
    yield 1;
  }
}
