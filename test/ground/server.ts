import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#store';

/** A PostgreSQL of a bench's or a chaos's own, with everything on that makes a commit durable. */
export interface OwnServer {
  /** Makes an empty database. @returns its address */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
}

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
    database: async (name) => {
      const client = new pg.Client({ connectionString: embedded.url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      const url = new URL(embedded.url);
      url.pathname = `/${name}`;
      return url.href;
    },
  };
}
