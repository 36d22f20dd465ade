import type { Instant, Reason } from '#kernel';
import type { Runner } from '#store';

/** One case of a selection, as it was shown and as it went. */
export interface BulkRowView {
  readonly caseId: string;
  readonly fileNumber: string | null;
  readonly version: number | null;
  readonly amountCents: number;
  readonly allowed: boolean;
  readonly reasons: readonly Reason[];
  /** Null until the selection is confirmed; `pending` is what a confirmation has yet to reach. */
  readonly result: 'done' | 'refused' | 'pending' | null;
  readonly code: string | null;
  readonly state: string | null;
  readonly decidedAt: Instant | null;
}

/** A selection: what was shown, and what has become of every row of it. */
export interface BulkView {
  readonly token: string;
  readonly event: string;
  readonly createdAt: Instant;
  readonly confirmedAt: Instant | null;
  readonly rows: readonly BulkRowView[];
}

/** Reads a selection with its rows in the order in which they were asked for. */
export async function bulkView(runner: Runner, token: string): Promise<BulkView> {
  const [order] = await runner.query<Omit<BulkView, 'rows'>>(
    'select token, event, created_at as "createdAt", confirmed_at as "confirmedAt" from bulk_orders where token = $1', [token]);
  if (order === undefined) throw new Error(`the selection ${token} is gone`);
  const rows = await runner.query<BulkRowView>(
    `select case_id as "caseId", file_number as "fileNumber", case_version as version, amount_cents as "amountCents", allowed, reasons,
       case when $2 then coalesce(result, 'pending') end as result, code, state, decided_at as "decidedAt"
     from bulk_rows where token = $1 order by position`, [token, order.confirmedAt !== null]);
  return { ...order, rows };
}
