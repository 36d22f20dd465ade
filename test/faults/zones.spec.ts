import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { freshDatabase } from '#test/harness';

/** With the hour that each of them shows at the program's start, 10:00 UTC. */
const ZONES = { UTC: 10, 'America/Los_Angeles': 3, 'Pacific/Kiritimati': 0 } as const;

const source = join(import.meta.dirname, '..', 'harness', 'source.mjs');

interface Lived {
  readonly zone: string;
  readonly hour: number;
  readonly journal: readonly { readonly event: string; readonly at: string }[];
  readonly clocks: readonly unknown[];
}

async function live(zone: string): Promise<Lived> {
  const database = await freshDatabase();
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', '--import', source, join(import.meta.dirname, 'zone.program.ts'), database.url], { env: { TZ: zone } });
  await database.drop();
  return JSON.parse(stdout) as Lived;
}

test('a server\'s time zone changes no instant: not of a deadline, not in the journal', async () => {
  const lives = await Promise.all(Object.keys(ZONES).map(live));
  expect(lives.map(({ zone, hour }) => [zone, hour])).toEqual(Object.entries(ZONES));
  const [first] = lives;
  for (const { journal, clocks } of lives) expect({ journal, clocks }).toEqual({ journal: first?.journal, clocks: first?.clocks });
  const events = new Set(first?.journal.map(({ event }) => event));
  for (const event of ['remind', 'lapse', 'completionPassed', 'finality', 'fallDue']) expect(events).toContain(event);
  // Midnight in Berlin, in winter and in summer.
  expect(new Set(first?.journal.filter(({ event }) => event === 'lapse' || event === 'fallDue').map(({ at }) => at.slice(11)))).toEqual(new Set(['23:00:00.000Z', '22:00:00.000Z']));
});
