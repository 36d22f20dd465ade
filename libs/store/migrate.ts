import pg from 'pg';
import { connect, createDataSource, type Tables } from './data-source.ts';

/** One process migrates, the others wait for it and then find nothing to do. */
const MIGRATION_LOCK = 7_726_243_001;

/**
 * Brings the database up to the newest migration. Repeatable, and safe when several processes start at once.
 * @returns the names of the migrations that ran now
 */
export async function migrate(url: string, tables: readonly Tables[]): Promise<string[]> {
  const dataSource = createDataSource(url, tables, { applicationName: 'tranche migrate', poolSize: 2, statementMs: 0, lockMs: 0 });
  await connect(dataSource, 30_000);
  const guard = new pg.Client({ connectionString: url, application_name: 'tranche migrate', connectionTimeoutMillis: 10_000 });
  try {
    await guard.connect();
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return (await dataSource.runMigrations()).map((migration) => migration.name);
  } finally {
    await guard.end();
    await dataSource.destroy();
  }
}
