import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseView } from '#cases';
import type { Programme } from '#kernel';
import { listFailed, moveClock } from '#store';
import { eventually, freshDatabase, type FreshDatabase } from '#test/harness';
import { editorOf, openWorkshop, payable, seedWorkshop, ToyCases, type Workshop } from '#test/workshop';

const first = payable;
/** The next version of the same programme: it thanks in other words. */
const second: Programme = {
  ...payable,
  version: 2,
  machines: {
    ...payable.machines,
    application: {
      ...payable.machines['application'] as Programme['machines'][string],
      letters: {
        ...payable.machines['application']?.letters,
        receipt: { to: () => ['applicantEditor'], words: () => ({ subject: { de: 'Eingang, neu', en: 'Receipt, new' }, text: { de: '', en: '' } }) },
      },
    },
  },
};

const here = {} as { db: FreshDatabase; shop: Workshop; toy: ToyCases };

beforeAll(async () => {
  here.db = await freshDatabase();
  here.toy = new ToyCases(here.db, () => here.shop);
  await seedWorkshop(here.db.store, 10);
});
afterEach(async () => {
  await here.shop.wipe();
  await here.shop.close();
});
afterAll(() => here.db.drop());

const openWith = async (...programmes: readonly Programme[]): Promise<void> => {
  here.shop = await openWorkshop(here.db, { programmes, settings: { mostFailures: 2 } });
};
const submit = async ({ id, applicant }: CaseView): Promise<CaseView> => {
  await here.toy.send(id, editorOf(applicant.key), 'edit', { amountCents: 101 });
  return here.toy.send(id, editorOf(applicant.key), 'submit');
};
const inDays = async (days: number) => new Date(Date.parse(await here.db.store.now()) + days * 86_400_000).toISOString();

describe('a case lives under the version it was opened with', () => {
  test('beside cases of the next one', async () => {
    await openWith(first);
    const old = await here.toy.open();
    await here.shop.close();
    await openWith(first, second);
    const young = await here.toy.open();
    await Promise.all([old, young].map(submit));
    await here.toy.allDone();
    expect([(await here.toy.mails(old))[0], (await here.toy.mails(young))[0]]).toEqual(['Eingang', 'Eingang, neu']);
  });

  test('and where that is not loaded, its work waits as an exception and the others\' goes on', async () => {
    await openWith(first);
    await here.shop.queue('letters').pause();
    const cutOffAt = await inDays(1);
    const [waiting, running] = [await submit(await here.toy.open()), await here.toy.open(cutOffAt)];
    await here.shop.close();

    await openWith(second);
    await here.shop.queue('letters').resume();
    const [young, passing] = [await submit(await here.toy.open()), await here.toy.open(await inDays(1))];
    const later = await inDays(2);
    await here.db.store.transaction((tx) => moveClock(tx, later));
    await eventually('the young one\'s letter goes out', async () => (await here.toy.mails(young)).includes('Eingang, neu'));
    await eventually('the young one\'s deadline passes', async () => (await here.toy.state(passing.id)) === 'expired');
    await eventually('the old one\'s letter is an exception', async () => (await listFailed(here.db.store)).some(({ caseId }) => caseId === waiting.id));
    expect((await listFailed(here.db.store)).find(({ caseId }) => caseId === waiting.id)?.error).toBe('programme bursary version 1 is not loaded');
    expect((await here.shop.clocks.overdueFamilies(10)).rootIds).toEqual([running.id]);
    await here.shop.close();

    await openWith(first, second);
    await eventually('its deadline passes once it is loaded again', async () => (await here.toy.state(running.id)) === 'expired');
    const [expired] = await here.db.store.query<{ version: number; at: string }>(
      `select programme_version as version, at from journal where case_id = $1 and event = 'expire'`, [running.id]);
    expect(expired).toEqual({ version: 1, at: cutOffAt });
  });
});
