import type { Bench } from './bench.ts';
import { measureClaims } from './clocks.claim.ts';
import { measureDue } from './clocks.due.ts';
import { measureRebuild } from './clocks.rebuild.ts';
import { redisInstalled, type Part } from './clocks.site.ts';
import { startServer } from '#test/ground';

/** What the clocks cost when there are many: claiming what is due, ten thousand of them at once, and a queue that has lost them all. */
export const clocks: Bench = {
  about: 'claiming with 1,000,000 clocks pending; 10,000 reminders at once; 100,000 wake-ups from an emptied Redis',
  run: async ({ rounds }) => {
    const server = await startServer();
    try {
      const redis = await redisInstalled();
      if (!redis) console.error('there is no redis-server: what concerns it is not measured');
      const parts: Part[] = [await measureClaims(server, rounds), await measureDue(server, rounds, 'sweep', false)];
      if (redis) {
        parts.push(await measureDue(server, rounds, 'sweep', true), await measureDue(server, rounds, 'alarms', true), await measureRebuild(server, rounds));
      }
      return {
        table: parts.map(({ table }) => table).join('\n\n'),
        figures: [...parts.map(({ figures }) => figures), ...(redis ? [] : ['no redis-server: rebuilding is not measured'])].join('; '),
        passed: parts.every(({ passed }) => passed),
      };
    } finally {
      await server.stop();
    }
  },
};
