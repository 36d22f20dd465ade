import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findEmbedded } from '#store';
import { eventually } from '#test/harness';

const root = join(import.meta.dirname, '..');

/** A running `npm start`, as far as it has spoken. */
interface Start {
  readonly child: ChildProcess;
  readonly said: () => string;
}

/** What a newcomer does: the built program as a process of its own, on an embedded PostgreSQL in a folder of its own. */
describe('npm start', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tranche-start-'));
    // As root the server runs under another account, which has to get in.
    await chmod(folder, 0o755);
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const program = (path: string, args: readonly string[], environment: { readonly [name: string]: string }): ChildProcess => {
    const child = spawn(process.execPath, [join(root, 'dist', path), ...args], { cwd: root, env: { TRANCHE_DATA: folder, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  };
  const ended = async (child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> => {
    const [out, err] = await Promise.all([text(child.stdout as never), text(child.stderr as never), child.exitCode === null ? once(child, 'exit') : null]);
    return { code: child.exitCode, out, err };
  };
  const start = async (): Promise<Start> => {
    const child = program('apps/standalone/main.js', [], { PORT: '0' });
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    const said = (): string => chunks.join('');
    await eventually('the welcome', () => {
      if (child.exitCode !== null) throw new Error(said());
      return said().includes('Ctrl-C stops it');
    }, 60);
    return { child, said };
  };
  const urlOf = ({ said }: Start): string => /http:\S+(?=\/docs)/.exec(said())?.[0] ?? '';
  const roundsOf = async (running: Start): Promise<unknown> => (await fetch(`${urlOf(running)}/api/v1/cycles`)).json();

  test('starts, is found by ctl, refuses a second start, survives kill -9, and stops cleanly', async () => {
    const first = await start();
    expect(first.said()).toContain('editor-05315');
    expect((await fetch(`${urlOf(first)}/api/v1/health/ready`)).status).toBe(200);
    const rounds = await roundsOf(first);
    expect(rounds).toMatchObject({ items: [{ programme: 'kim' }] });

    const token = await ended(program('apps/ctl/main.js', ['token', 'editor-05315'], {}));
    expect(token).toMatchObject({ code: 0, err: '' });
    expect(token.out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);

    const second = await ended(program('apps/standalone/main.js', [], { PORT: '0' }));
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining(`in use by process ${first.child.pid}`) });
    const elsewhere = join(folder, 'elsewhere');
    const sharing = await ended(program('apps/standalone/main.js', [], { PORT: new URL(urlOf(first)).port, TRANCHE_DATA: elsewhere }));
    expect(sharing).toMatchObject({ code: 1, err: expect.stringContaining('is in use by another program') });
    expect(await findEmbedded({ folder: elsewhere })).toBeNull();

    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const again = await start();
    expect(await roundsOf(again)).toEqual(rounds);

    again.child.kill('SIGINT');
    await eventually('it is stopping', () => again.said().includes('stopping'));
    again.child.kill('SIGINT');
    expect(await once(again.child, 'exit')).toEqual([0, null]);
    expect(again.said()).toContain('stopping');
    expect(await findEmbedded({ folder })).toBeNull();
  });

  test('a configuration that cannot be is refused in sentences', async () => {
    const refused = await ended(program('apps/standalone/main.js', [], { DATABASE_URL: 'postgres://tranche@127.0.0.1:1/tranche' }));
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Tranche cannot start[^]*TRANCHE_TOKEN_KEY is missing/) });
  });
});
