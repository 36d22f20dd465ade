import { Injectable } from '@nestjs/common';
import type { Cents } from '#money';
import { givenUpLast, Store, type Runner, type Tx } from '#store';
import { COLUMNS, type PaymentOrder } from './payments.service.ts';

/** Why a row is blocked or was refused, in the words of whoever refused it. */
export interface RowReason {
  readonly code: string;
  readonly text: { readonly de: string; readonly en: string };
  readonly remedy: { readonly de: string; readonly en: string };
}

/** Whose account a file debits. */
export interface Payer {
  readonly name: string;
  readonly iban: string;
  readonly bic: string;
}

/** A run as it was prepared: its case's id, what its file is to be called unless payments are frozen before it is written, the day on which the bank is to carry it out. */
export interface PreparedRun {
  readonly id: string;
  readonly cycleId: string;
  readonly messageId: string;
  readonly executionOn: string;
  readonly payer: Payer;
  readonly preparedBy: string;
  readonly rowsHash: string;
  readonly createdAt: string;
}

/** An instalment as a run was prepared with it. Amounts in cents. */
export interface RunRow {
  readonly position: number;
  readonly caseId: string;
  readonly fileNumber: string;
  readonly applicantName: string;
  /** The instalment's version that was seen; null for one that had been ordered before. */
  readonly caseVersion: number | null;
  readonly endToEndId: string;
  readonly amountCents: Cents;
  readonly holder: string;
  readonly iban: string;
  readonly verdict: 'ok' | 'blocked';
  readonly reasons: readonly RowReason[];
}

/** What became of a row; null while that is open. `dropped` and `recalled` let the payment go without any fault of its own. */
export interface RunResult {
  readonly result: 'ordered' | 'refused' | 'dropped' | 'recalled' | null;
  readonly decidedAt: string | null;
  readonly orderId: number | null;
}

/** A row with what became of it. */
export type DecidedRow = RunRow & RunResult;

/** A run's rows by what became of them: how many, and the sum of those that were ordered, in cents. Refused are also those that were ordered and let go for a reason. */
export interface RunTally {
  readonly undecided: number;
  readonly ordered: number;
  readonly refused: number;
  readonly orderedCents: Cents;
}

/** What lists say of a run beside its case: its day, and how many rows are to be paid, without those that were dropped. */
export interface RunInShort {
  readonly executionOn: string;
  readonly count: number;
}

/** Where an order is; all of the run is null where none holds it, and `file` while that has no file. */
export interface OrderedIn {
  readonly caseId: string;
  readonly endToEndId: string;
  readonly runId: string | null;
  readonly executionOn: string | null;
  readonly file: string | null;
}

/** An instalment in a run that has neither ordered it nor let it go; `caseVersion` as in its row. */
export interface OpenIn {
  readonly caseId: string;
  readonly caseVersion: number | null;
  readonly runId: string;
  readonly executionOn: string;
}

const SEEN = `r.position, r.case_id as "caseId", r.file_number as "fileNumber", r.applicant_name as "applicantName", r.case_version as "caseVersion",
  r.end_to_end_id as "endToEndId", r.amount_cents as "amountCents", r.holder, r.iban, r.verdict, r.reasons`;
const ROW = `${SEEN}, r.result, r.decided_at as "decidedAt", r.order_id as "orderId"`;

/** A row `r` that holds its payment: no other run may have it. As the index says that lets a payment live in one run only. */
const LIVE = `r.verdict = 'ok' and (r.result is null or r.result = 'ordered')`;

/** The rows of payment runs. A run itself is a case; here is what it is about. */
@Injectable()
export class RunsService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Freezes a run with its rows. Throws 23505 when a payment is already in a run that has not let it go. */
  async freeze(tx: Tx, { id, cycleId, messageId, executionOn, payer, preparedBy, rowsHash }: Omit<PreparedRun, 'createdAt'>, rows: readonly RunRow[]): Promise<void> {
    await tx.query(
      `insert into payment_runs (id, cycle_id, message_id, execution_on, payer, prepared_by, rows_hash, created_at)
       values ($1, $2, $3, $4, $5::jsonb, $6, $7, tranche_now())`, [id, cycleId, messageId, executionOn, JSON.stringify(payer), preparedBy, rowsHash]);
    await tx.query(
      `insert into payment_run_rows (run_id, position, case_id, file_number, applicant_name, case_version, end_to_end_id, amount_cents, holder, iban, verdict, reasons)
       select $1, r.position, r."caseId", r."fileNumber", r."applicantName", r."caseVersion", r."endToEndId", r."amountCents", r.holder, r.iban, r.verdict, r.reasons
       from jsonb_to_recordset($2::jsonb) as r(position int, "caseId" text, "fileNumber" text, "applicantName" text, "caseVersion" int, "endToEndId" text,
         "amountCents" bigint, holder text, iban text, verdict text, reasons jsonb)`,
      [id, JSON.stringify(rows)]);
  }

  /** A run as it was prepared, or null. */
  async run(runId: string, runner: Runner = this.#store): Promise<PreparedRun | null> {
    const [run] = await runner.query<PreparedRun>(
      `select id, cycle_id as "cycleId", message_id as "messageId", execution_on as "executionOn", payer, prepared_by as "preparedBy",
         rows_hash as "rowsHash", created_at as "createdAt" from payment_runs where id = $1`, [runId]);
    return run ?? null;
  }

  /** Where the last order of each of these instalments is: in a run, whose file is written or not, or in none. */
  whereOrdered(caseIds: readonly string[]): Promise<OrderedIn[]> {
    return this.#store.query(
      `select distinct on (o.case_id) o.case_id as "caseId", o.end_to_end_id as "endToEndId", p.id as "runId", p.execution_on as "executionOn", f.message_id as "file"
       from payment_orders o
       left join payment_run_rows r on r.end_to_end_id = o.end_to_end_id and r.verdict = 'ok' and (r.result is null or r.result = 'ordered')
       left join payment_runs p on p.id = r.run_id left join payment_files f on f.run_id = r.run_id
       where o.case_id = any($1) order by o.case_id, o.sequence desc`, [caseIds]);
  }

  /** In which run each of these instalments waits to be ordered: the one that was prepared last. */
  openIn(caseIds: readonly string[]): Promise<OpenIn[]> {
    return this.#store.query(
      `select distinct on (r.case_id) r.case_id as "caseId", r.case_version as "caseVersion", p.id as "runId", p.execution_on as "executionOn"
       from payment_run_rows r join payment_runs p on p.id = r.run_id
       where r.case_id = any($1) and r.verdict = 'ok' and r.result is null order by r.case_id, p.created_at desc, p.id`, [caseIds]);
  }

  /** Up to `limit` rows of a run after `after`, by position; those still open, or those ordered before an instant, where asked for. */
  rows(runId: string, { after = 0, limit, undecided = false, orderedBefore = null }: {
    readonly after?: number; readonly limit: number; readonly undecided?: boolean; readonly orderedBefore?: string | null;
  }): Promise<DecidedRow[]> {
    return this.#store.query<DecidedRow>(
      `select ${ROW} from payment_run_rows r where run_id = $1 and position > $2 and (not $3 or (verdict = 'ok' and result is null))
         and ($5::timestamptz is null or (result = 'ordered' and decided_at < $5)) order by position limit $4`, [runId, after, undecided, limit, orderedBefore]);
  }

  /** The cases of all rows of a run. */
  async casesOf(runId: string): Promise<readonly string[]> {
    return (await this.#store.query<{ caseId: string }>('select case_id as "caseId" from payment_run_rows where run_id = $1', [runId])).map(({ caseId }) => caseId);
  }

  /** One row of a run, or null. */
  async row(runner: Runner, runId: string, caseId: string): Promise<DecidedRow | null> {
    const [row] = await runner.query<DecidedRow>(`select ${ROW} from payment_run_rows r where run_id = $1 and case_id = $2`, [runId, caseId]);
    return row ?? null;
  }

  /** Writes what became of an open row; a row that is decided stays as it is. @returns whether it was open */
  async decide(tx: Tx, runId: string, position: number, { result, reasons = [], orderId = null }: {
    readonly result: NonNullable<RunResult['result']>; readonly reasons?: readonly RowReason[]; readonly orderId?: number | null;
  }): Promise<boolean> {
    const decided = await tx.query(
      `update payment_run_rows set result = $3, reasons = $4::jsonb, order_id = $5, decided_at = tranche_now()
       where run_id = $1 and position = $2 and verdict = 'ok' and result is null returning position`,
      [runId, position, result, JSON.stringify(reasons), orderId]);
    return decided.length === 1;
  }

  /** Takes what went out before a restore back from a run that has no file yet, although it was ordered: the file would send it again. */
  async leaveGoneOut(tx: Tx, runId: string, reason: RowReason): Promise<void> {
    await tx.query(
      `update payment_run_rows r set result = 'refused', reasons = $2::jsonb, order_id = null, decided_at = tranche_now()
       where run_id = $1 and result = 'ordered' and exists (select 1 from payments_gone_out g where g.end_to_end_id = r.end_to_end_id)`, [runId, JSON.stringify([reason])]);
  }

  /** Lets the rows of a recalled run go: the open ones, and those that were ordered, whose orders wait for another run. */
  async letGo(tx: Tx, runId: string): Promise<void> {
    await tx.query(
      `update payment_run_rows set result = 'recalled', order_id = null, decided_at = tranche_now()
       where run_id = $1 and verdict = 'ok' and (result is null or result = 'ordered')`, [runId]);
  }

  /** The cases of a run's ordered rows, and whether another order has replaced the row's since. */
  orderedCases(runner: Runner, runId: string): Promise<{ readonly caseId: string; readonly endToEndId: string; readonly replaced: boolean }[]> {
    return runner.query(
      `select r.case_id as "caseId", r.end_to_end_id as "endToEndId", exists (select 1 from payment_orders later where later.case_id = o.case_id and later.sequence > o.sequence) as replaced
       from payment_run_rows r join payment_orders o on o.id = r.order_id where r.run_id = $1 and r.result = 'ordered'`, [runId]);
  }

  /** Lets ordered rows of these cases go before there is a file. */
  async letGoOf(tx: Tx, runId: string, caseIds: readonly string[], reasons: readonly RowReason[]): Promise<void> {
    await tx.query(
      `update payment_run_rows set result = 'recalled', order_id = null, reasons = $3::jsonb, decided_at = tranche_now()
       where run_id = $1 and result = 'ordered' and case_id = any($2)`, [runId, caseIds, JSON.stringify(reasons)]);
  }

  /** How far a run is. */
  async tally(runner: Runner, runId: string): Promise<RunTally> {
    const [tally] = await runner.query<RunTally>(
      `select count(*) filter (where result is null) as undecided, count(*) filter (where result = 'ordered') as ordered,
         count(*) filter (where result = 'refused' or (result = 'recalled' and reasons <> '[]')) as refused, coalesce(sum(amount_cents) filter (where result = 'ordered'), 0)::bigint as "orderedCents"
       from payment_run_rows where run_id = $1 and verdict = 'ok'`, [runId]);
    return tally as RunTally;
  }

  /** Many runs in short, by their ids. */
  async inShort(runIds: readonly string[]): Promise<ReadonlyMap<string, RunInShort>> {
    const rows = await this.#store.query<RunInShort & { id: string }>(
      `select id, execution_on as "executionOn", (select count(*) from payment_run_rows where run_id = id and verdict = 'ok' and result is distinct from 'dropped') as count
       from payment_runs where id = any($1)`, [runIds]);
    return new Map(rows.map(({ id, ...run }) => [id, run]));
  }

  /** A run's rows by their verdict at its preparation. */
  async counts(runId: string): Promise<{ readonly ok: number; readonly blocked: number }> {
    const [counts] = await this.#store.query<{ ok: number; blocked: number }>(
      `select count(*) filter (where verdict = 'ok') as ok, count(*) filter (where verdict = 'blocked') as blocked from payment_run_rows where run_id = $1`, [runId]);
    return counts as { ok: number; blocked: number };
  }

  /** The runs of a round that hold payments and have no file. */
  async holding(cycleId: string): Promise<readonly string[]> {
    const rows = await this.#store.query<{ id: string }>(
      `select id from payment_runs where cycle_id = $1 and not exists (select 1 from payment_files f where f.run_id = id)
         and exists (select 1 from payment_run_rows r where r.run_id = id and ${LIVE})`, [cycleId]);
    return rows.map(({ id }) => id);
  }

  /** Which of these payments live in a run, and in which; `letGo` are runs whose rows are free although nobody has written that down yet. */
  async liveIn(endToEndIds: readonly string[], letGo: readonly string[] = []): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#store.query<{ endToEndId: string; runId: string }>(
      `select end_to_end_id as "endToEndId", run_id as "runId" from payment_run_rows r where end_to_end_id = any($1) and run_id <> all($2) and ${LIVE}`, [endToEndIds, letGo]);
    return new Map(rows.map(({ endToEndId, runId }) => [endToEndId, runId]));
  }

  /** How many orders each of these instalments has had: its next one is one more. */
  async ordersSoFar(caseIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#store.query<{ caseId: string; count: number }>(
      'select case_id as "caseId", count(*) as count from payment_orders where case_id = any($1) group by case_id', [caseIds]);
    return new Map(rows.map(({ caseId, count }) => [caseId, count]));
  }

  /** Which of these instalments have an order that will not be written, and why: they are recalled, or certified anew once another payee holds. */
  ordersGivenUp(caseIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return givenUpLast(this.#store, 'payouts', caseIds);
  }

  /** Orders that were written, are in no run (but in those that `letGo`), were not replaced and did not go out before a restore, the oldest first: authorised one by one, they wait for a file. */
  async ordersWithoutRun(cycleId: string, limit: number, letGo: readonly string[] = []): Promise<PaymentOrder[]> {
    return this.#store.query<PaymentOrder>(
      `select ${COLUMNS} from payment_orders o where cycle_id = $1 and not exists (
         select 1 from payment_run_rows r where r.end_to_end_id = o.end_to_end_id and r.run_id <> all($2) and ${LIVE})
         and not exists (select 1 from payment_orders later where later.case_id = o.case_id and later.sequence > o.sequence)
         and not exists (select 1 from payments_gone_out g where g.end_to_end_id = o.end_to_end_id)
       order by id limit $3`, [cycleId, letGo, limit]);
  }

  /** Rows of runs without a file (but of those that `letGo`), by position, whose order is written and was not replaced: whoever prepares another run sees where they are. */
  orderedInRuns(cycleId: string, limit: number, letGo: readonly string[] = []): Promise<RunRow[]> {
    return this.#store.query<RunRow>(
      `select ${SEEN} from payment_run_rows r join payment_runs on payment_runs.id = r.run_id join payment_orders o on o.end_to_end_id = r.end_to_end_id
       where payment_runs.cycle_id = $1 and r.run_id <> all($2) and ${LIVE}
         and not exists (select 1 from payment_files f where f.run_id = r.run_id)
         and not exists (select 1 from payment_orders later where later.case_id = o.case_id and later.sequence > o.sequence)
       order by r.run_id, r.position limit $3`, [cycleId, letGo, limit]);
  }

  /** The orders of these payments, by EndToEndId. */
  async orders(endToEndIds: readonly string[]): Promise<ReadonlyMap<string, PaymentOrder>> {
    const rows = await this.#store.query<PaymentOrder>(`select ${COLUMNS} from payment_orders where end_to_end_id = any($1)`, [endToEndIds]);
    return new Map(rows.map((order) => [order.endToEndId, order]));
  }

  /** What a run's file is written from, in the order of its rows. */
  ordersOf(runner: Runner, runId: string): Promise<PaymentOrder[]> {
    return runner.query<PaymentOrder>(
      `with ordered as (select ${COLUMNS} from payment_orders where id in (select order_id from payment_run_rows where run_id = $1))
       select o.* from payment_run_rows r join ordered o on o.id = r.order_id where r.run_id = $1 order by r.position`, [runId]);
  }
}
