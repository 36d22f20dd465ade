import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultDataFolder, type Embedded, findEmbedded, FolderHeld, openStore, startEmbedded, type Store } from '#store';
import { platformBinaries, relocate } from './embedded.platform.ts';

const ROOT = join(import.meta.dirname, '../..');
const settings = { fsync: 'off' };

/** The name is odd, and too long for a unix socket, so everything below is proved for such folders too. */
const NAME = `it's "a", $HOME \\ ü ${'x'.repeat(90)}`;
const place = { parent: '', folder: '' };
beforeAll(async () => {
  place.parent = await mkdtemp('/tmp/tranche-embedded-');
  await chmod(place.parent, 0o711);
  place.folder = join(place.parent, NAME);
});
afterAll(() => rm(place.parent, { recursive: true, force: true }));

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function start(): Promise<Embedded> {
  const embedded = await startEmbedded({ folder: place.folder, settings });
  opened.push(() => embedded.stop());
  return embedded;
}

async function open({ url }: Embedded): Promise<Store> {
  const store = await openStore(url, []);
  opened.push(() => store.close());
  return store;
}

/** Another Node process that starts the folder's server and says `held`, or what went wrong. */
async function otherProcess(inside: string): Promise<{ child: ChildProcess; said: string }> {
  const script = `import { startEmbedded } from '#store';
    try { await startEmbedded({ folder: process.argv[1], settings: { fsync: 'off' } }); console.log('held'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.name + ': ' + error.message); process.exit(1); }`;
  const child = spawn(process.execPath, ['--no-warnings', '--import', './test/harness/source.mjs', '--input-type=module', '--eval', script, inside],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  opened.push(async () => void child.kill('SIGKILL'));
  const [said] = await once(createInterface(child.stdout), 'line') as [string];
  return { child, said };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const serverPid = async () => Number((await readFile(join(place.folder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the embedded server', () => {
  test('starts in an empty folder, keeps what was written, and starts again', async () => {
    expect(await findEmbedded({ folder: place.folder })).toBeNull();
    const first = await startEmbedded({ folder: place.folder, settings });
    const store = await openStore(first.url, []);
    await store.query('create table kept as select 1 as one');
    await store.close();
    await first.stop();
    expect(await findEmbedded({ folder: place.folder })).toBeNull();
    expect(await (await open(await start())).query('select one from kept')).toEqual([{ one: 1 }]);
  });

  test('lives in a private folder and listens on its socket only', async () => {
    const store = await open(await start());
    expect((await stat(join(place.folder, 'postgres'))).mode & 0o777).toBe(0o700);
    expect(await store.query(`select current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding`))
      .toEqual([{ addresses: '', encoding: 'UTF8' }]);
  });

  test('killed while its folder is held, is started again and has lost no row', async () => {
    const embedded = await start();
    process.kill(await serverPid(), 'SIGKILL');
    expect(await (await open(embedded)).query('select one from kept')).toEqual([{ one: 1 }]);
  });
});

describe('a folder', () => {
  test('is held by one process; a second is told by whom, and may talk to the server', async () => {
    const { url } = await start();
    const { said } = await otherProcess(place.folder);
    expect(said).toMatch(/^FolderHeld: /);
    expect(said).toContain(`process ${process.pid}:`);
    expect(await findEmbedded({ folder: place.folder })).toBe(url);
  });

  test('is free again when its holder was killed, and its server is adopted', async () => {
    const { child, said } = await otherProcess(place.folder);
    expect(said).toBe('held');
    await expect(startEmbedded({ folder: place.folder, settings })).rejects.toThrow(FolderHeld);
    const server = await serverPid();
    await kill(child);
    await start();
    expect(await serverPid()).toBe(server);
  });

  test('whose holder and server were killed together starts again', async () => {
    const { child } = await otherProcess(place.folder);
    process.kill(await serverPid(), 'SIGKILL');
    await kill(child);
    expect(await (await open(await start())).query('select one from kept')).toEqual([{ one: 1 }]);
  });

  test('new to two processes at once is held by exactly one', async () => {
    place.folder = join(place.parent, 'fresh');
    const both = await Promise.all([otherProcess(place.folder), otherProcess(place.folder)]);
    expect(both.map(({ said }) => said.split(':')[0]).sort()).toEqual(['FolderHeld', 'held']);
    for (const { child, said } of both) if (said === 'held') await kill(child);
    await start();
  });
});

test('without a word from anybody, data lives where the server can reach it', async () => {
  const closed = await mkdtemp(join(place.parent, 'closed-'));
  const wanted = join(closed, '.tranche');
  expect(await defaultDataFolder(wanted)).toBe(process.getuid?.() === 0 ? '/var/lib/tranche' : wanted);
});

test('programs that the server\'s account cannot reach are copied to where it can', async () => {
  const copied = await relocate(await platformBinaries(), join(place.parent, 'copied'));
  const { stdout } = await promisify(execFile)(copied.postgres, ['--version']);
  expect(stdout).toMatch(/^postgres \(PostgreSQL\) \d+/);
  expect(await relocate(await platformBinaries(), join(place.parent, 'copied'))).toEqual(copied);
});
