import { connect, createDataSource, type Tables } from './data-source.ts';

/** The statements that would turn a migrated database into what the entities describe: none, or somebody forgot one side. */
export async function schemaDrift(url: string, tables: readonly Tables[]): Promise<string[]> {
  const dataSource = createDataSource(url, tables, { applicationName: 'tranche drift', poolSize: 2 });
  await connect(dataSource, 30_000);
  try {
    return (await dataSource.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
  } finally {
    await dataSource.destroy();
  }
}
