import type { Instant, Runner } from '#store';
import { ACCOUNTS, type Account } from './ledger.ts';

/** What a statement is about: a round's whole budget, or of it one family, or one budget line. */
export interface StatementScope {
  readonly cycleId: string;
  /** Everything up to and including this legal instant. */
  readonly at: Instant;
  readonly rootId?: string | undefined;
  readonly budgetLine?: string | undefined;
}

/**
 * Cents by account. Signed, because one family or one line alone takes from `budget` what was given to all: then `budget`
 * is what it took, below zero.
 */
export type StatementBalances = Readonly<Record<Account, number>>;

/** What was appropriated and where it is. */
export interface StatementFigures {
  readonly appropriatedCents: number;
  readonly balances: StatementBalances;
}

/** A statement's figures, as a whole and by budget line. It opens with nothing: every cent has come by an entry. */
export interface Statement extends StatementFigures {
  readonly lines: readonly (StatementFigures & { readonly budgetLine: string })[];
  /** What must be true of every statement; whoever reads `ok: false` has found a fault in the books. */
  readonly checks: readonly { readonly code: 'balancesAddUp' | 'nothingOverdrawn'; readonly ok: boolean }[];
}

/** One entry with the two balances that it leaves behind within the statement, in cents. */
export interface StatementEntry {
  readonly id: number;
  readonly at: Instant;
  /** Null for an appropriation, which no case causes. */
  readonly caseId: string | null;
  readonly journalSeq: number | null;
  readonly name: string;
  readonly budgetLine: string;
  readonly from: Account | 'appropriation';
  readonly to: Account;
  readonly amountCents: number;
  /** What is left where the money came from; null where that is the appropriation. */
  readonly fromBalanceCents: number | null;
  readonly toBalanceCents: number;
}

/** The last entry that was read. */
export interface StatementPlace {
  readonly at: Instant;
  readonly id: number;
}

/** A condition on the family stands alone, so that its index is used; one that may be absent would read the whole round. */
type Breadth = 'round' | 'family';

/** The entries of a statement's scope: $1 round, $2 as of, $3 family or null, $4 budget line or null. */
const scoped = (breadth: Breadth): string => `select id, at, case_id, journal_seq, name, budget_line, from_account, to_account, cents from ledger_entries
  where cycle_id = $1 and at <= $2 and ${breadth === 'round' ? '$3::text is null' : 'root_id = $3'} and ($4::text is null or budget_line = $4)`;

/** Both sides of entries, by account. */
const legsOf = (entries: string): string => `select e.*, 'from' as side, from_account as account, -cents as delta from ${entries} e
  union all select e.*, 'to', to_account, cents from ${entries} e`;

const figuresOf = (breadth: Breadth): string => `with scoped as (${scoped(breadth)})
  select budget_line as "budgetLine", account, sum(delta)::bigint as cents from (${legsOf('scoped')}) l group by budget_line, account order by budget_line`;

/**
 * A page opens with what all entries before it come to; within it the window function runs, and both sides of an entry
 * come together again by its id: a join of the two would cost the square of the page. $5, $6 place or null, $7 limit.
 */
const entriesOf = (breadth: Breadth): string => `with scoped as (${scoped(breadth)}),
  page as (select * from scoped where $5::timestamptz is null or (at, id) > ($5, $6::bigint) order by at, id limit $7),
  past as (select * from scoped where (at, id) <= ($5::timestamptz, $6::bigint)),
  opening as (select account, sum(delta) as cents from (${legsOf('past')}) l group by account),
  running as (select l.*, (sum(delta) over (partition by account order by at, id) + coalesce(o.cents, 0))::bigint as balance
    from (${legsOf('page')}) l left join opening o using (account))
  select id, at, case_id as "caseId", journal_seq as "journalSeq", name, budget_line as "budgetLine", from_account as "from", to_account as "to", cents as "amountCents",
    max(balance) filter (where side = 'from' and account <> 'appropriation') as "fromBalanceCents", max(balance) filter (where side = 'to') as "toBalanceCents"
  from running group by id, at, case_id, journal_seq, name, budget_line, from_account, to_account, cents order by at, id`;

const FIGURES = { round: figuresOf('round'), family: figuresOf('family') };
const ENTRIES = { round: entriesOf('round'), family: entriesOf('family') };

const breadthOf = ({ rootId }: StatementScope): Breadth => (rootId === undefined ? 'round' : 'family');

const paramsOf = ({ cycleId, at, rootId, budgetLine }: StatementScope): readonly unknown[] => [cycleId, at, rootId ?? null, budgetLine ?? null];

/** Where the money of a scope is, as of an instant: summed from the entries, never kept. */
export async function statement(runner: Runner, scope: StatementScope): Promise<Statement> {
  const sums = await runner.query<Sum>(FIGURES[breadthOf(scope)], paramsOf(scope));
  const lines = [...new Set(sums.map(({ budgetLine }) => budgetLine))].map((budgetLine) => ({ budgetLine, ...figures(sums.filter((sum) => sum.budgetLine === budgetLine)) }));
  const whole = figures(sums);
  const { budget, ...beyond } = whole.balances;
  const partial = scope.rootId !== undefined || scope.budgetLine !== undefined;
  return {
    ...whole, lines,
    checks: [
      { code: 'balancesAddUp', ok: total(Object.values(whole.balances)) === whole.appropriatedCents },
      { code: 'nothingOverdrawn', ok: (partial || budget >= 0) && Object.values(beyond).every((balance) => balance >= 0) },
    ],
  };
}

/** Up to `limit` entries of a scope in the order of legal time, after `after`, each with the balances it leaves. */
export function statementEntries(runner: Runner, scope: StatementScope, { after, limit }: { readonly after?: StatementPlace | undefined; readonly limit: number }): Promise<StatementEntry[]> {
  return runner.query<StatementEntry>(ENTRIES[breadthOf(scope)], [...paramsOf(scope), after?.at ?? null, after?.id ?? null, limit]);
}

/** All entries of a scope, page by page: for a file that is written while they are read. */
export async function* statementPages(runner: Runner, scope: StatementScope, pageSize = 2_000): AsyncGenerator<readonly StatementEntry[]> {
  for (let after: StatementPlace | undefined; ;) {
    const page: readonly StatementEntry[] = await statementEntries(runner, scope, { after, limit: pageSize });
    if (page.length > 0) yield page;
    after = page.at(-1);
    if (page.length < pageSize) return;
  }
}

interface Sum {
  readonly budgetLine: string;
  readonly account: Account | 'appropriation';
  readonly cents: number;
}

function figures(sums: readonly Sum[]): StatementFigures {
  const of = (wanted: Sum['account']): number => total(sums.filter(({ account }) => account === wanted).map(({ cents }) => cents));
  return { appropriatedCents: 0 - of('appropriation'), balances: Object.fromEntries(ACCOUNTS.map((account) => [account, of(account)])) as StatementBalances };
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
