import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from './config.ts';

/** Somebody else listens where the API was to. */
export class PortTaken extends Error {
  constructor({ host, port }: Pick<Config, 'host' | 'port'>) {
    super(`port ${port} on ${host} is in use by another program: stop that one, or set PORT to a free port`);
    this.name = 'PortTaken';
  }
}

/**
 * Asked before anything begins to work, so that the answer is one sentence and not half a start.
 * @throws PortTaken
 */
export async function demandFreePort({ port, host }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortTaken({ port, host }) : error;
  }
  probe.close();
  await once(probe, 'close');
}
