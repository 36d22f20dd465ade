import { beforeAll, describe, expect, test } from '@jest/globals';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const here = {} as { grant: Story; instalment: Story };

beforeAll(async () => {
  here.grant = await Story.of(office(), '05315', TO_THE_GRANT);
  await office().clock('2056-05-02');
  here.instalment = await here.grant.instalment(1);
  await here.instalment.go('certify');
});

/** A journal row as somebody would forge it, with the application's own role: the next one of the family, chained or not. */
const forge = (account: string, event: string, caseId = here.instalment.id): Promise<unknown> => office().store.query(
  `insert into journal select root_id, (select max(seq) + 1 from journal where root_id = $1), $2, case_version, machine, programme_version, definition_hash, at, $3, data, facts,
     $4, role, organisation, from_state, to_state, hash, md5(random()::text) from journal where root_id = $1 order by seq desc limit 1`, [here.grant.id, caseId, event, account]);

/** An order by hand, over an effect that is made up or exists. */
const order = (effectId: number, caseId = here.instalment.id): Promise<unknown> => office().store.query(
  `insert into payment_orders (effect_id, case_id, sequence, end_to_end_id, cycle_id, amount_cents, holder, iban, purpose, created_at)
   values ($1::bigint, $2, 9, 'FORGED-' || $1::bigint, 'kim-2056', 100, 'Mallory', 'DE89370400440532013000', 'x', now())`, [effectId, caseId]);

const effect = async (journalSeq: number, caseId: string): Promise<number> => {
  const [row] = await office().store.query<{ id: number }>(
    `insert into outbox (queue, case_id, root_id, journal_seq, payload, next_at) values ('payouts', $1, $2, $3, '{"type":"payout"}', now() + interval '1 day') returning id`, [caseId, here.grant.id, journalSeq]);
  return row?.id ?? 0;
};
const stepOf = async (event: string): Promise<number> =>
  (await office().store.query<{ seq: number }>('select max(seq) as seq from journal where root_id = $1 and event = $2', [here.grant.id, event]))[0]?.seq ?? 0;

describe('the database itself refuses', () => {
  test.each([
    ['officer1', 'certify'], ['officer1', 'authorise'], ['officer1', 'countersign'], ['approver1', 'certify'], ['approver1', 'authorise'], ['approver1', 'recommend'],
    ['certifier1', 'authorise'], ['certifier1', 'recommend'], ['certifier1', 'countersign'],
  ])('%s, who has signed already, as the one who sends %s', async (account, event) => {
    await expect(forge(account, event)).rejects.toMatchObject({ code: '23514', constraint: 'journal_separates_duties' });
  });

  test('an order that nobody authorised: without an effect, over one of another case, of the system, or of another act', async () => {
    const fallDue = await stepOf('fallDue');
    for (const forged of [() => order(999_999), async () => order(await effect(fallDue, here.instalment.id)), async () => order(await effect(await stepOf('sign'), here.grant.id)), async () => order(await effect(await stepOf('certify'), here.grant.id))]) {
      await expect(forged()).rejects.toMatchObject({ code: '23514', constraint: 'payment_orders_signed' });
    }
  });

  test('an order with three of the four signatures', async () => {
    await expect(order(await effect(await stepOf('certify'), here.instalment.id))).rejects.toThrow('has 3 of 4 signatures, by 3 people');
  });

  test.each(['separated_duties', 'payment_signatures', 'taken_back_by_another'])('to forget a rule: %s', async (table) => {
    const [{ count } = { count: 0 }] = await office().store.query<{ count: number }>(`select count(*) as count from ${table}`);
    expect(count).toBeGreaterThan(table === 'taken_back_by_another' ? 0 : 3);
    for (const statement of [`delete from ${table}`, `update ${table} set event = 'x'`, `truncate ${table}`, `set local session_replication_role = replica; delete from ${table}`]) {
      await expect(office().store.transaction((tx) => tx.query(statement))).rejects.toThrow('kept');
    }
  });

  test('and lets the real ones through', async () => {
    // The forged effects ask for nothing that was signed, and do nothing.
    await office().store.query(`update outbox set failed_at = now(), error = 'forged' where payload = '{"type":"payout"}'`);
    await here.instalment.go('authorise');
    await here.instalment.reaches('exported');
    expect(await office().orders(here.grant.id)).toHaveLength(1);
  });
});
