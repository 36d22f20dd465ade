import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CyclesService, loadJournal, type CaseView, type Outcome } from '#cases';
import { SYSTEM, type Actor, type Instant, type Json } from '#kernel';
import { openBudget } from '#ledger';
import { cents } from '#money';
import { listFailed, moveClock, openEffects } from '#store';
import { eventually, freshDatabase, type FreshDatabase } from '#test/harness';
import { agency, editorOf, openWorkshop, seedWorkshop, type Workshop, type WorkshopOptions } from '#test/workshop';

const NEVER = '2099-10-31T23:00:00.000Z';
const here = { applicants: 0 } as { db: FreshDatabase; shop: Workshop; applicants: number };

const start = async (options: WorkshopOptions = {}) => { here.shop = await openWorkshop(here.db, options); };
const viewOf = (outcome: Outcome): CaseView => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.view;
};
const send = async (caseId: string, actor: Actor, event: string, data: { [field: string]: Json } = {}) =>
  viewOf(await here.shop.cases.advance({ caseId, actor, event, data, at: await here.db.store.now() }));

/** A case in a cycle of its own. */
async function opened(cutOffAt: Instant = NEVER): Promise<CaseView> {
  here.applicants += 1;
  const [key, cycle, { store }] = [`a${here.applicants}`, `c-${here.applicants}`, here.db];
  await store.transaction(async (tx) => {
    await new CyclesService(store).put(tx, { id: cycle, programme: 'bursary', data: { cutOffAt } });
    await openBudget(tx, cycle, cents(100_000), 'test');
  });
  const applicant = { key, name: key, kind: 'Kreis' };
  return viewOf(await here.shop.cases.open({ programme: 'bursary', cycle, applicant, actor: editorOf(key), at: await store.now() }));
}

/** A case whose first payment is ready to be ordered. @returns the payment's id */
async function granted(): Promise<string> {
  const { id, applicant } = await opened();
  await send(id, editorOf(applicant.key), 'edit', { amountCents: 101 });
  await send(id, editorOf(applicant.key), 'submit');
  await send(id, agency.clerk, 'propose', { note: 'ja' });
  const view = await send(id, agency.approver, 'confirm');
  await here.shop.cases.settle(id);
  return view.instalments[0]?.id as string;
}

const stateOf = async (id: string) => (await here.shop.cases.read(id, SYSTEM))?.state;
const allDone = () => eventually('no effect is open', async () => (await openEffects(here.db.store)) === 0);
const mailsOf = async (key: string) => {
  const page = await here.shop.letters.inbox({ to: `editor-${key}` });
  return 'items' in page ? page.items.map(({ subject }) => subject) : [];
};

beforeAll(async () => {
  here.db = await freshDatabase();
  await seedWorkshop(here.db.store, 80);
});
afterEach(async () => {
  await here.shop.wipe();
  await here.shop.close();
});
afterAll(() => here.db.drop());

describe('effects', () => {
  test('a letter reaches its reader once, a payment is ordered once', async () => {
    await start();
    const payment = await granted();
    await send(payment, agency.payer, 'order');
    await eventually('the payment is exported', async () => (await stateOf(payment)) === 'exported');
    await allDone();
    expect(await here.shop.payments.ordersOf(payment)).toMatchObject([{ sequence: 1, amountCents: 50, holder: 'Stadtkasse' }]);
    expect(await mailsOf(`a${here.applicants}`)).toEqual(['Eingang']);
  });
});
