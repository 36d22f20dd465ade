import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account a server runs under when Node is root, because PostgreSQL refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * @param home the server's folder; whoever owns an existing one goes on running its server
 * @returns null when Node is not root: the server then simply runs as the same user
 */
export async function serverAccount(home: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }));
  const owner = await stat(home).catch(() => null);
  if (owner !== null && owner.uid !== 0) {
    return accounts.find(({ uid }) => uid === owner.uid) ?? { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const found = accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody');
  if (found === undefined) throw new Error('PostgreSQL does not run as root, and this machine has no account `postgres` or `nobody` to run it under');
  return found;
}

/** Whether the account may pass through every folder down to `path`, tried rather than computed. */
export async function canEnter(account: Account | null, path: string): Promise<boolean> {
  if (account === null) return true;
  return run('/bin/sh', ['-c', 'cd "$1"', 'sh', path], { uid: account.uid, gid: account.gid, cwd: '/' }).then(() => true, () => false);
}

/**
 * Where an installation keeps its data when nobody said where: `preferred`, or for root `/var/lib/tranche` when the
 * server's account cannot reach `preferred` (a clone under a closed home). Never a temporary folder: it holds the ledger.
 */
export async function defaultDataFolder(preferred: string): Promise<string> {
  const folder = resolve(preferred);
  return (await canEnter(await serverAccount(folder), dirname(folder))) ? folder : '/var/lib/tranche';
}
