import { CyclesService, settleDuties } from '#cases';
import { FreezeService } from '#payments';
import { migrateQueue } from '#queue';
import { armCrash, migrate, openStore, settleMode, type Store } from '#store';
import { kim, programmes } from '#workflows';
import { type Config, ConfigError } from './config.ts';
import { seedDemo } from './demo-agency.ts';
import { settleSignatures } from './signatures.ts';
import { allTables } from './tables.ts';

type Wanted = Pick<Config, 'mode' | 'redisUrl' | 'crashAt'>;

/**
 * Brings all tables up to date, and those of the queues where they live in the same database.
 * @returns the names of the migrations that ran now
 */
export async function migrateInstallation({ redisUrl }: Pick<Config, 'redisUrl'>, databaseUrl: string): Promise<string[]> {
  const migrations = await migrate(databaseUrl, allTables);
  if (redisUrl === null) await migrateQueue(databaseUrl);
  return migrations;
}

/**
 * Opens a database that is migrated, and settles its mode.
 * @returns the open store, to be closed by the caller
 * @throws ConfigError when it is not migrated, or belongs to an installation of the other mode
 */
export async function openInstallation(config: Pick<Config, 'mode'>, databaseUrl: string): Promise<Store> {
  const store = await openStore(databaseUrl, allTables);
  try {
    const [found] = await store.query<{ migrated: boolean }>("select to_regclass('installation') is not null as migrated");
    if (found?.migrated !== true) throw new ConfigError(['The database is empty: run `npm run ctl -- migrate` first, or `npm start` once.']);
    const mode = await settleMode(store, config.mode);
    if (mode !== config.mode) throw new ConfigError([OTHER_MODE[mode]]);
    await store.transaction(async (tx) => {
      await settleDuties(tx, programmes);
      await settleSignatures(tx, programmes);
      // From its first start on a database knows that it is the one that pays, and a restored one that it is not.
      await new FreezeService(store).frozen(tx);
    });
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

const OTHER_MODE: { readonly [mode in Config['mode']]: string } = {
  production: 'TRANCHE_MODE is demo, but the database is a production\'s and stays one: unset TRANCHE_MODE, or point DATABASE_URL (or TRANCHE_DATA) somewhere else.',
  demo: 'TRANCHE_MODE is production, but the database is a demo\'s whose clock was moved: point DATABASE_URL (or TRANCHE_DATA) at a new one.',
};

/** Migrates, and fills an empty database with the demo agency. @returns the id of the round it opened, or null when it was not empty */
export async function seedInstallation(config: Pick<Config, 'mode' | 'redisUrl'>, databaseUrl: string): Promise<string | null> {
  await migrateInstallation(config, databaseUrl);
  const store = await openInstallation(config, databaseUrl);
  try {
    return await seedDemo(store, new CyclesService(store), kim);
  } finally {
    await store.close();
  }
}

/**
 * Makes a database ready to run: migrates it, settles its mode, and in a demo fills it when it is empty. Every process
 * does this at its start, whoever comes first; the others find nothing to do.
 * @returns the open store, to be closed by the caller
 */
export async function prepare(config: Wanted, databaseUrl: string): Promise<Store> {
  if (config.mode === 'demo') await seedInstallation(config, databaseUrl);
  else await migrateInstallation(config, databaseUrl);
  if (config.crashAt !== null) armCrash(config.crashAt);
  return openInstallation(config, databaseUrl);
}
