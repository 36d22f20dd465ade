import { openEffects } from '#store';
import { eventually } from '#test/ground';
import type { Clerks } from './clerks.ts';
import type { Site } from './place.ts';

/** Lets these municipalities come to their first pay day, and everybody to rest. @returns their instalments, which are due; no process is left */
export async function payDay(site: Site, clerks: Clerks, applicants: readonly string[]): Promise<readonly string[]> {
  for (const applicant of applicants) await clerks.noticed(applicant, site.round.id);
  const worker = site.start('worker');
  await site.moveClock(site.round.payDays[0] ?? '');
  await eventually('every first instalment is due', async () => (await clerks.payable('due')).length === applicants.length && await openEffects(site.store) === 0, 60);
  await worker.kill();
  return clerks.payable('due');
}
