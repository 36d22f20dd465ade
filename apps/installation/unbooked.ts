import type { BankList } from '#payments';
import type { Store } from '#store';
import type { PaymentAnswers } from './payment-answers.ts';

/** A payment that the bank reports as executed and that the books do not show as paid. Money in cents. */
export interface Unbooked {
  readonly caseId: string;
  readonly fileNumber: string;
  readonly endToEndId: string;
  readonly amountCents: number;
}

interface Told {
  readonly caseId: string;
  readonly endToEndId: string;
  readonly amountCents: number;
}

/** More messages that wait for a person nobody has left lying; the exceptions list them all. */
const MOST_WAITING = 1_000;

/** What the bank reports as executed beyond what is booked: debits that wait for a person, and doubts about what was said to be back. */
export class UnbookedPayments {
  constructor(private readonly store: Store, private readonly bank: BankList, private readonly answers: PaymentAnswers) {}

  /** Of a round, or of one family in it, as things are now; each reference once, with the larger of its sums. */
  async of({ cycleId, rootId }: { readonly cycleId: string; readonly rootId?: string | undefined }): Promise<readonly Unbooked[]> {
    const waiting = (await this.bank.exceptions({ limit: MOST_WAITING })).flatMap(({ answer, order, amountCents }): Told[] =>
      (answer === 'settled' && order !== null ? [{ caseId: order.caseId, endToEndId: order.endToEndId, amountCents: amountCents ?? order.amountCents }] : []));
    const doubted = await this.answers.list({ confirmed: false, codes: ['executedTold'], ...(rootId !== undefined && { caseIds: [rootId] }) });
    const told = [...doubted, ...waiting].toSorted((a, b) => b.amountCents - a.amountCents);
    const cases = await this.store.query<{ id: string; fileNumber: string }>(
      'select id, file_number as "fileNumber" from cases where id = any($1) and cycle_id = $2 and ($3::text is null or root_id = $3)', [told.map(({ caseId }) => caseId), cycleId, rootId ?? null]);
    const fileNumberOf = new Map(cases.map(({ id, fileNumber }) => [id, fileNumber]));
    const found = new Map<string, Unbooked>();
    for (const { caseId, endToEndId, amountCents } of told) {
      const fileNumber = fileNumberOf.get(caseId);
      if (fileNumber !== undefined && !found.has(endToEndId)) found.set(endToEndId, { caseId, fileNumber, endToEndId, amountCents });
    }
    return [...found.values()].toSorted((a, b) => (a.endToEndId < b.endToEndId ? -1 : 1));
  }
}
