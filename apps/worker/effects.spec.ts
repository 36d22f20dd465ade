import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SYSTEM, type MachineDefinition } from '#kernel';
import { jobIds } from '#queue';
import { claimEffects, listFailed, putEffects, retryEffect } from '#store';
import { eventually, freshDatabase, type FreshDatabase, startMailServer } from '#test/harness';
import { agency, editorOf, openWorkshop, payable, seedWorkshop, ToyCases, type Workshop } from '#test/workshop';

const here = {} as { db: FreshDatabase; shop: Workshop; toy: ToyCases };

beforeAll(async () => {
  here.db = await freshDatabase();
  here.toy = new ToyCases(here.db, () => here.shop);
  await seedWorkshop(here.db.store, 40);
});
afterEach(async () => {
  await here.shop.wipe();
  await here.shop.close();
});
afterAll(() => here.db.drop());

/** Outbox rows of a case, oldest first. */
const effectsOf = (caseId: string) => here.db.store.query<{ id: number; attempt: number; failures: number; queue: string; done: boolean }>(
  'select id, attempt, failures, queue, done_at is not null as done from outbox where case_id = $1 order by id', [caseId]);
const journalOf = (rootId: string) => here.db.store.query<{ event: string }>('select event from journal where root_id = $1 order by seq', [rootId]);
const givenUp = async (caseId: string) => (await listFailed(here.db.store)).filter((effect) => effect.caseId === caseId);

/** Waits until the queue holds that attempt of a payment's payout. */
const published = (payment: string, attempt: number) => eventually(`attempt ${attempt} is published`, async () => {
  const [effect] = await effectsOf(payment);
  return effect?.attempt === attempt && await here.shop.queue('payouts').getJobState(jobIds.effect({ effectId: effect.id, attempt })) !== 'unknown';
});

describe('an effect', () => {
  beforeEach(async () => { here.shop = await openWorkshop(here.db); });

  test('letter: reaches its reader once', async () => {
    const view = await here.toy.submit();
    await here.toy.allDone();
    expect(await here.toy.mails(view)).toEqual(['Eingang']);
    expect(await effectsOf(view.id)).toMatchObject([{ queue: 'letters', attempt: 1, done: true }]);
  });

  test('letter: one that is a person\'s matter goes to that person, and to everyone once they no longer act', async () => {
    const { id } = await here.toy.open();
    const words = { subject: { de: 'Für Sie', en: 'For you' }, text: { de: 'Text', en: 'text' } };
    for (const person of ['approver', 'gone']) {
      await putEffects(here.db.store, [{ queue: 'letters', caseId: id, rootId: id, journalSeq: 1, payload: { type: 'letter', kind: person, to: ['caseOfficer', 'secondApprover'], person, words } }]);
    }
    here.db.store.committed();
    await here.toy.allDone();
    expect(await here.db.store.query('select kind, account from letters where case_id = $1 order by kind, account', [id]))
      .toEqual([{ kind: 'approver', account: 'approver' }, { kind: 'gone', account: 'approver' }, { kind: 'gone', account: 'clerk' }]);
  });

  test('payout: is ordered once and tells the instalment', async () => {
    const payment = await here.toy.payment();
    await here.toy.send(payment, agency.payer, 'order');
    await eventually('the payment is exported', async () => (await here.toy.state(payment)) === 'exported');
    await here.toy.allDone();
    expect(await here.shop.payments.ordersOf(payment)).toMatchObject([{ sequence: 1, amountCents: 50, holder: 'Stadtkasse', purpose: expect.stringMatching(/^BURSARY-\d+-0001 1$/) }]);
  });

  test('payout: one that came back and is ordered anew is a second order', async () => {
    const payment = await here.toy.payment();
    await here.toy.send(payment, agency.payer, 'order');
    await eventually('the payment is exported', async () => (await here.toy.state(payment)) === 'exported');
    await here.toy.send(payment, agency.certifier, 'settle');
    await here.toy.send(payment, agency.certifier, 'comeBack');
    await here.toy.send(payment, agency.payer, 'order');
    await eventually('the payment is exported again', async () => (await here.toy.state(payment)) === 'exported');
    expect((await here.shop.payments.ordersOf(payment)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});

describe('what comes out of the queue is not trusted', () => {
  beforeEach(async () => { here.shop = await openWorkshop(here.db); });

  test('forged, garbled, repeated and misdirected jobs change nothing', async () => {
    const payment = await here.toy.payment();
    await here.toy.allDone();
    const rootId = payment.replace(/-1$/, '');
    const before = await journalOf(rootId);
    const [letter] = await effectsOf(rootId);
    const forged = [
      { effectId: 999_999, attempt: 1 }, { effectId: '1', attempt: 1 }, { effectId: letter?.id, attempt: 1 }, { effectId: letter?.id, attempt: 7 },
      { caseId: payment, event: 'markExported' }, {}, null, 'pay me', [1, 2],
    ];
    for (const name of ['payouts', 'letters']) await here.shop.queue(name).addBulk(forged.map((data) => ({ name, data })));
    await here.shop.queue('deadlines').addBulk([
      ...[{ clockId: 'nowhere-expiry', generation: 1 }, { clockId: `${rootId}-expiry`, generation: 1 }, { clockId: 1 }, {}, null].map((data) => ({ name: 'alarm', data })),
      { name: 'approve', data: { clockId: `${rootId}-expiry`, generation: 1 } },
    ]);
    for (const name of ['payouts', 'letters', 'deadlines']) {
      await eventually(`${name} are worked off`, async () => (await here.shop.queue(name).getJobCountByTypes('waiting', 'active')) === 0);
    }
    expect(await journalOf(rootId)).toEqual(before);
    expect(await here.shop.payments.ordersOf(payment)).toEqual([]);
    expect(await givenUp(rootId)).toEqual([]);
  });

  test('a job for an effect of the other kind is left to its own handler', async () => {
    const payment = await here.toy.payment();
    await here.toy.allDone();
    await here.shop.queue('payouts').pause();
    await here.toy.send(payment, agency.payer, 'order');
    await published(payment, 1);
    const [payout] = await effectsOf(payment);
    await here.shop.queue('letters').add('letters', { effectId: payout?.id, attempt: payout?.attempt });
    await eventually('letters are worked off', async () => (await here.shop.queue('letters').getJobCountByTypes('waiting', 'active')) === 0);
    expect(await effectsOf(payment)).toMatchObject([{ done: false }]);
    await here.shop.queue('payouts').resume();
    await here.toy.allDone();
    expect(await here.toy.state(payment)).toBe('exported');
  });

  test('the job of an older attempt is behind the fence, and the newer one pays once', async () => {
    const payment = await here.toy.payment();
    await here.toy.allDone();
    await here.shop.queue('payouts').pause();
    await here.toy.send(payment, agency.payer, 'order');
    await published(payment, 1);
    const [old] = await effectsOf(payment);
    await retryEffect(here.db.store, old?.id ?? 0, old?.attempt ?? 0, 'taken for lost', 0);
    await published(payment, 2);
    await here.shop.queue('payouts').resume();
    await here.toy.allDone();
    expect(await effectsOf(payment)).toMatchObject([{ attempt: (old?.attempt ?? 0) + 1, done: true }]);
    expect(await here.shop.payments.ordersOf(payment)).toHaveLength(1);
  });

  test('a payout whose payment can no longer be made is over without an order', async () => {
    const payment = await here.toy.payment();
    await here.toy.allDone();
    await here.shop.queue('payouts').pause();
    await here.toy.send(payment, agency.payer, 'order');
    await here.toy.send(payment, { account: 'system', roles: ['system'], organisation: null }, 'markExported');
    await here.shop.queue('payouts').resume();
    await here.toy.allDone();
    expect(await here.shop.payments.ordersOf(payment)).toEqual([]);
  });
});

describe('an effect that is hindered', () => {
  const gate = { open: false };
  const words = { de: 'gesperrt', en: 'held' };
  const released = { holds: () => gate.open || {}, text: words, remedy: words, retry: 'later' };
  const { payment } = payable.machines as unknown as { payment: MachineDefinition };
  const states = { ...payment.lifecycle.states, ordered: { on: { markExported: { guard: 'released', target: 'exported' } } } };
  const held = {
    ...payable,
    machines: { ...payable.machines, payment: { ...payment, requirements: { released }, lifecycle: { ...payment.lifecycle, states } } as never },
  };

  test('waits without being counted as failed, and is done once nothing stops it', async () => {
    here.shop = await openWorkshop(here.db, { programmes: [held], settings: { waitMs: 30 } });
    const id = await here.toy.payment();
    await here.toy.send(id, agency.payer, 'order');
    await eventually('it was tried again', async () => ((await effectsOf(id))[0]?.attempt ?? 0) >= 3);
    expect(await here.toy.state(id)).toBe('ordered');
    expect(await here.shop.payments.ordersOf(id)).toEqual([]);
    gate.open = true;
    await here.toy.allDone();
    expect(await here.toy.state(id)).toBe('exported');
    expect(await effectsOf(id)).toMatchObject([{ failures: 0, done: true }]);
    expect(await here.shop.payments.ordersOf(id)).toHaveLength(1);
  });
});

describe('failures', () => {
  /** A port of the loopback where no mail server is any more. */
  async function goneServer() {
    const gone = await startMailServer();
    await gone.stop();
    return gone;
  }

  test('while the mail server is away letters wait, others work, and afterwards everybody gets one mail', async () => {
    const gone = await goneServer();
    here.shop = await openWorkshop(here.db, { smtp: gone.smtp, settings: { longestRetryMs: 100 } });
    await here.db.store.query(`insert into people select 'colleague-' || key, 'Kollegium', key, '{applicantEditor}', 'colleague-' || key || '@tranche.example', 'en', true
      from organisations where kind = 'Kreis'`);
    const payment = await here.toy.payment();
    const rootId = payment.replace(/-1$/, '');
    await here.toy.send(payment, agency.payer, 'order');
    await eventually('the letter failed twice', async () => ((await effectsOf(rootId))[0]?.failures ?? 0) >= 2);
    await eventually('the payment is exported meanwhile', async () => (await here.toy.state(payment)) === 'exported');
    const back = await startMailServer(gone.port);
    await here.toy.allDone();
    await back.stop();
    await here.db.store.query("delete from people where account like 'colleague-%'");
    expect(back.mails.map(({ to, source }) => [to.join().replace(/-.*/, ''), /^Subject: (.+)\r?$/m.exec(source)?.[1]]).toSorted()).toEqual([['colleague', 'Receipt'], ['editor', 'Eingang']]);
  });

  test('a recipient refused for good is no fault: the effect is over at once, and the next letter is not even tried', async () => {
    const server = await startMailServer();
    server.answers.recipient = () => '550 5.1.1 no such mailbox';
    here.shop = await openWorkshop(here.db, { smtp: server.smtp });
    const { id, applicant } = await here.toy.open();
    await here.toy.send(id, SYSTEM, 'remind', { step: 1 });
    await here.toy.allDone();
    expect(await effectsOf(id)).toMatchObject([{ failures: 0, attempt: 1, done: true }]);
    server.answers.recipient = () => null;
    await here.toy.send(id, editorOf(applicant.key), 'edit', { amountCents: 5 });
    await here.toy.send(id, editorOf(applicant.key), 'submit');
    await here.toy.allDone();
    await server.stop();
    expect(server.mails).toEqual([]);
    expect((await here.shop.letters.troubles({ limit: 10 })).map(({ caseId, kind, letter }) => [caseId, kind, letter])).toEqual([[id, 'suppressed', 'receipt'], [id, 'bounce', 'reminder']]);
    expect(await givenUp(id)).toEqual([]);
  });

  test('an optional letter to one who has unsubscribed is over without a mail, a mandatory one is not', async () => {
    const server = await startMailServer();
    here.shop = await openWorkshop(here.db, { smtp: server.smtp });
    const { id, applicant } = await here.toy.open();
    const editor = editorOf(applicant.key);
    await here.shop.subscriptions.choose(editor.account, 'reminder', false);
    await here.toy.send(id, SYSTEM, 'remind', { step: 1 });
    await here.toy.allDone();
    await here.toy.send(id, editor, 'edit', { amountCents: 5 });
    await here.toy.send(id, editor, 'submit');
    await here.toy.allDone();
    await server.stop();
    expect((await effectsOf(id)).map(({ done, failures }) => [done, failures])).toEqual([[true, 0], [true, 0]]);
    expect(server.mails.map(({ source }) => /^Subject: (.+)\r?$/m.exec(source)?.[1])).toEqual(['Eingang']);
  });

  test('what fails too often becomes an exception for a person', async () => {
    here.shop = await openWorkshop(here.db, { smtp: (await goneServer()).smtp, settings: { mostFailures: 3 } });
    const { id } = await here.toy.submit();
    await eventually('the letter is given up', async () => (await givenUp(id)).length === 1);
    expect(await givenUp(id)).toMatchObject([{ queue: 'letters', failures: 3, error: expect.stringContaining('ECONNREFUSED') }]);
  });

  test('a letter to nobody is an exception at once', async () => {
    here.shop = await openWorkshop(here.db);
    const { id, applicant } = await here.toy.open();
    const editor = editorOf(applicant.key);
    await here.db.store.query('update people set active = false where account = $1', [editor.account]);
    await here.toy.send(id, editor, 'edit', { amountCents: 5 });
    await here.toy.send(id, editor, 'submit');
    await eventually('it is given up', async () => (await givenUp(id)).length === 1);
    expect(await givenUp(id)).toMatchObject([{ failures: 1, error: expect.stringContaining('applicantEditor') }]);
  });

  test('a worker that takes an effect and dies is succeeded by the next attempt', async () => {
    here.shop = await openWorkshop(here.db);
    await here.toy.allDone();
    await here.shop.close();
    const payment = await here.toy.payment();
    await here.toy.send(payment, agency.payer, 'order');
    await claimEffects(here.db.store, { limit: 10, leaseMs: 0, epoch: 'of the dead' });
    here.shop = await openWorkshop(here.db);
    await here.toy.allDone();
    expect(await here.toy.state(payment)).toBe('exported');
    expect(await here.shop.payments.ordersOf(payment)).toHaveLength(1);
  });
});
