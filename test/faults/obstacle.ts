import pg from 'pg';
import { eventually } from '#test/ground';

/** Somebody who stands in the way: a session of the database, and the tables it has begun to write. */
export interface Waiting {
  readonly pid: number;
  readonly writing: readonly string[];
}

/** A lock that others run into, on a connection of its own: so a test meets them in the middle of what they are doing. */
export class Obstacle {
  private constructor(private readonly client: pg.Client) {}

  /** Puts it there: `lock` is any statement that locks. */
  static async on(databaseUrl: string, lock: string, params: readonly unknown[] = []): Promise<Obstacle> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'test' });
    // The server may fall under it.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    await client.query(lock, [...params]);
    return new Obstacle(client);
  }

  /** Waits until somebody has run into it with a statement that contains `words`. */
  async met(words = ''): Promise<Waiting> {
    const found: Waiting[] = [];
    await eventually('somebody has run into it', async () => {
      // Within a transaction everybody's activity is as it was at the first look.
      await this.client.query('select pg_stat_clear_snapshot()');
      const { rows } = await this.client.query<Waiting>(
        `select a.pid, coalesce((select array_agg(distinct l.relation::regclass::text) from pg_locks l
           where l.pid = a.pid and l.granted and l.mode = 'RowExclusiveLock' and l.locktype = 'relation'), '{}') as writing
         from pg_stat_activity a where pg_backend_pid() = any(pg_blocking_pids(a.pid)) and strpos(a.query, $1) > 0 order by a.pid`, [words]);
      found.push(...rows.slice(0, 1));
      return rows.length > 0;
    }, 60);
    return found[0] as Waiting;
  }

  /** Takes it away; whoever waits goes on. */
  async gone(): Promise<void> {
    await this.client.end();
  }
}
