import { cents, type Cents } from '#money';
import type { Tx } from '#store';

/** budget → reserved → committed → ordered → paid, and back where a decision is taken back; paid → claimed → recovered. */
export const ACCOUNTS = ['budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered'] as const;

/** An account of one cycle's budget. Money enters `budget` only from the pseudo account `appropriation`. */
export type Account = (typeof ACCOUNTS)[number];

/** A move of cents that one event of one case caused. */
export interface Entry {
  readonly cycleId: string;
  readonly caseId: string;
  /** The head of the case's family: what one family holds in an account is never taken by another. */
  readonly rootId: string;
  /** The posting's name in the programme; with case and journal number it makes the entry unique. */
  readonly name: string;
  readonly from: Account;
  readonly to: Account;
  readonly cents: Cents;
  /** Legal time of the event, RFC 3339. */
  readonly at: string;
  readonly journalSeq: number;
  /** What statements group by; `all` where a programme keeps one line. What was reserved in a line stays in it. */
  readonly budgetLine?: string;
}

/**
 * Adds money to a cycle's budget, and opens its line the first time. `ref` names the appropriation within the cycle:
 * the same one again changes nothing; the same name with another amount is a contradiction and throws.
 */
export async function openBudget(tx: Tx, cycleId: string, amount: Cents, ref: string): Promise<void> {
  await tx.query('insert into budget_lines (cycle_id) values ($1) on conflict do nothing', [cycleId]);
  const added = await tx.query(
    `insert into ledger_entries (cycle_id, name, from_account, to_account, cents, at)
     values ($1, $2, 'appropriation', 'budget', $3, tranche_now())
     on conflict (cycle_id, name) where case_id is null do nothing returning id`,
    [cycleId, ref, amount],
  );
  if (added.length > 0) return;
  const [known] = await tx.query<{ cents: number }>(
    'select cents from ledger_entries where cycle_id = $1 and name = $2 and case_id is null', [cycleId, ref]);
  if (known?.cents !== amount) {
    throw new Error(`appropriation ${ref} of ${cycleId} is ${known?.cents} cents, not ${amount}`);
  }
}

/**
 * Writes one entry in the caller's transaction. Throws when the amount is zero, when the same entry exists (23505),
 * when the cycle has no budget line (23503), when it takes more from `budget` than is left or from another account than the
 * family holds there, and when no entry means such a move (23514). A case asks `available` first and is refused there, and
 * books only what it holds, so each of these is a bug.
 */
export async function post(tx: Tx, entry: Entry): Promise<void> {
  await tx.query(
    `insert into ledger_entries (cycle_id, case_id, root_id, journal_seq, name, from_account, to_account, cents, at, budget_line)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [entry.cycleId, entry.caseId, entry.rootId, entry.journalSeq, entry.name, entry.from, entry.to, entry.cents, entry.at, entry.budgetLine ?? 'all'],
  );
}

/**
 * What is left of the cycle's budget, in cents; zero for a cycle without one. With `lock` nobody else can take from it
 * until the transaction ends. The sum is a second statement on purpose: it must see what the lock's last holder wrote.
 * The lock is NO KEY UPDATE because every posting's foreign key holds KEY SHARE: a stronger one would deadlock posters.
 */
export async function available(tx: Tx, cycleId: string, { lock }: { lock: boolean }): Promise<Cents> {
  if (lock) await tx.query('select 1 from budget_lines where cycle_id = $1 for no key update', [cycleId]);
  const [row] = await tx.query<{ balance: number }>(`select ledger_balance($1, 'budget') as balance`, [cycleId]);
  return cents(Number(row?.balance));
}

/** All balances of a cycle, in cents. Throws a RangeError if one were negative. */
export async function balances(tx: Tx, cycleId: string): Promise<Record<Account, Cents>> {
  const rows = await tx.query<{ account: Account; balance: number }>(
    'select account, ledger_balance($1, account) as balance from unnest($2::text[]) as account', [cycleId, ACCOUNTS]);
  return Object.fromEntries(rows.map(({ account, balance }) => [account, cents(balance)])) as Record<Account, Cents>;
}
