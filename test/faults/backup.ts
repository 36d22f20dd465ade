import pg from 'pg';

/**
 * A backup of a database and its return under the same name, as a dump that is loaded again leaves it: the same rows, in
 * another database. The embedded PostgreSQL comes without pg_dump, so the server copies the database itself.
 */
export class Backup {
  private constructor(private readonly server: string, private readonly name: string) {}

  /** Takes it. No process may be at work; connections that idle are ended, and come back when they are needed. */
  static async of(databaseUrl: string): Promise<Backup> {
    const url = new URL(databaseUrl);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    await onServer(url.href, async (client) => {
      await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [name]);
      await client.query(`create database ${name}_backup template ${name} strategy file_copy`);
    });
    return new Backup(url.href, name);
  }

  /** Everything since then is lost: the backup takes the database's place. */
  async restore(): Promise<void> {
    await onServer(this.server, async (client) => {
      await client.query(`drop database ${this.name} with (force)`);
      await client.query(`alter database ${this.name}_backup rename to ${this.name}`);
    });
  }
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'test' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
