import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#store';
import { eventually } from './eventually.ts';

/** A PostgreSQL of a bench's or a chaos's own, with everything on that makes a commit durable. */
export interface OwnServer {
  /** Makes an empty database. @returns its address */
  database(name: string): Promise<string>;
  /**
   * What an administrator's `pg_ctl stop` does: fast ends every transaction, immediate does not even that. Whoever holds
   * the server brings it back, as after any death; answers once it is back.
   */
  fall(how: 'fast' | 'immediate'): Promise<void>;
  stop(): Promise<void>;
}

const PID = `select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int as pid`;

/** Starts a throwaway server in a temporary folder; whoever asks gets a database of its own on it. */
export async function startServer(): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tranche-own-'));
  // As root the server runs under another account, which has to get through here.
  await chmod(folder, 0o711);
  const embedded = await startEmbedded({ folder, settings: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } });
  const stop = async (): Promise<void> => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // The server is no child of ours: after Ctrl-C it would run on.
  process.once('SIGINT', () => void stop().finally(() => process.exit(130)));
  return {
    stop,
    fall: async (how) => {
      const { pid } = await ask<{ pid: number }>(embedded.url, PID);
      process.kill(pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await eventually('the server is back', () => ask<{ pid: number }>(embedded.url, PID).then((now) => now.pid !== pid, () => false));
    },
    database: async (name) => {
      await ask(embedded.url, `create database ${name}`);
      const url = new URL(embedded.url);
      url.pathname = `/${name}`;
      return url.href;
    },
  };
}

async function ask<R extends object>(url: string, question: string): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(question)).rows[0] as R;
  } finally {
    await client.end();
  }
}
