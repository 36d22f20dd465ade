import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isAlive } from './embedded.process.ts';
import { describeServer, ensureRunning, initialise, probe, removeUnfinished, type Server, stopServer, urlOf } from './embedded.server.ts';

/** A PostgreSQL of the installation's own, in its data folder, reachable over a unix socket only. */
export interface Embedded {
  readonly url: string;
  /** Stops the server. To be called when nothing uses the database any more. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The data folder; the server takes the folder `postgres` inside it. */
  readonly folder: string;
  /** Only a part of the socket's name. */
  readonly port?: number;
  /** Server settings by name, for tests. */
  readonly settings?: { readonly [name: string]: string };
  /** Told when the server was lost and could not be brought back, or somebody else took the folder over. */
  readonly onLost?: (error: Error) => void;
}

/** Another process runs an installation on this folder. */
export class FolderHeld extends Error {
  override readonly name = 'FolderHeld';

  constructor(readonly folder: string, readonly pid: number) {
    super(`${folder} is in use by process ${pid}: stop that one first, or set TRANCHE_DATA to another folder`);
  }
}

const HOLDER_LOCK = 7_726_243_002;
const HOLDER_NAME = 'tranche holder pid ';

/**
 * Starts the folder's server, making it on the first start, or adopts it when it outlived its Node process.
 * Whoever holds an advisory lock on a connection of its own holds the folder: the lock dies with the process, however it
 * dies. A server that dies while we hold the folder is started again.
 * @throws FolderHeld when another living process holds the folder
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(options.folder);
  const server = await describeServer(folder, options.port ?? 5432, options.settings ?? {});
  const holder = new Holder(server, folder, options.onLost ?? (() => undefined));
  await initialise(server);
  await holder.hold();
  await removeUnfinished(server);
  return { url: urlOf(server, 'tranche'), stop: () => holder.stop() };
}

/** The address of the folder's running server, for a second process that only wants to talk to it; null when none runs. */
export async function findEmbedded(options: Pick<EmbeddedOptions, 'folder' | 'port'>): Promise<string | null> {
  if (!(await stat(join(options.folder, 'postgres', 'data')).catch(() => null))) return null;
  const server = await describeServer(resolve(options.folder), options.port ?? 5432, {});
  return (await probe(server)) === 'down' ? null : urlOf(server, 'tranche');
}

/** Keeps the server running and the folder ours, until stopped. */
class Holder {
  #client: pg.Client | null = null;
  #stopping = false;
  #recovery = Promise.resolve();

  constructor(readonly server: Server, readonly folder: string, readonly onLost: (error: Error) => void) {}

  async hold(): Promise<void> {
    await ensureRunning(this.server);
    const client = new pg.Client({
      connectionString: urlOf(this.server, 'postgres'), application_name: `${HOLDER_NAME}${process.pid}`, connectionTimeoutMillis: 10_000,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await takeLock(client, this.folder);
      await client.query('create database tranche').catch(ignoreDuplicate);
    } catch (error) {
      await client.end();
      throw error;
    }
    client.once('end', () => { this.#recovery = this.#recover(); });
    this.#client = client;
  }

  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    // A server that is just being brought back is stopped once it is there.
    await this.#recovery;
    // The lock is kept until the server is down, so that nobody adopts a dying server.
    await stopServer(this.server);
    await this.#client?.end().catch(() => undefined);
  }

  async #recover(): Promise<void> {
    if (this.#stopping) return;
    try {
      await this.hold();
    } catch (error) {
      if (!this.#stopping) this.onLost(error as Error);
    }
  }
}

/** A holder that was killed a moment ago may still look connected to the server: ask again before refusing. */
async function takeLock(client: pg.Client, folder: string): Promise<void> {
  for (const until = performance.now() + 5_000; ; await pause(100)) {
    const { rows: [lock] } = await client.query<{ won: boolean }>('select pg_try_advisory_lock($1) as won', [HOLDER_LOCK]);
    if (lock?.won === true) return;
    const pid = await holderOf(client);
    if (pid !== null && (isAlive(pid) || performance.now() > until)) throw new FolderHeld(folder, pid);
  }
}

async function holderOf(client: pg.Client): Promise<number | null> {
  const { rows: [row] } = await client.query<{ name: string }>(
    `select application_name as name from pg_stat_activity join pg_locks using (pid)
      where locktype = 'advisory' and granted and ((classid::bigint << 32) | objid::bigint) = $1`,
    [HOLDER_LOCK],
  );
  return row?.name.startsWith(HOLDER_NAME) === true ? Number(row.name.slice(HOLDER_NAME.length)) : null;
}

function ignoreDuplicate(error: unknown): void {
  if ((error as { code?: string }).code !== '42P04') throw error;
}
