import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Bank, type Fate } from '#apps/bank';
import { BankCounter } from './bank-counter.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

/** Seeds of whole histories; each is another office's worth of luck. */
const SEEDS = [1, 20_280_502];
const KEYS = ['05111', '05112', '05113', '05114', '05116', '05117', '05119', '05120', '05122', '05124', '05154', '05158'];
const ROUNDS = 4;

/** More trouble than any bank makes. Two parts that come back one after the other are one too many for a machine: the second is for a person. */
const back = fc.record({ cents: fc.option(fc.bigInt({ min: 1n, max: 4_000_000n }), { nil: undefined }), afterDays: fc.integer({ min: 0, max: 300 }), reason: fc.constantFrom('AC01', 'AC04', 'MS03') })
  .map(({ cents, ...rest }) => ({ ...rest, ...(cents !== undefined && { cents }) }));
const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({ delayDays: fc.integer({ min: 0, max: 5 }) }),
  fc.constantFrom('AC01', 'RC01').map((rejected) => ({ rejected })),
  fc.record({ delayDays: fc.integer({ min: 0, max: 5 }), returns: fc.array(back, { minLength: 1, maxLength: 2 }) }),
);

describe.each(SEEDS)('whatever the bank answers, in whatever order and how often (seed %i)', (seed) => {
  const office = usingOffice();
  const here = {} as { stories: readonly Story[]; firsts: readonly Story[] };

  beforeAll(async () => {
    here.stories = await Promise.all(KEYS.map((key) => Story.of(office(), key, TO_THE_GRANT)));
    await office().clock('2056-05-02');
    here.firsts = await Promise.all(here.stories.map((story) => story.instalment(1)));
  });

  /** What the bank has paid out for a family, and what the house believes, corrected by what waits for a person. */
  async function compared(story: Story, bank: Bank) {
    const own = new Set((await office().orders(story.id)).map(({ endToEndId }) => endToEndId));
    const paid = bank.ledger().payments.filter(({ endToEndId }) => own.has(endToEndId)).reduce((sum, { debitedCents, returnedCents }) => sum + debitedCents - returnedCents, 0n);
    const waiting = (await new BankCounter(office()).open()).filter(({ endToEndId, answer }) => answer === 'returned' && own.has(endToEndId ?? ''));
    const { paidCents } = await story.view();
    return { bank: paid, house: BigInt(paidCents) - waiting.reduce((sum, { amountCents }) => sum + BigInt(amountCents ?? 0), 0n) };
  }

  test('its books and ours agree to the cent after every file round', async () => {
    const counter = new BankCounter(office());
    const drawn = fc.sample(fate, { seed, numRuns: KEYS.length * ROUNDS });
    const fates: Record<string, Fate> = {};
    const bank = new Bank({ seed, script: { fates, notify: seed % 2 === 0, repeat: true, shuffle: true } });
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = new Set((await office().store.query<{ id: string }>('select end_to_end_id as id from payment_orders')).map(({ id }) => id));
      await Promise.all(here.firsts.map(async (first) => {
        if (await first.state() === 'returned') await first.go('reopen');
        if (await first.state() !== 'due') return;
        await first.go('certify', 'authorise');
        await first.reaches('exported');
      }));
      const orders = (await office().store.query<{ id: string }>('select end_to_end_id as id from payment_orders order by payment_orders.id')).map(({ id }) => id).filter((id) => !before.has(id));
      for (const id of orders) fates[id] = drawn.pop() ?? {};
      if (orders.length > 0) expect(bank.receive(await counter.file(`RUN-${seed}-${round}`, '2056-05-02', orders))).toMatchObject({ accepted: orders.length, refused: [] });
      for (const file of bank.answers()) await counter.take(file);
      for (const story of here.stories) {
        const { bank: truth, house } = await compared(story, bank);
        expect([story.applicant, round, house]).toEqual([story.applicant, round, truth]);
      }
    }
    const paid = await Promise.all(here.stories.map(async (story) => (await story.view()).paidCents));
    expect((await office().accounts()).paid).toBe(paid.reduce((sum, cents) => sum + cents, 0));
    expect(bank.ledger().doubled).toEqual([]);
    expect(await office().breaches()).toEqual([]);
  }, 120_000);

  test('only a second return of one payment waits for a person', async () => {
    const open = await new BankCounter(office()).open();
    expect(open.filter(({ answer, problem }) => answer !== 'returned' || !['possibleHere', 'orderNewest'].includes(problem?.code ?? ''))).toEqual([]);
    const [seen] = await office().store.query<{ [what: string]: number }>(`
      select count(*) filter (where answer = 'rejected' and result = 'applied') as rejected, count(*) filter (where answer = 'returned' and result = 'applied') as returned,
        count(*) filter (where verdict = 'duplicate') as repeated, count(*) filter (where result = 'known') as early
      from bank_entries e left join bank_outcomes x on x.entry_id = e.id`);
    expect(Object.values(seen ?? {}).map((times) => times > 0)).toEqual([true, true, true, true]);
  });
});
