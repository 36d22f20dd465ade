import type { Cents } from '#money';
import type { Runner, Tx } from '#store';

/** A file of credit transfers: what it says of itself, and its bytes. The sum in cents, the hash SHA-256 in hex. */
export interface StoredFile {
  readonly runId: string;
  readonly messageId: string;
  readonly count: number;
  readonly sumCents: Cents;
  readonly sha256: string;
  readonly bytes: Buffer;
  readonly createdAt: string;
}

/** Keeps a run's file, in the transaction that says the run is exported. Throws 23505 when the run has one. */
export async function keepFile(tx: Tx, { runId, messageId, count, sumCents, sha256, bytes }: Omit<StoredFile, 'createdAt'>): Promise<void> {
  await tx.query(
    'insert into payment_files (run_id, message_id, count, sum_cents, sha256, bytes, created_at) values ($1, $2, $3, $4, $5, $6, tranche_now())',
    [runId, messageId, count, sumCents, sha256, bytes]);
}

/** A run's file, or null while there is none. */
export async function fileOf(runner: Runner, runId: string): Promise<StoredFile | null> {
  const [file] = await runner.query<StoredFile>(
    `select run_id as "runId", message_id as "messageId", count, sum_cents as "sumCents", sha256, bytes, created_at as "createdAt"
     from payment_files where run_id = $1`, [runId]);
  return file ?? null;
}
