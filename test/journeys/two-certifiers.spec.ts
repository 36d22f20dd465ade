import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '#test/harness';
import { problem } from './client.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

/** A round in which one person certifies the facts and another one the arithmetic. */
const office = usingOffice({ certifyingPersons: 2 });
const here = {} as { paid: Story; forged: Story };

beforeAll(async () => {
  const grants = [await Story.of(office(), '05315', TO_THE_GRANT), await Story.of(office(), '05314', TO_THE_GRANT)];
  await office().clock('2056-05-02');
  [here.paid, here.forged] = await Promise.all(grants.map((grant) => grant.instalment(1))) as [Story, Story];
});

const reasons = async (): Promise<readonly string[]> => {
  const { rows } = await Run.preview(office());
  return rows.find((row) => row.case === here.paid.id)?.reasons.map(({ code }) => code) ?? ['not shown'];
};

/** A row of the journal by somebody with the application's role in the database. */
const forge = async (account: string, event: string, to: string): Promise<void> => void await office().store.query(
  `insert into journal select (jsonb_populate_record(j, jsonb_build_object(
     'seq', j.seq + 1, 'case_id', $2::text, 'account', $3::text, 'event', $4::text, 'from_state', 'due', 'to_state', $5::text, 'hash', md5(random()::text)))).*
   from journal j where root_id = (select root_id from cases where id = $1) order by seq desc limit 1`, [here.forged.id, here.forged.id, account, event, to]);

/** Orders what the family's last row is said to have authorised. */
async function order(): Promise<void> {
  await office().store.transaction(async (tx) => {
    const [effect] = await tx.query<{ id: number }>(
      `insert into outbox (queue, case_id, root_id, journal_seq, payload, next_at, failed_at)
       select 'payouts', $1, root_id, max(seq), '{"type":"payout"}', now(), now() from journal where root_id = (select root_id from cases where id = $1) group by root_id returning id`, [here.forged.id]);
    await tx.query(
      `insert into payment_orders (effect_id, case_id, sequence, end_to_end_id, cycle_id, amount_cents, holder, iban, purpose, created_at)
       values ($1, $2, 9, 'FORGED', 'kim-2056', 100, 'Mallory', 'DE89370400440532013000', 'x', now())`, [effect?.id, here.forged.id]);
  });
}

describe('where a round demands two certifiers', () => {
  test('a payment is blocked until both have signed, and the preview says whose turn it is', async () => {
    expect(await reasons()).toEqual(['certified', 'factuallyCertified']);
    expect((await here.paid.refused('certifier1', 'certify')).code).toBe('factuallyCertified');
    await here.paid.send('allrounder1', 'certifyFactually');
    expect(await reasons()).toEqual(['certified']);
    expect((await here.paid.refused('allrounder1', 'certify')).code).toBe('differentPerson');
    await here.paid.send('certifier1', 'certify');
    expect(await reasons()).toEqual([]);
  });

  test('neither of them releases the run, a third person does', async () => {
    const run = await Run.prepare(office(), 'authoriser1');
    expect((await run.refused('allrounder1', 'release')).code).toBe('certifiedByOthers');
    await run.tries('authoriser1', 'recallRun', { reason: 'selbst vorbereitet' });
    await eventually('the rows of the recalled run are free again', async () => (await reasons()).length === 0);
    const again = await Run.prepare(office());
    await again.release();
    await again.reaches('exported');
    expect((await again.view()).results).toMatchObject({ ordered: 1, refused: 0 });
  });

  test('the database asks for the fifth signature, too', async () => {
    await forge('certifier1', 'certify', 'certified');
    await forge('authoriser1', 'authorise', 'authorised');
    await expect(order()).rejects.toThrow('has 4 of 5 signatures, by 4 people');
    await expect(forge('certifier1', 'certifyFactually', 'due')).rejects.toMatchObject({ constraint: 'journal_separates_duties' });
  });

  test('and no revision of the round takes the demand back', async () => {
    const body = { changes: { certifyingPersons: 1 }, reason: 'einfacher' };
    const answer = await office().client.ask('admin1', 'POST', `/cycles/${office().cycle}/revisions`, { body, headers: { 'if-match': '"1"', 'idempotency-key': 'one-person' } });
    expect(problem('revision', answer)).toMatchObject({ status: 409, code: 'fieldFixed' });
    await office().store.query(`insert into cycles select id, 2, programme, data || '{"certifyingPersons": 1}', created_at, account, 'forged' from cycles where id = $1`, [office().cycle]);
    await expect(order()).rejects.toThrow('has 4 of 5 signatures');
  });
});
