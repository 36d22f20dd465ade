import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { Clerks } from './clerks.ts';
import { People, type Answer } from './people.ts';
import { lookIntoQueue, type QueueLook } from './queue.look.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const FIFTY = 50;
const APPLICANTS = ['05111', '05112', '05113'];

const here = {} as { site: Site; clerks: Clerks; people: People; look: QueueLook; due: readonly string[] };

beforeAll(async () => {
  here.site = await openSite();
  here.clerks = new Clerks(here.site.store);
  here.people = new People(here.site.url, here.site.round.id);
  here.look = await lookIntoQueue(here.site);
  for (const key of APPLICANTS) await here.clerks.noticed(key, here.site.round.id);
  await here.site.moveClock(here.site.round.payDays[0] ?? '');
  await Promise.all([here.site.start('api').ready, here.site.start('worker').ready]);
  await eventually('all first instalments are due', async () => (await here.clerks.payable('due')).length === APPLICANTS.length, 240);
  here.due = await here.clerks.payable('due');
});
afterAll(async () => {
  await here.look.close();
  await here.site.close();
});

const codes = (answers: readonly Answer[]): string[] => answers.map(({ status, body }) => `${status} ${(body as { code?: string }).code ?? 'ok'}`);
const authorisations = async (id: string) => (await here.site.store.query<{ account: string }>(
  `select account from journal where case_id = $1 and event = 'authorise'`, [id])).map(({ account }) => account);
const ordersOf = async (id: string) => (await here.site.store.query('select 1 from payment_orders where case_id = $1', [id])).length;
const isQuiet = async (): Promise<boolean> => await openEffects(here.site.store) === 0;

describe('fifty at once', () => {
  test('two officers and many keys: one wins, and the others are told what it is now', async () => {
    const [id = ''] = here.due;
    await here.clerks.act('certifier1', id, 'certify', { factual: true, arithmetic: true });
    const letters = await Promise.all(Array.from({ length: FIFTY }, async (_, nth) => here.people.draw(nth % 2 === 0 ? 'authoriser1' : 'allrounder1', id, 'authorise')));
    const answers = await Promise.all(letters.map((letter) => here.people.ask(letter)));
    expect(codes(answers).filter((code) => code === '200 ok')).toHaveLength(1);
    expect(new Set(codes(answers))).toEqual(new Set(['200 ok', '412 staleVersion']));
    for (const { status, body } of answers) {
      if (status !== 412) continue;
      expect(body).toMatchObject({ changed: expect.arrayContaining([
        expect.objectContaining({ path: '/state', from: 'certified' }), expect.objectContaining({ path: '/updatedAt' }),
      ]) });
    }
    expect(await authorisations(id)).toHaveLength(1);
    await eventually('the order is written', async () => await ordersOf(id) === 1 && await isQuiet());
  });

  test('a double click fifty times over: one act, and everybody hears the same of it', async () => {
    const [, id = ''] = here.due;
    await here.clerks.act('certifier1', id, 'certify', { factual: true, arithmetic: true });
    const letter = await here.people.draw('authoriser1', id, 'authorise');
    const answers = await Promise.all(Array.from({ length: FIFTY }, () => here.people.ask(letter)));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]?.body]);
    expect(await authorisations(id)).toEqual(['authoriser1']);
    await eventually('the order is written', async () => await ordersOf(id) === 1 && await isQuiet());
  });
});

describe('forged and poisonous jobs', () => {
  test('pay nothing, move nothing, and hold nobody up', async () => {
    const [done = '', , id = ''] = here.due;
    const before = await here.site.store.query('select case_id, event from journal order by root_id, seq');
    const [effect] = await here.site.store.query<{ id: number }>(`select id from outbox where case_id = $1 and queue = 'payouts'`, [done]);
    const forged: readonly unknown[] = [
      `pay case ${id}`, { pay: id, cents: 1_000_000 }, { caseId: id, event: 'authorise' }, { effectId: 4_711, attempt: 1 }, { effectId: effect?.id, attempt: 1 },
      { effectId: effect?.id, attempt: 2 }, { effectId: 1e308, attempt: 1 }, { effectId: '1; drop table cases', attempt: 1 }, { effectId: 1, attempt: 1, more: true },
      { clockId: `${id}-fallDue`, generation: 1 }, { clockId: '../../etc/passwd', generation: -1 }, { clockId: 'x'.repeat(100_000), generation: 1 },
      { __proto__: { effectId: 1 }, constructor: 1 }, 'x'.repeat(1_000_000), [], null, 0, true,
    ];
    for (const name of ['payouts', 'letters', 'deadlines'] as const) {
      await here.look.queue(name).addBulk(forged.flatMap((data) => ['alarm', 'payouts', 'no such job'].map((job) => ({ name: job, data, opts: { jobId: randomUUID() } }))));
    }
    await here.clerks.authorise(id);
    await eventually('the honest payment is made among them', async () => await ordersOf(id) === 1);
    for (const name of ['payouts', 'letters', 'deadlines'] as const) {
      await eventually(`${name} are worked off`, async () => await here.look.queue(name).getJobCountByTypes('waiting', 'active') === 0);
    }
    await eventually('nothing is open', isQuiet);
    const after = await here.site.store.query<{ case_id: string }>('select case_id, event from journal order by root_id, seq');
    expect(after.filter(({ case_id }) => case_id !== id)).toEqual((before as typeof after).filter(({ case_id }) => case_id !== id));
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
