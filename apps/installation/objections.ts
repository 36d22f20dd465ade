import { takeTurns, type BankList, type FreezeService, type RowReason } from '#payments';
import type { Tx } from '#store';
import { doubtOf, type PaymentAnswers } from './payment-answers.ts';
import { BANK_WAITING, GONE_OUT, REFERENCE_USED, worded } from './run.reasons.ts';

/** A payment as others speak of it: its instalment and its reference. */
export interface Spoken {
  readonly caseId: string;
  readonly endToEndId: string;
}

/**
 * What stands against a payment beside its instalment, which knows none of it: it went out before a restore, a message of
 * the bank waits, its reference was debited already, or one person alone said that money of its family came back. Asked by
 * the preview, again at each row of a released run, and in the transaction that writes the file.
 */
export class Objections {
  constructor(private readonly freezes: FreezeService, private readonly bank: BankList, private readonly answers: PaymentAnswers) {}

  /** Of each of these payments, those there are; asked in a transaction, nothing that the bank says overtakes the answer before it ends. */
  async to(payments: readonly Spoken[], tx?: Tx): Promise<(payment: Spoken) => readonly RowReason[]> {
    if (tx !== undefined) await takeTurns(tx);
    const [caseIds, references] = [payments.map(({ caseId }) => caseId), payments.map(({ endToEndId }) => endToEndId)];
    const gone = await this.freezes.goneOut(references, tx);
    const waiting = await this.bank.waiting({ caseIds, references }, tx);
    const used = new Set([...await this.bank.debited(references, tx), ...await this.answers.paidUnsent(references, tx)]);
    const untold = await this.answers.returnedUntold(caseIds, tx);
    return ({ caseId, endToEndId }) => {
      const doubted = untold.get(caseId);
      return [
        ...(gone.has(endToEndId) ? [GONE_OUT] : []), ...(doubted === undefined ? [] : worded([{ code: doubted.code, ...doubtOf(doubted) }])),
        ...(waiting.has(caseId) || waiting.has(endToEndId) ? [BANK_WAITING] : []), ...(used.has(endToEndId) ? [REFERENCE_USED] : []),
      ];
    };
  }
}
