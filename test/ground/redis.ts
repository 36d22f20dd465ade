import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './port.ts';

/** A Redis that belongs to this test run alone. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts redis-server on a loopback port (a free one unless told), with its data in `folder`. It remembers nothing of an earlier life. */
export async function startRedis(folder: string, at?: number): Promise<RedisServer> {
  const port = at ?? await freePort();
  const child = spawn('redis-server', [
    '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction',
    '--pidfile', join(folder, 'redis.pid'), '--daemonize', 'no',
  ], { stdio: 'ignore' });
  const failed = once(child, 'error').then(([error]: Error[]) => {
    throw new Error('the suite on Redis starts a redis-server of its own, and there is none to start: install it (Debian: apt-get install redis-server)', { cause: error });
  });
  const url = `redis://127.0.0.1:${port}`;
  await Promise.race([failed, answers(url)]);
  failed.catch(() => undefined);
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: null, enableOfflineQueue: false });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
      return;
    } catch {
      await pause(50);
    } finally {
      client.disconnect();
    }
  }
  throw new Error(`the suite's redis-server does not answer at ${url}`);
}

/** The process of the Redis that an earlier run left in `folder`; null when there is none any more. */
export async function redisOf(folder: string): Promise<number | null> {
  const pid = Number(await readFile(join(folder, 'redis.pid'), 'utf8').catch(() => Number.NaN));
  const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return command.startsWith('redis') ? pid : null;
}

/** Whether a process of that number lives. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
