import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '#test/ground';
import type { Bench } from './bench.ts';
import { median, table } from './rounds.ts';

const FLOOR = { readySeconds: 5, megabytes: 400 };
const IDLE_SECONDS = 60;
const PROGRAM = 'dist/apps/standalone/main.js';
/** Settings of whoever runs the bench that would make it another program. */
const FOREIGN = ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'MAIL_FROM', 'TRANCHE_MODE', 'TRANCHE_TOKEN_KEY', 'TRANCHE_CRASH_AT', 'HOST', 'NODE_OPTIONS'];

const run = promisify(execFile);

/** `npm start` on a folder that exists, with a build that is up to date; and what the process weighs when nobody asks it anything. */
export const startup: Bench = {
  about: 'seconds from `npm start` to ready on an existing folder, and RSS after 60 s idle; floors 5 s and 400 MB',
  run: async ({ rounds }) => {
    const folder = await mkdtemp(join(tmpdir(), 'tranche-start-'));
    await chmod(folder, 0o711);
    try {
      await started(folder, 'first start', async () => undefined);
      const seconds: number[] = [];
      for (let round = 1; round < rounds; round += 1) seconds.push((await started(folder, `round ${round}`, async () => undefined)).seconds);
      const last = await started(folder, `round ${rounds}`, async (pid) => {
        console.error(`idle for ${IDLE_SECONDS} s`);
        await pause(IDLE_SECONDS * 1_000);
        return megabytesOf(pid);
      });
      return verdictOf([...seconds, last.seconds], last.found);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function verdictOf(seconds: readonly number[], megabytes: number) {
  const best = Math.min(...seconds);
  return {
    table: table([['round', 'ready after s'], ...seconds.map((each, round) => [String(round + 1), each.toFixed(2)])]),
    figures: `ready after ${median(seconds).toFixed(2)} s (best ${best.toFixed(2)}, floor ${FLOOR.readySeconds}), `
      + `${Math.round(megabytes)} MB idle (floor ${FLOOR.megabytes})`,
    passed: best <= FLOOR.readySeconds && megabytes <= FLOOR.megabytes,
  };
}

/** Starts the program, waits until it is ready, looks at it and stops it as Ctrl-C would. */
async function started<T>(folder: string, name: string, look: (pid: number) => Promise<T>): Promise<{ seconds: number; found: T }> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn('env', [...FOREIGN.flatMap((variable) => ['-u', variable]), `TRANCHE_DATA=${folder}`, `PORT=${port}`, 'npm', 'start'],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await ready(port, child);
  const seconds = (performance.now() - began) / 1_000;
  console.error(`${name}: ready after ${seconds.toFixed(2)} s`);
  const pid = await nodeBelow(child.pid as number);
  const found = await look(pid);
  process.kill(pid, 'SIGINT');
  await ended;
  return { seconds, found };
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  for (const until = performance.now() + 120_000; performance.now() < until; await pause(20)) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode} before it was ready`);
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/ready`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
  }
  throw new Error('npm start was not ready within two minutes');
}

/** The program's own process among those that npm and its shell started. */
async function nodeBelow(root: number): Promise<number> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,args=']);
  const rows = stdout.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter((match) => match !== null)
    .map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args: args ?? '' }));
  const below = (parent: number): typeof rows => rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.pid)]);
  const found = below(root).find(({ args }) => /^\S*node\S* /.test(args) && args.includes(PROGRAM));
  if (!found) throw new Error(`no process runs ${PROGRAM}`);
  return found.pid;
}

async function megabytesOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}
