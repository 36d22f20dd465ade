import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Runner } from '#store';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

/** One person with the application's own role in the database, and an instalment of somebody's grant that is certified. */
const office = usingOffice();
const here = {} as { grant: Story; instalment: Story };

beforeAll(async () => {
  here.grant = await Story.of(office(), '05315', TO_THE_GRANT);
  await office().clock('2056-05-02');
  here.instalment = await here.grant.instalment(1);
  await here.instalment.go('certify');
});

interface Forged {
  readonly account: string;
  readonly event: string;
  /** Whatever else the row says of itself, beyond what the family's last row says. */
  readonly disguise?: object;
}

/** Writes a journal row by hand: the next one of the family, about its instalment. */
const forge = ({ account, event, disguise = {} }: Forged, runner: Runner = office().store): Promise<unknown> => runner.query(
  `insert into journal select (jsonb_populate_record(j, jsonb_build_object('seq', j.seq + 1, 'case_id', $2::text, 'account', $3::text, 'event', $4::text, 'hash', md5(random()::text)) || $5::jsonb)).*
   from journal j where root_id = $1 order by seq desc limit 1`, [here.grant.id, here.instalment.id, account, event, JSON.stringify(disguise)]);

const lastSeq = async (): Promise<number> =>
  (await office().store.query<{ seq: number }>('select max(seq) as seq from journal where root_id = $1', [here.grant.id]))[0]?.seq ?? 0;

/** Orders money by hand, over an effect made by hand that a row of the journal is to have caused. */
async function order({ rootId, seq, caseId = here.instalment.id }: { readonly rootId: string; readonly seq: number; readonly caseId?: string }, runner: Runner = office().store): Promise<void> {
  const [effect] = await runner.query<{ id: number }>(
    `insert into outbox (queue, case_id, root_id, journal_seq, payload, next_at, failed_at) values ('payouts', $1, $2, $3, '{"type":"payout"}', now(), now()) returning id`, [caseId, rootId, seq]);
  await runner.query(
    `insert into payment_orders (effect_id, case_id, sequence, end_to_end_id, cycle_id, amount_cents, holder, iban, purpose, created_at)
     values ($1::bigint, $2, 9, 'FORGED-' || $1::bigint, 'kim-2056', 100, 'Mallory', 'DE89370400440532013000', 'x', now())`, [effect?.id, caseId]);
}

/** Nothing that a test tries stays, also where it was not refused. */
const undone = async (work: (runner: Runner) => Promise<unknown>): Promise<void> => {
  await office().store.transaction(async (tx) => {
    await work(tx);
    throw new Error('nothing refused it');
  });
};

const DUTIES = { code: '23514', constraint: 'journal_separates_duties' };
const SIGNED = { code: '23514', constraint: 'payment_orders_signed' };

describe('a second signature', () => {
  test.each([
    ['a version that separates nothing', { programme_version: 99 }],
    ['a family that is made up', { root_id: 'made up', seq: 1 }],
    ['another machine', { machine: 'application' }],
    ['a place far ahead in the journal', { seq: 1_000_000 }],
  ])('in %s is refused', async (_, disguise) => {
    await expect(undone((tx) => forge({ account: 'officer1', event: 'certify', disguise }, tx))).rejects.toMatchObject(DUTIES);
  });

  test('from a snapshot that does not see the first is refused', async () => {
    await expect(undone(async (tx) => {
      await tx.query('set transaction isolation level repeatable read');
      await forge({ account: 'somebody', event: 'authorise' }, tx);
    })).rejects.toThrow('read committed only');
  });

  test('at the same time as the first waits for it, and is refused', async () => {
    const seq = await lastSeq() + 1;
    const sign = (event: string, at: number) => office().store.transaction((tx) => forge({ account: 'somebody', event, disguise: { seq: at } }, tx));
    const both = await Promise.allSettled([sign('certify', seq), sign('authorise', seq + 1)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))).toEqual([expect.objectContaining(DUTIES)]);
  });

  test.each([
    "update cases set programme_version = 99 where id = 'x'", "update cases set programme = 'x' where id = 'x'", "update cases set root_id = 'x', parent_id = null where id = 'x'",
    "update cases set machine = 'x' where id = 'x'", 'delete from cases', 'truncate cases', 'set local session_replication_role = replica; delete from cases',
  ])('is not prepared by moving the case: %s', async (statement) => {
    await expect(undone((tx) => tx.query(statement))).rejects.toThrow('a case stays where it was opened');
  });

  test.each(["update journal set account = 'x'", 'delete from journal', 'truncate journal', 'set local session_replication_role = replica; delete from journal'])(
    'is not prepared by forgetting the first: %s', async (statement) => {
      await expect(undone((tx) => tx.query(statement))).rejects.toThrow('append-only');
    });
});

describe('an order', () => {
  test('over a family that is made up is refused, however it is signed', async () => {
    await expect(undone(async (tx) => {
      await tx.query(
        `insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', 'mine' || c.number, 'root_id', 'mine0', 'parent_id', case when c.number > 0 then 'mine0' end,
           'programme', 'mine', 'programme_version', 1))).* from cases c where c.root_id = $1 and c.number in (0, 1)`, [here.grant.id]);
      await forge({ account: 'mallory', event: 'authorise', disguise: { root_id: 'mine0', case_id: 'mine1', seq: 1 } }, tx);
      await order({ rootId: 'mine0', seq: 1, caseId: 'mine1' }, tx);
    })).rejects.toMatchObject(SIGNED);
  });

  test('over a row about this instalment in a family that is none is refused', async () => {
    await expect(undone(async (tx) => {
      await tx.query('alter table journal disable trigger journal_separates_duties');
      await forge({ account: 'mallory', event: 'authorise', disguise: { root_id: 'nowhere', seq: 1 } }, tx);
      await order({ rootId: 'nowhere', seq: 1 }, tx);
    })).rejects.toMatchObject(SIGNED);
  });

  test('over a certification that was recalled is refused, and over a new one it is not', async () => {
    const authorised = async (tx: Runner) => {
      await forge({ account: 'authoriser1', event: 'authorise', disguise: { from_state: 'certified', to_state: 'authorised' } }, tx);
      const [row] = await tx.query<{ seq: number }>('select max(seq) as seq from journal where root_id = $1', [here.grant.id]);
      await order({ rootId: here.grant.id, seq: row?.seq ?? 0 }, tx);
    };
    const step = (tx: Runner, event: string, from: string, to: string) => forge({ account: 'certifier1', event, disguise: { from_state: from, to_state: to } }, tx);
    await expect(undone(async (tx) => { await step(tx, 'certify', 'due', 'certified'); await authorised(tx); })).rejects.toThrow('nothing refused it');
    await expect(undone(async (tx) => {
      await step(tx, 'certify', 'due', 'certified');
      await step(tx, 'recall', 'certified', 'due');
      await authorised(tx);
    })).rejects.toThrow('has 3 of 4 signatures');
  });
});

test('a wall that its owner takes down is noticed', async () => {
  const found = async () => ((await office().breaches()) as { code: string; where: string; what: string }[]).filter(({ what }) => what.includes('trigger')).map(({ code, where }) => `${code} ${where}`).toSorted();
  expect(await found()).toEqual([]);
  await office().store.query('alter table journal disable trigger journal_separates_duties; drop trigger payment_orders_signed on payment_orders');
  expect(await found()).toEqual(['I4 journal_separates_duties', 'I4 payment_orders_signed']);
});
