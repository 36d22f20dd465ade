import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bank, type AnswerFile } from '#apps/bank';
import type { CaseView } from '#cases';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { paymentFile } from '../journeys/bank-counter.ts';
import { People, type Letter } from './people.ts';
import type { Running } from './processes.ts';
import { openSite, type Site } from './site.ts';
import { accountOf } from './tally.ts';

const APPLICANTS = ['05111', '05112', '05113'];
/** What becomes of the three payments: one settles, one is rejected, one settles and comes back in part. */
const PART = 12_345n;

const here = {} as { site: Site; people: People; api: Running; families: CaseView[]; bank: Bank; files: AnswerFile[] };
const first = (index: number): string => here.families[index]?.instalments[0]?.id ?? '';
const count = async (table: string): Promise<number> => (await here.site.store.query<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n ?? 0;
const startApi = async (environment = {}): Promise<Running> => {
  const api = here.site.start('api', environment);
  await api.ready;
  return api;
};

beforeAll(async () => {
  here.site = await openSite();
  here.people = new People(here.site.url, here.site.round.id);
  here.api = await startApi();
  const worker = here.site.start('worker');
  await worker.ready;
  here.families = await Promise.all(APPLICANTS.map((applicant) => here.people.granted(applicant)));
  await here.site.moveClock(here.site.round.payDays[0] ?? '');
  for (const index of APPLICANTS.keys()) {
    await eventually('the instalment is due', async () => (await here.people.read(first(index))).state === 'due', 120);
    await here.people.certify(first(index));
    await here.people.act('authoriser1', first(index), 'authorise');
    await eventually('the instalment is exported', async () => (await here.people.read(first(index))).state === 'exported', 120);
  }
  await worker.kill();
  const orders = await here.site.store.query<{ id: string }>('select end_to_end_id as id from payment_orders order by payment_orders.id');
  const back = { returns: [{ cents: PART, afterDays: 1, reason: 'AC04' }] };
  here.bank = new Bank({ seed: 1, script: { otherwise: {}, fates: { [orders[1]?.id ?? '']: { rejected: 'AC01' }, [orders[2]?.id ?? '']: back } } });
  here.bank.receive(await paymentFile(here.site.store, { messageId: 'RUN-1', executionOn: (here.site.round.payDays[0] ?? '').slice(0, 'yyyy-mm-dd'.length) }));
  here.files = [...here.bank.answers()];
});
afterAll(() => here.site.close());

function upload(index: number): Letter {
  const body = new FormData();
  body.append('file', new Blob([here.files[index]?.xml ?? ''], { type: 'application/xml' }), 'bank.xml');
  return { account: 'certifier1', method: 'POST', path: '/bank-files', body, headers: { 'idempotency-key': randomUUID() } };
}

describe('an API that dies in the middle of an import', () => {
  test.each([['before-commit', 0], ['after-commit', 1]] as const)('%s: the file is in as a whole or not at all, and the same key gives the one result', async (point, index) => {
    const [files, entries, effects] = [await count('bank_files'), await count('bank_entries'), await openEffects(here.site.store)];
    await here.api.kill();
    here.api = await startApi({ TRANCHE_CRASH_AT: point });
    const letter = upload(index);
    await expect(here.people.try(letter)).rejects.toThrow();
    expect(await here.api.ended).toBe('SIGKILL');
    if (point === 'before-commit') expect([await count('bank_files'), await count('bank_entries'), await openEffects(here.site.store)]).toEqual([files, entries, effects]);
    here.api = await startApi();
    const answer = await here.people.ask(letter);
    expect([answer.status, answer.replayed]).toEqual([201, point === 'after-commit']);
    expect(await here.people.ask(letter)).toEqual({ ...answer, replayed: true });
    expect((await here.people.ask(upload(index))).body).toMatchObject({ duplicateOf: (answer.body as { id: string }).id });
    expect(await count('bank_files')).toBe(files + 1);
  });
});

describe('a worker that dies over the bank\'s answers', () => {
  test.each(['before-effect', 'after-effect', 'before-done'])('%s', async (point) => {
    expect(await here.site.start('worker', { TRANCHE_CRASH_AT: point }).ended).toBe('SIGKILL');
    await here.site.endLeases();
  });

  test('loses none of them and tells none twice: our books are the bank\'s', async () => {
    here.site.start('worker');
    expect((await here.people.ask(upload(2))).status).toBe(201);
    await eventually('nothing is open', async () => (await openEffects(here.site.store)) === 0, 240);
    const [settled, rejected, partly] = await Promise.all(APPLICANTS.map((_, index) => here.people.read(first(index))));
    expect([settled?.state, rejected?.state, partly?.state]).toEqual(['settled', 'returned', 'returned']);
    expect([settled, rejected, partly].reduce((sum, view) => sum + BigInt(view?.paidCents ?? 0), 0n)).toBe(here.bank.ledger().paidCents);
    // A return may overtake its settlement, which is then known; nothing is told twice.
    expect(await here.site.store.query(`select case_id, event from journal where event in ('confirmSettled', 'reportReturn') group by 1, 2 having count(*) > 1`)).toEqual([]);
    expect(await here.site.store.query(`select e.id from bank_entries e left join bank_outcomes x on x.entry_id = e.id where e.verdict = 'sent' and x.result is distinct from 'applied' and x.result is distinct from 'known'`)).toEqual([]);
    expect(await count('bank_outcomes')).toBe(4);
    expect(await accountOf(here.site.store)).toMatchObject({ payments: { asked: APPLICANTS.length, lost: [], twice: [] }, breaches: [], exceptions: 0 });
    expect(here.bank.ledger().doubled).toEqual([]);
  });
});
