import { createHash } from 'node:crypto';
import { Bank } from '#apps/bank';
import { BankList, BankService, readBankMessage } from '#payments';
import type { Store } from '#store';
import type { Cashier } from './cashier.ts';

/** What the bank has to say of what was asked for: what it never paid, and what it was asked to pay twice. */
export interface BankTruth {
  readonly payments: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly paidCents: bigint;
  /** What the house's own ledger says was paid. */
  readonly bookedCents: bigint;
}

/** The way between the house and its bank: files out, answers in, each once; the bank keeps books of its own. */
export class BankDesk {
  readonly bank: Bank;
  readonly #service: BankService;
  readonly #delivered = new Set<string>();

  constructor(private readonly store: Store, private readonly cashier: Cashier, seed: number) {
    // Everything is paid on its day; what is said is said twice and in another order.
    this.bank = new Bank({ seed, script: { otherwise: {}, notify: true, repeat: true, shuffle: true } });
    this.#service = new BankService(store, new BankList(store));
  }

  /** Takes new files to the bank, and its answers home. */
  async walk(runs: readonly string[]): Promise<void> {
    for (const runId of runs.filter((id) => !this.#delivered.has(id))) {
      const file = await this.cashier.file(runId);
      if (file === null) continue;
      const { accepted, refused } = this.bank.receive(file.bytes);
      if (accepted !== file.count) throw new Error(`the bank refuses ${refused.join(', ')} of ${file.messageId}`);
      this.#delivered.add(runId);
    }
    for (const { name, xml } of this.bank.answers()) await this.take(name, Buffer.from(xml));
  }

  /** Holds the bank's books against every order of the house. */
  async truth(): Promise<BankTruth> {
    const orders = await this.store.query<{ id: string; cents: number }>('select end_to_end_id as id, amount_cents as cents from payment_orders');
    const { payments, doubled, paidCents } = this.bank.ledger();
    const paid = new Map(payments.map(({ endToEndId, debitedCents }) => [endToEndId, debitedCents]));
    const [booked] = await this.store.query<{ cents: number }>(`select coalesce(sum(ledger_balance(cycle_id, 'paid')), 0)::bigint as cents from budget_lines`);
    return { payments: payments.length, lost: orders.filter(({ id, cents }) => paid.get(id) !== BigInt(cents)).map(({ id }) => id), doubled, paidCents, bookedCents: BigInt(booked?.cents ?? 0) };
  }

  /** Takes one answer home. */
  async take(name: string, bytes: Buffer): Promise<void> {
    const read = readBankMessage(bytes);
    if (!read.ok) throw new Error(`${name} is not readable: ${read.refusal.code}`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const outcome = await this.#service.import({ message: read.message, bytes, sha256 }, { actor: 'certifier1', key: `${name}-${sha256.slice(0, 12)}`, route: 'POST /bank-files', bodyHash: sha256 });
    if (!outcome.ok) throw new Error(`${name} is refused: ${JSON.stringify(outcome)}`);
    this.store.committed();
  }
}
