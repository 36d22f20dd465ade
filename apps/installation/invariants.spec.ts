import { describe, expect, test } from '@jest/globals';
import { Programmes } from '#cases';
import { openBudget, post } from '#ledger';
import { cents } from '#money';
import type { Tx } from '#store';
import { usingDatabase } from '#test/harness';
import { programmes } from '#workflows';
import { breaches } from './invariants.ts';
import { allTables } from './tables.ts';

const AT = '2027-11-20T09:00:00.000Z';
const db = usingDatabase('each');

/** A case as the migrations know it, without the programme behind it. */
const aCase = (tx: Tx, id: string, rootId: string) => tx.query(
  `insert into cases (id, root_id, parent_id, number, machine, programme, programme_version, definition_hash, cycle_id, cycle_revision, applicant_key, applicant_name,
     applicant_kind, file_number, version, state, context, ended, waiting, journal_seq, journal_hash, created_at, updated_at)
   values ($1, $2, nullif($2, $1), 1, 'm', 'p', 1, 'h', 'c', 1, 'k', 'n', 'Kreis', 'f', 1, 's', '{}', false, false, 0, '', $3, $3)`, [id, rootId, AT]);

const raw = (tx: Tx, from: string, to: string, amount: number, family = 'a') => tx.query(
  `insert into ledger_entries (cycle_id, case_id, root_id, journal_seq, name, from_account, to_account, cents, at)
   values ('c', $1, $1, (select count(*) from ledger_entries)::int, 'raw', $2, $3, $4, $5)`, [family, from, to, amount, AT]);

describe('what a database that somebody has tampered with is told about its books', () => {
  const found = async (tamper: (tx: Tx) => Promise<unknown>): Promise<readonly string[]> => {
    await db.store.transaction(async (tx) => {
      await openBudget(tx, 'c', cents(1_000), 'first');
      await tx.query('alter table ledger_entries disable trigger ledger_family_covers; alter table ledger_entries disable trigger ledger_budget_covers');
      await tamper(tx);
    });
    return (await breaches(db.store, new Programmes(programmes))).filter(({ code }) => code === 'I2').map(({ what, where }) => `${where}: ${what}`);
  };

  test('a family that spends what another one holds', async () => {
    expect(await found(async (tx) => {
      await raw(tx, 'budget', 'committed', 500, 'b');
      await raw(tx, 'committed', 'paid', 100);
    })).toContain('a committed: a family holds less than nothing in an account');
  });

  test('more given than appropriated', async () => {
    const said = await found((tx) => raw(tx, 'budget', 'committed', 1_001));
    expect(said).toContain('c: more is granted, ordered, paid and claimed than was ever appropriated');
    expect(said).toContain('c budget: an account of the budget is overdrawn');
  });

  test('an entry that no event caused', async () => {
    expect(await found((tx) => raw(tx, 'budget', 'committed', 1))).toContainEqual(expect.stringMatching(/^entry \d+: an entry has no cause in the journal/));
  });

  test('money ordered in the books and by no order', async () => {
    const said = await found(async (tx) => {
      await raw(tx, 'budget', 'committed', 5);
      await raw(tx, 'committed', 'ordered', 5);
    });
    expect(said).toContain('a: the ledger ordered more than the payment orders say');
    expect(said).toContain('a: more is ordered in the books than the newest order says');
  });
});

describe('what a database that somebody has tampered with is told about its payments', () => {
  const found = async (tamper: (tx: Tx) => Promise<unknown>): Promise<readonly string[]> => {
    await db.store.transaction(tamper);
    return (await breaches(db.store, new Programmes(programmes))).map(({ what, where }) => `${where}: ${what}`);
  };
  const signed = (tx: Tx, seq: number, event: string) => tx.query(
    `insert into journal (root_id, seq, case_id, case_version, machine, programme_version, definition_hash, at, event, data, facts, account, role, organisation, from_state, to_state, previous_hash, hash)
     values ('a', $1, 'a', 1, 'm', 1, 'h', $2, $3, '{}', '{}', 'mallory', 'r', null, 's', 's', 'x', md5($3))`, [seq, AT, event]);

  test('who had a hand in the bank data and certified the facts', async () => {
    expect(await found(async (tx) => {
      await tx.query('alter table journal disable trigger journal_separates_duties');
      await signed(tx, 1, 'approvePayee');
      await signed(tx, 2, 'certifyFactually');
    })).toContain('a mallory: somebody who had a hand in the bank data certified or authorised');
  });

  test('a file with an order and the one that had replaced it', async () => {
    expect(await found(async (tx) => {
      await tx.query(`
        alter table payment_orders disable trigger payment_orders_signed;
        insert into payment_orders (effect_id, case_id, sequence, end_to_end_id, cycle_id, amount_cents, holder, iban, purpose, created_at)
          select n, 'a', n, 'A-' || n, 'c', 5, 'h', 'i', 'p', '${AT}'::timestamptz + n * interval '1 hour' from generate_series(1, 2) n;
        insert into payment_runs values ('run', 'c', 'm', '2027-11-20', '{}', 'p', 'x', '${AT}');
        insert into payment_run_rows select 'run', n, 'a', 'f', 'n', null, 'A-' || n, 5, 'h', 'i', 'ok', '[]', 'ordered', '${AT}', o.id
          from generate_series(1, 2) n join payment_orders o on o.sequence = n;
        insert into payment_files values ('run', 'm', 2, 10, 'x', 'x', '${AT}'::timestamptz + interval '3 hours')`);
    })).toContain('A-1: a payment file holds an order that another one had replaced');
  });
});

describe('what was posted before entries knew their families', () => {
  const migrations = allTables.flatMap(({ migrations: all }) => all as (new () => { up(tx: unknown): Promise<void>; down(tx: unknown): Promise<void> })[])
    .filter(({ name }) => /179000000120[123]$/.test(name)).toSorted((a, b) => (a.name.slice(-13) < b.name.slice(-13) ? -1 : 1)).map((Migration) => new Migration());
  const undo = async (tx: Tx): Promise<void> => { for (const migration of migrations.toReversed()) await migration.down(tx); };
  const redo = async (tx: Tx): Promise<void> => { for (const migration of migrations) await migration.up(tx); };
  const posted = (tx: Tx, caseId: string) =>
    post(tx, { cycleId: 'c', rootId: 'root', caseId, journalSeq: 1, name: 'reserve', from: 'budget', to: 'reserved', cents: cents(10), at: AT });

  test('is told by the cases, and the wall stands again', async () => {
    await db.store.transaction(async (tx) => {
      await openBudget(tx, 'c', cents(1_000), 'first');
      await aCase(tx, 'root', 'root');
      await aCase(tx, 'child', 'root');
      await posted(tx, 'root');
      await posted(tx, 'child');
      await undo(tx);
      await redo(tx);
    });
    expect(await db.store.query('select case_id, root_id from ledger_entries order by id')).toEqual([
      { case_id: null, root_id: null }, { case_id: 'root', root_id: 'root' }, { case_id: 'child', root_id: 'root' },
    ]);
    await expect(db.store.query('update ledger_entries set cents = 1')).rejects.toThrow('append-only');
    await expect(db.store.transaction((tx) => raw(tx, 'reserved', 'committed', 1))).rejects.toMatchObject({ constraint: 'ledger_family_covers' });
  });

  test('an entry whose case nobody knows stops the migration: a person has to look', async () => {
    await expect(db.store.transaction(async (tx) => {
      await openBudget(tx, 'c', cents(1_000), 'first');
      await posted(tx, 'lost');
      await undo(tx);
      await redo(tx);
    })).rejects.toMatchObject({ constraint: 'ledger_entries_family' });
  });
});
