import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Account, canEnter, serverAccount } from './embedded.account.ts';
import { isAlive } from './embedded.process.ts';
import { type Binaries, platformBinaries, relocate } from './embedded.platform.ts';

const run = promisify(execFile);

/** Everything that names one embedded server; nothing here says whether it runs. */
export interface Server {
  /** The server's own folder inside the data folder: private to its account. */
  readonly home: string;
  readonly data: string;
  readonly log: string;
  readonly socket: string;
  readonly port: number;
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly settings: { readonly [name: string]: string };
}

/** The account that PostgreSQL runs under cannot reach the data folder. */
export class FolderClosed extends Error {
  override readonly name = 'FolderClosed';

  constructor(folder: string, account: string) {
    super(`PostgreSQL runs as ${account} because Node is root, and ${account} cannot enter ${folder}: `
      + 'set TRANCHE_DATA to a folder that every account may enter, such as /var/lib/tranche, or start as an ordinary user');
  }
}

/** Longest path of a unix socket, in bytes, that every supported system takes (macOS: 103, Linux: 107). */
const SOCKET_BYTES = 103;

/** How long a dying predecessor may keep the files, and how long a server that lives may take to recover. */
const PATIENCE_MS = { down: 20_000, busy: 300_000 };
const STEP_MS = 300;

/** What a server says that could not start now but may in a moment. */
const TRANSIENT = /postmaster\.pid|already exists|already running|still in use|shared memory/;

/** Prepares folders and programs. The folder is reachable by the server's account, or this throws and says why. */
export async function describeServer(folder: string, port: number, settings: { readonly [name: string]: string }): Promise<Server> {
  const account = await serverAccount(join(folder, 'postgres'));
  await mkdir(folder, { recursive: true, mode: account === null ? 0o700 : 0o711 });
  // The real path, because a running server is recognised by it.
  const home = join(await realpath(folder), 'postgres');
  if (!(await canEnter(account, folder))) {
    throw new FolderClosed(folder, account?.name ?? 'nobody');
  }
  await privateFolder(home, account);
  const found = await platformBinaries();
  const binaries = (await canEnter(account, dirname(found.initdb))) ? found : await relocate(found, home);
  return { home, data: join(home, 'data'), log: join(home, 'server.log'), socket: await socketFolder(home, port, account), port, binaries, account, settings };
}

/** The address of a server's database, over its unix socket. */
export const urlOf = (server: Pick<Server, 'port' | 'socket'>, database: string): string =>
  `postgres://tranche@localhost:${server.port}/${database}?host=${encodeURIComponent(server.socket)}`;

/** Makes the cluster unless it is there. Built aside and renamed, so that an interrupted first start leaves nothing half. */
export async function initialise(server: Server): Promise<void> {
  if (await stat(join(server.data, 'PG_VERSION')).catch(() => null)) return;
  const unfinished = join(server.home, `new-${process.pid}`);
  await rm(unfinished, { recursive: true, force: true });
  await asAccount(server, server.binaries.initdb, [
    '-D', unfinished, '-U', 'tranche', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
    ...(server.settings.fsync === 'off' ? ['--no-sync'] : []),
  ]);
  // Another process that starts at the same moment may have been faster; its cluster is as good as ours.
  await rename(unfinished, server.data).catch(async () => rm(unfinished, { recursive: true, force: true }));
}

/** Removes what interrupted first starts left behind; what a living process is building beside us is its own. */
export async function removeUnfinished(server: Server): Promise<void> {
  const abandoned = (await readdir(server.home)).filter((name) => name.startsWith('new-') && !isAlive(Number(name.split('-').at(-1))));
  await Promise.all(abandoned.map((name) => rm(join(server.home, name), { recursive: true, force: true })));
}

/**
 * Starts the server, or adopts the one that outlived its Node process. Waits while a dying predecessor still owns the
 * files (`postmaster.pid`, shared memory).
 */
export async function ensureRunning(server: Server): Promise<void> {
  let attempt: { ended: Promise<string> } | null = null;
  for (const began = performance.now(); ;) {
    const state = await probe(server);
    if (state === 'up') return;
    if (state === 'down') attempt ??= await launch(server);
    const said = await Promise.race([attempt?.ended ?? pause(STEP_MS), pause(STEP_MS)]);
    const tooLate = performance.now() - began > PATIENCE_MS[state];
    if (tooLate || (said && !TRANSIENT.test(said))) {
      throw new Error(`the embedded PostgreSQL does not start (see ${server.log}): ${said ?? 'it does not finish starting or stopping'}`);
    }
    if (said) attempt = await pause(STEP_MS, null);
  }
}

/** Stops the server and breaks its connections, after a checkpoint. One that is not there is stopped. */
export async function stopServer(server: Server): Promise<void> {
  try {
    await asAccount(server, server.binaries.pg_ctl, ['-D', server.data, '-m', 'fast', '-w', '-t', '60', 'stop']);
  } catch (error) {
    if ((await probe(server)) !== 'down') throw error;
  }
  if (server.socket !== server.home) await rm(server.socket, { recursive: true, force: true });
}

/** Asks the socket whether this folder's server answers. Somebody else's server behind the same socket is an error. */
export async function probe(server: Server): Promise<'up' | 'down' | 'busy'> {
  const client = new pg.Client({ connectionString: urlOf(server, 'postgres'), connectionTimeoutMillis: 3_000, query_timeout: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    if (rows[0]?.folder !== server.data) throw new ForeignServer(`the server behind ${server.socket} serves ${rows[0]?.folder}, not ${server.data}`);
    return 'up';
  } catch (error) {
    if (error instanceof ForeignServer) throw error;
    return ['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'down' : 'busy';
  } finally {
    await client.end().catch(() => undefined);
  }
}

class ForeignServer extends Error {}

/**
 * Launches the server in a session of its own, so that Ctrl-C does not reach it and it outlives us if we are killed.
 * @returns (wrapped, so as not to be awaited) what it said when it ended, which a server that starts well never does
 */
async function launch(server: Server): Promise<{ ended: Promise<string> }> {
  await clearForeignPid(server);
  const log = await open(server.log, 'a', 0o600);
  try {
    const { size } = await log.stat();
    const settings = {
      port: String(server.port), listen_addresses: '', unix_socket_directories: `"${server.socket.replaceAll('"', '""')}"`,
      timezone: 'UTC', log_timezone: 'UTC', log_checkpoints: 'off', log_min_messages: 'log', ...server.settings,
    };
    const child = spawn(server.binaries.postgres, ['-D', server.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...identity(server), detached: true, stdio: ['ignore', log.fd, log.fd] });
    child.unref();
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        readFile(server.log).then((text) => resolve(text.subarray(size).toString().trim() || `it ended with ${signal ?? code}`), (error: Error) => resolve(error.message));
      });
    });
    return { ended };
  } finally {
    await log.close();
  }
}

/**
 * After a power cut the number in `postmaster.pid` may belong to an unrelated process of the same account, which
 * PostgreSQL takes for its predecessor. Shared memory still guards against a predecessor that really lives.
 */
async function clearForeignPid(server: Server): Promise<void> {
  const file = join(server.data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => null);
  if (command !== null && !command.startsWith('postgres')) await rm(file, { force: true });
}

/** The server's folder, or a private short one when the socket's path would be longer than the system allows. */
async function socketFolder(home: string, port: number, account: Account | null): Promise<string> {
  if (Buffer.byteLength(join(home, `.s.PGSQL.${port}`)) <= SOCKET_BYTES) return home;
  const short = join('/tmp', `tranche-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`);
  await privateFolder(short, account);
  return short;
}

/** A folder that only the server's account (and root) may look into. Refuses one that somebody else made. */
async function privateFolder(path: string, account: Account | null): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST') throw error; });
  const found = await lstat(path);
  const mine = [process.getuid?.(), account?.uid].includes(found.uid);
  if (!found.isDirectory() || !mine) throw new Error(`${path} belongs to another account: start as that one, or set TRANCHE_DATA to another folder`);
  await chmod(path, 0o700);
  if (account !== null && found.uid !== account.uid) await chown(path, account.uid, account.gid);
}

async function asAccount(server: Server, file: string, args: readonly string[]): Promise<void> {
  await run(file, [...args], identity(server));
}

/** Whose process a server's program is, and what it knows of ours: nothing. */
const identity = ({ account }: Server) => ({
  cwd: '/',
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
});
