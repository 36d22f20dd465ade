import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bulkSelection } from '#apps/api';
import { Clerks } from './clerks.ts';
import type { Running } from './processes.ts';
import { openSite, type Site } from './site.ts';

const APPLICANTS = ['05111', '05112', '05113', '05114', '05116', '05117', '05119', '05120'];

const here = {} as { site: Site; api: Running; cases: readonly string[]; token: string };

async function ask(method: 'GET' | 'POST', path: string, body: object = {}): Promise<unknown> {
  const token = await fetch(`${here.site.url}/demo/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account: 'officer1' }) });
  const headers = { authorization: `Bearer ${(await token.json() as { token: string }).token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const answer = await fetch(`${here.site.url}${path}`, { method, headers, ...(method === 'POST' && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
const startApi = async (environment = {}): Promise<void> => {
  here.api = here.site.start('api', environment);
  await here.api.ready;
};
const results = async () => bulkSelection.parse(await ask('GET', `/cases/bulk/${here.token}`)).results;
const accepted = async (): Promise<number> => (await here.site.store.query(`select 1 from journal where event = 'accept'`)).length;

beforeAll(async () => {
  here.site = await openSite();
  const clerks = new Clerks(here.site.store);
  const cases: string[] = [];
  for (const applicant of APPLICANTS) cases.push((await clerks.submitted(applicant, here.site.round.id)).id);
  here.cases = cases;
  await startApi();
  here.token = bulkSelection.parse(await ask('POST', '/cases/bulk/preview', { event: 'accept', cases })).token;
});
afterAll(() => here.site.close());

describe('an API that dies over a selection', () => {
  test.each(['before-commit', 'after-commit'] as const)('%s: what has a result has happened, and nothing else has', async (point) => {
    await here.api.kill();
    await startApi({ TRANCHE_CRASH_AT: point });
    const before = await accepted();
    await expect(ask('POST', `/cases/bulk/${here.token}/confirm`)).rejects.toThrow();
    expect(await here.api.ended).toBe('SIGKILL');
    await startApi();
    const { done, refused, pending } = await results();
    expect([done, refused, pending + done]).toEqual([await accepted(), 0, APPLICANTS.length]);
    // Those beside the row that killed it may have been decided, too, but no more than are worked on at once.
    expect(done - before).toBeGreaterThanOrEqual(point === 'after-commit' ? 1 : 0);
    expect(pending).toBeGreaterThan(0);
  });

  test('is gone on with by confirming again: every case once', async () => {
    expect(bulkSelection.parse(await ask('POST', `/cases/bulk/${here.token}/confirm`)).results).toMatchObject({ done: APPLICANTS.length, refused: 0, pending: 0 });
    const rows = await here.site.store.query<{ caseId: string }>(`select case_id as "caseId" from journal where event = 'accept'`);
    expect(rows.map(({ caseId }) => caseId).toSorted()).toEqual([...here.cases].toSorted());
  });
});
