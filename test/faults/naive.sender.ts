import { createPostgresBackend, Queue, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/**
 * The negative control, a process of its own: commits a payment, then adds its job to the queue, as so many programs
 * do. It must be seen to lose work, or the checks that find nothing lost elsewhere would prove nothing.
 */
const [databaseUrl = '', redisUrl = ''] = process.argv.slice(2);
const LANES = 8;

if (redisUrl === '') setDefaultBackendFactory(createPostgresBackend as never);
const pool = new pg.Pool({ connectionString: databaseUrl, options: '-c search_path=bullmq,public', max: 2 * LANES });
pool.setMaxListeners(0);
const queue = new Queue('naive', { connection: (redisUrl === '' ? pool : new Redis(redisUrl, { maxRetriesPerRequest: null })) as ConnectionOptions });

async function lane(): Promise<never> {
  for (;;) {
    const { rows: [payment] } = await pool.query<{ id: number }>('insert into naive_payments default values returning id');
    await queue.add('pay', { id: payment?.id }, { removeOnComplete: true });
  }
}

process.stdout.write('the naive sender is at work\n');
await Promise.all(Array.from({ length: LANES }, lane));
