import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inFamily, type Recording, type Statement } from './recording.ts';
import type { Contender } from './rounds.ts';

const run = promisify(execFile);

/** A family id whose last group pgbench draws for every walk; as long as a real one. */
const DRAWN = '00000000-0000-4000-8000-:lap';

/** Whether pgbench is on the path. */
export const pgbenchInstalled = (): Promise<boolean> => run('pgbench', ['--version']).then(() => true, () => false);

/** The statements of our walk sent by pgbench: what the server does without any JavaScript in front of it. */
export async function pgbench(url: string, recordings: (round: number) => Promise<Recording>): Promise<Contender> {
  const folder = await mkdtemp(join(tmpdir(), 'tranche-pgbench-'));
  return {
    name: 'pgbench',
    measure: async (round, seconds) => {
      const recording = await recordings(round);
      const script = join(folder, 'walk.sql');
      await writeFile(script, scriptOf(recording));
      const { searchParams, port, username, pathname } = new URL(url);
      const { stdout } = await run('pgbench', ['--no-vacuum', '--client=8', '--jobs=2', `--time=${Math.ceil(seconds)}`, `--file=${script}`,
        `--host=${searchParams.get('host')}`, `--port=${port}`, `--username=${username}`, pathname.slice(1)]);
      const walks = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
      if (walks === undefined || !/failed transactions: 0 /.test(stdout)) throw new Error(`pgbench failed:\n${stdout}`);
      return Number(walks) * recording.strides.length;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** One walk as a script: every event a transaction, its parameters written out. */
function scriptOf({ rootId, opening, strides }: Recording): string {
  const transactions = [opening, ...strides].map((statements) =>
    ['begin isolation level read committed', ...statements.map((statement) => inlined(statement, rootId)), 'commit'].join(';\n'));
  return `\\set lap random(100000000000, 999999999999)\n${transactions.join(';\n')};\n`;
}

const inlined = ({ text, values }: Statement, rootId: string): string =>
  text.trim().replaceAll(/\$(\d+)/g, (_, place: string) => literal(inFamily(values[Number(place) - 1], rootId, DRAWN)));

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return literal(`{${value.map((item) => JSON.stringify(item)).join(',')}}`);
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
