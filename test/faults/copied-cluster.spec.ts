import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allTables } from '#apps/installation';
import { FreezeService } from '#payments';
import { migrate, openStore, startEmbedded, type Embedded } from '#store';

const run = promisify(execFile);
/** Nothing here has to outlive a power cut. */
const FAST = { fsync: 'off', full_page_writes: 'on' };

const here = {} as { folder: string; servers: Embedded[]; paid: Embedded };

const start = async (name: string, settings: { readonly [name: string]: string } = {}): Promise<Embedded> => {
  const server = await startEmbedded({ folder: join(here.folder, name), settings: { ...FAST, ...settings } });
  here.servers.push(server);
  return server;
};
const data = (name: string): string => join(here.folder, name, 'postgres', 'data');
/** Whether payments stand still on a server, as its first worker would ask. */
async function frozenOn({ url }: Embedded): Promise<boolean> {
  const store = await openStore(url, allTables);
  try {
    return await store.transaction((tx) => new FreezeService(store).frozen(tx));
  } finally {
    await store.close();
  }
}

beforeAll(async () => {
  here.folder = await mkdtemp(join(tmpdir(), 'tranche-copied-'));
  await chmod(here.folder, 0o711);
  here.servers = [];
  here.paid = await start('paid');
  await migrate(here.paid.url, allTables);
});
afterAll(async () => {
  for (const server of here.servers) await server.stop();
  await rm(here.folder, { recursive: true, force: true });
});

describe('a cluster that comes back from its files', () => {
  test('from a base backup that was made while it worked: recovery begins another timeline, and payments stand still', async () => {
    expect([await frozenOn(here.paid), await frozenOn(here.paid)]).toEqual([false, false]);
    const store = await openStore(here.paid.url, allTables, { poolSize: 1 });
    await store.query(`select pg_backup_start('nightly', true)`);
    await run('cp', ['-a', join(here.folder, 'paid'), join(here.folder, 'base')]);
    const [stopped] = await store.query<{ label: string }>('select labelfile as label from pg_backup_stop(false)');
    await run('cp', ['-a', `${data('paid')}/pg_wal/.`, join(data('base'), 'pg_wal')]);
    await store.close();
    // What belongs to the life of the first server, and to no backup.
    for (const mark of ['data/postmaster.pid', '.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(data('base'), '..', mark));
    const { uid, gid } = await stat(data('base'));
    for (const [name, text] of [['backup_label', stopped?.label ?? ''], ['recovery.signal', '']] as const) {
      await writeFile(join(data('base'), name), text);
      await chown(join(data('base'), name), uid, gid);
    }
    expect(await frozenOn(await start('base', { restore_command: '/bin/false' }))).toBe(true);
  });

  test('from a copy of its stopped folder it cannot be told from itself: whoever restores that way freezes by hand', async () => {
    await here.paid.stop();
    await run('cp', ['-a', join(here.folder, 'paid'), join(here.folder, 'copy')]);
    expect(await frozenOn(await start('copy'))).toBe(false);
  });
});
