import { beforeAll, describe, expect, test } from '@jest/globals';
import { Bank, type Script } from '#apps/bank';
import { CasesService } from '#cases';
import { SYSTEM } from '#kernel';
import type { ExceptionCode } from '#payments';
import { BankCounter, type Entry } from './bank-counter.ts';
import { must, problem } from './client.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const ORDERED = ['settled', 'rejected', 'partly', 'early', 'replaced', 'byHand', 'wrong', 'stopped'] as const;
const HELD = ['part', 'rest', 'denied', 'recalled'] as const;
const TITLES = [...ORDERED, ...HELD] as const;
type Title = (typeof TITLES)[number];
const KEYS = ['05315', '05314', '05111', '05113', '05112', '05116', '05117', '05119', '05114', '05120', '05122', '05124'];
const stories = {} as { readonly [title in Title]: Story };
const first = (title: Title): Promise<Story> => stories[title].instalment(1);
const references = async (title: Title) => (await office().orders(stories[title].id)).map(({ endToEndId }) => endToEndId);
const newest = async (title: Title): Promise<string> => (await references(title)).at(-1) ?? '';
const counter = (): BankCounter => new BankCounter(office());
const verdicts = (entries: readonly Entry[]): readonly string[] => entries.map(({ answer, verdict, problem: found }) => `${answer} ${found?.code ?? verdict}`);
const files = { count: 0 };
const HELD_CENTS = 1_000_000;
const PART = PARTS[0] - HELD_CENTS;

beforeAll(async () => {
  await Promise.all(TITLES.map(async (title, index) => Object.assign(stories, { [title]: await Story.of(office(), KEYS[index] ?? '', TO_THE_GRANT) })));
  await office().clock('2056-05-02');
  await Promise.all(HELD.map((title) => stories[title].send('officer1', 'holdAmount', { reason: 'postVacant', instalment: '1', amountCents: HELD_CENTS })));
  await Promise.all(TITLES.map((title) => order(title)));
});

async function order(title: Title): Promise<void> {
  const instalment = await first(title);
  await instalment.go('certify', 'authorise');
  await instalment.reaches('exported');
}

/** A bank that has the newest order of these stories. */
async function bankOf(script: Script, ...titles: readonly Title[]): Promise<Bank> {
  const bank = new Bank({ seed: 7, script: { otherwise: {}, ...script } });
  const orders = await Promise.all(titles.map(newest));
  expect(bank.receive(await counter().file(`RUN-${(files.count += 1)}`, '2056-05-02', orders))).toMatchObject({ accepted: titles.length, refused: [] });
  return bank;
}

/** Imports all answers in the order of coming. @returns what became of every entry */
async function all(bank: Bank): Promise<readonly string[]> {
  const said: string[] = [];
  for (const file of bank.answers()) said.push(...verdicts(await counter().entries((await counter().take(file)).id)));
  return said;
}

describe('what the bank answers', () => {
  test('settles a payment, once, in whatever message and however often', async () => {
    const bank = await bankOf({ notify: true }, 'settled');
    const [report, notice, statement] = bank.answers();
    expect(await counter().take(report as never)).toMatchObject({ kind: 'pain.002', duplicateOf: null, counts: { entries: 1, matched: 1, duplicates: 0, exceptions: 0 } });
    expect(await (await first('settled')).state()).toBe('exported');
    const noticed = await counter().take(notice as never);
    expect(verdicts(await counter().entries(noticed.id))).toEqual(['settled applied']);
    expect(await stories.settled.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
    const booked = await counter().take(statement as never);
    expect(verdicts(await counter().entries(booked.id))).toEqual(['settled duplicate']);
    const again = await counter().upload('authoriser1', notice?.xml ?? '');
    expect([again.status, again.body]).toEqual([200, { ...noticed, duplicateOf: noticed.id, counts: { entries: 1, matched: 0, duplicates: 1, exceptions: 0 } }]);
    expect((await office().client.timeline(stories.settled.id)).filter(({ event }) => event === 'confirmSettled').map(({ actor }) => actor)).toEqual([{ account: 'system', role: 'system' }]);
  });

  test('rejects a payment: it comes back whole with the bank\'s reason, and is ordered anew under another reference', async () => {
    expect(await all(await bankOf({ otherwise: { rejected: 'AC04' } }, 'rejected'))).toEqual(['rejected applied']);
    const instalment = await first('rejected');
    expect(await instalment.view()).toMatchObject({ state: 'returned', paidCents: 0 });
    expect((await office().client.timeline(stories.rejected.id)).find(({ event }) => event === 'reportReturn')?.text).toEqual({
      de: expect.stringMatching(/^Die Bank hat den Auftrag über .* abgelehnt und nicht ausgeführt: „Konto aufgelöst \(AC04\)“\.$/),
      en: expect.stringMatching(/^The bank rejected the order of .* and did not carry it out: “account closed \(AC04\)”\.$/),
    });
    const told = (await stories.rejected.letters('certifier1')).find(({ kind }) => kind === 'paymentReturned');
    expect([told?.subject, told?.text]).toEqual([expect.stringContaining('Rate 1 von der Bank abgelehnt'), expect.not.stringMatching(/kamen|bankRejected|rejected/)]);
    await instalment.go('reopen');
    await order('rejected');
    expect(await all(await bankOf({}, 'rejected'))).toEqual(['accepted recorded', 'settled applied']);
    expect(await stories.rejected.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
    expect(new Set(await references('rejected')).size).toBe(2);
  });

  test('returns a part of a payment months after its settlement, and only the part is paid again', async () => {
    const bank = await bankOf({ otherwise: { returns: [{ cents: 1_000_000n, afterDays: 90, reason: 'MS03' }] } }, 'partly');
    for (const file of bank.answers('2056-05-31')) await counter().take(file);
    expect(await stories.partly.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
    expect(await all(bank)).toEqual(['returned applied']);
    expect(await stories.partly.view()).toMatchObject({ state: 'active.instalment1', paidCents: PARTS[0] - 1_000_000 });
    await (await first('partly')).go('reopen');
    await order('partly');
    await all(await bankOf({}, 'partly'));
    expect((await office().orders(stories.partly.id)).map(({ amountCents }) => amountCents)).toEqual([PARTS[0], 1_000_000]);
    expect(await stories.partly.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
  });

  test('says of a return before the settlement: the books are the same as in the right order', async () => {
    const bank = await bankOf({ otherwise: { returns: [{ cents: 5n, afterDays: 3, reason: 'AC06' }] } }, 'early');
    const [, settlement, back] = bank.answers();
    expect(verdicts(await counter().entries((await counter().take(back as never)).id))).toEqual(['returned applied']);
    expect(verdicts(await counter().entries((await counter().take(settlement as never)).id))).toEqual(['settled known']);
    expect(await (await first('early')).view()).toMatchObject({ state: 'returned', paidCents: PARTS[0] - 5 });
    expect(bank.ledger().paidCents).toBe(BigInt(PARTS[0] - 5));
  });

  test('confirms what a person has confirmed before: known, and no exception', async () => {
    const bank = await bankOf({}, 'byHand');
    await (await first('byHand')).go('confirmSettled');
    expect(await all(bank)).toEqual(['accepted recorded', 'settled known']);
    expect(await stories.byHand.view()).toMatchObject({ paidCents: PARTS[0] });
  });
});

describe('a part of an instalment whose rest is on hold', () => {
  test('was confirmed by a person: what the bank says of it later is known', async () => {
    const bank = await bankOf({}, 'part');
    expect((await (await first('part')).go('confirmSettled')).state).toBe('due');
    expect(await all(bank)).toEqual(['accepted recorded', 'settled known']);
    expect(await stories.part.view()).toMatchObject({ state: 'active.instalment1', paidCents: PART });
  });

  test('is known even when the rest has been ordered meanwhile, and the rest is settled by its own entry', async () => {
    const bank = await bankOf({}, 'rest');
    await (await first('rest')).go('confirmSettled');
    await stories.rest.go('liftHold');
    await order('rest');
    expect(await all(bank)).toEqual(['accepted recorded', 'settled known']);
    expect(await (await first('rest')).state()).toBe('exported');
    expect(await all(await bankOf({}, 'rest'))).toEqual(['accepted recorded', 'settled applied']);
    expect(await stories.rest.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
  });

  test('was rejected, and stands just as due: what the bank says then is no settlement that was known', async () => {
    const bank = await bankOf({}, 'denied');
    const instalment = await first('denied');
    await instalment.send('certifier1', 'reportReturn', { reason: 'Von der Bank abgelehnt', amountCents: PART });
    expect((await instalment.go('reopen')).state).toBe('due');
    expect(await all(bank)).toEqual(['accepted recorded', 'settled possibleHere']);
    expect(await stories.denied.view()).toMatchObject({ paidCents: 0 });
  });

  test('was confirmed and then came back: a person compares what went out', async () => {
    const bank = await bankOf({}, 'recalled');
    const instalment = await first('recalled');
    await instalment.go('confirmSettled');
    await instalment.send('certifier1', 'reportReturn', { reason: 'Konto erloschen', amountCents: PART });
    await instalment.go('reopen');
    expect(await all(bank)).toEqual(['accepted recorded', 'settled possibleHere']);
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
  });
});

describe('what fits no payment', () => {
  const codes = async (): Promise<readonly (ExceptionCode | string | undefined)[]> => (await counter().open()).map(({ problem: found }) => found?.code);

  test('a payment that was replaced meanwhile waits for a person, who says that it is done', async () => {
    const bank = await bankOf({ otherwise: { returns: [{ afterDays: 1, reason: 'AC01' }] } }, 'replaced');
    const instalment = await first('replaced');
    await instalment.go('reportReturn', 'reopen');
    await order('replaced');
    const [, debited, returned] = bank.answers();
    expect(verdicts(await counter().entries((await counter().take(debited as never)).id))).toEqual(['settled orderNewest']);
    expect(await instalment.state()).toBe('exported');
    const [settlement] = await counter().open();
    expect(settlement).toMatchObject({ case: instalment.id, problem: { code: 'orderNewest', suggestedAction: 'done' } });

    const listed = await office().client.get<{ items: readonly object[] }>('officer1', '/exceptions?limit=1');
    expect(listed.items).toMatchObject([{
      id: settlement?.id, kind: 'bank', case: instalment.id, name: 'settled', owner: ['financeCertifier', 'financeAuthoriser'], ageDays: 0, suggestedAction: 'done',
      text: { de: expect.stringContaining((await references('replaced'))[0] ?? '') },
    }]);
    const other = problem('officer resolves', await counter().resolve('officer1', settlement?.id ?? '', 'done'));
    expect([other.status, other.code]).toEqual([403, 'wrongRole']);
    // What the facts allow may be retried, and comes out as it did.
    expect(must('retry', await counter().resolve('certifier1', settlement?.id ?? '', 'retry'))).toMatchObject({ verdict: 'sent' });
    await office().rest();
    expect(await codes()).toEqual(['orderNewest']);
    // That it came back was said before the bank said so.
    expect(verdicts(await counter().entries((await counter().take(returned as never)).id))).toEqual(['returned known']);
    must('resolve', await counter().resolve('authoriser1', settlement?.id ?? '', 'done'));
    expect(await codes()).toEqual([]);
    const resolved = (await office().client.timeline(instalment.id)).filter(({ event }) => event === 'resolveBankEntry');
    expect(resolved.map(({ case: of, actor, text }) => [of, actor.account, text.de])).toEqual([
      [instalment.id, 'certifier1', `Die Bankmeldung zur Zahlung ${(await references('replaced'))[0] ?? ''} wurde erneut zugeordnet: „mit der Bank geklärt“.`],
      [instalment.id, 'authoriser1', `Die Bankmeldung zur Zahlung ${(await references('replaced'))[0] ?? ''} wurde als erledigt abgelegt: „mit der Bank geklärt“.`],
    ]);
    expect(problem('again', await counter().resolve('authoriser1', settlement?.id ?? '', 'ignore'))).toMatchObject({ status: 409, code: 'notPossibleHere' });
  });

  test('money that left for an instalment which is cancelled by now is for a person', async () => {
    const bank = await bankOf({}, 'stopped');
    const instalment = await first('stopped');
    await instalment.go('reportReturn');
    const stopped = await office().app.get(CasesService).advance({ caseId: stories.stopped.id, event: 'stop', data: {}, actor: SYSTEM, at: await office().store.now() });
    expect([stopped.ok, await instalment.state()]).toEqual([true, 'cancelled']);
    expect(await all(bank)).toEqual(['accepted recorded', 'settled possibleHere']);
    const [entry] = await counter().open();
    expect(entry).toMatchObject({ case: instalment.id, problem: { code: 'possibleHere' } });
    must('retry', await counter().resolve('certifier1', entry?.id ?? '', 'retry'));
    await office().rest();
    expect((await counter().open()).map(({ id }) => id)).toEqual([entry?.id]);
    must('resolve', await counter().resolve('authoriser1', entry?.id ?? '', 'done'));
    expect(await stories.stopped.view()).toMatchObject({ state: 'active.stopped', paidCents: 0 });
  });

  test('another amount, an unknown reference or a contradiction moves nothing, and the rest of the file is taken', async () => {
    const bank = await bankOf({}, 'wrong');
    const [report, statement] = bank.answers();
    const wrong = (statement?.xml ?? '').replaceAll('43137.50', '43137.51').replaceAll(/SIM[0-9A-F]{24}/g, (name) => `${name.slice(0, -1)}X`);
    expect(verdicts(await counter().entries((await counter().take({ xml: wrong })).id))).toEqual(['settled amountMatches']);
    const strange = (report?.xml ?? '').replace(await newest('wrong'), 'NOBODY-1-1').replace('<MsgId>SIM', '<MsgId>X');
    expect(verdicts(await counter().entries((await counter().take({ xml: strange })).id))).toEqual(['accepted orderKnown']);
    expect(await (await first('wrong')).state()).toBe('exported');
    expect(verdicts(await counter().entries((await counter().take(statement as never)).id))).toEqual(['settled applied']);
    const rejected = (report?.xml ?? '').replace('ACCP', 'RJCT').replace('<MsgId>SIM', '<MsgId>Y');
    expect(verdicts(await counter().entries((await counter().take({ xml: rejected })).id))).toEqual(['rejected noContradiction']);
    expect(await stories.wrong.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'ignore'));
  });

  test('and the database, asked at the end, agrees in everything', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
    expect(await counter().open()).toEqual([]);
  });
});
