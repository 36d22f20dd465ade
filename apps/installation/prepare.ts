import { CyclesService } from '#cases';
import { armCrash, migrate, openStore, settleMode, type Store } from '#store';
import { kim } from '#workflows';
import { type Config, ConfigError } from './config.ts';
import { seedDemo } from './demo-agency.ts';
import { allTables } from './tables.ts';

/**
 * Makes a database ready to run: migrates it, settles its mode, and in a demo fills it when it is empty. Every process
 * does this at its start, whoever comes first; the others find nothing to do.
 * @returns the open store, to be closed by the caller
 * @throws ConfigError when the database belongs to an installation of the other mode
 */
export async function prepare(config: Pick<Config, 'mode' | 'crashAt'>, databaseUrl: string): Promise<Store> {
  await migrate(databaseUrl, allTables);
  const store = await openStore(databaseUrl, allTables);
  try {
    const mode = await settleMode(store, config.mode);
    if (mode !== config.mode) throw new ConfigError([otherMode(mode)]);
    if (config.mode === 'demo') await seedDemo(store, new CyclesService(store), kim);
    if (config.crashAt !== null) armCrash(config.crashAt);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

const otherMode = (mode: Config['mode']): string =>
  mode === 'production'
    ? 'TRANCHE_MODE is demo, but the database is a production\'s and stays one: unset TRANCHE_MODE, or point DATABASE_URL (or TRANCHE_DATA) somewhere else.'
    : 'TRANCHE_MODE is production, but the database is a demo\'s whose clock was moved: point DATABASE_URL (or TRANCHE_DATA) at a new one.';
