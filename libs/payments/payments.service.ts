import { Injectable } from '@nestjs/common';
import { isLegible, LONGEST, normaliseHolder, normaliseLine } from '#latin';
import type { Cents } from '#money';
import { Store, type Tx } from '#store';
import { endToEndId } from './end-to-end-id.ts';
import { normaliseIban } from './iban.ts';

/** What is to be paid for one effect of one instalment. */
export interface Payout {
  readonly effectId: number;
  /** The instalment's case. */
  readonly caseId: string;
  /** The application's file number and the instalment's number: they make the EndToEndId. */
  readonly fileNumber: string;
  readonly number: number;
  readonly cycleId: string;
  readonly amountCents: Cents;
  readonly holder: string;
  readonly iban: string;
  readonly purpose: string;
}

/** An order as it is stored, for ever. */
export interface PaymentOrder {
  readonly id: number;
  readonly effectId: number;
  readonly caseId: string;
  readonly sequence: number;
  readonly endToEndId: string;
  readonly cycleId: string;
  readonly amountCents: Cents;
  readonly holder: string;
  readonly iban: string;
  readonly purpose: string;
  readonly createdAt: string;
}

/** Why an order was not written; a person has to look at the payee or the amount. */
export interface PayoutRefusal {
  readonly code: 'amountPositive' | 'ibanValid' | 'holderValid' | 'holderFits' | 'purposeValid';
}

/** A payment order as `PaymentOrder` names its columns. */
export const COLUMNS = `id, effect_id as "effectId", case_id as "caseId", sequence, end_to_end_id as "endToEndId", cycle_id as "cycleId",
  amount_cents as "amountCents", holder, iban, purpose, created_at as "createdAt"`;

/** Writes payment orders, each once. */
@Injectable()
export class PaymentsService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Writes the order of an effect and returns it; the same effect again returns the stored order unchanged. An
   * instalment that came back and was authorised anew is a new effect and gets the next sequence and a new EndToEndId.
   * Throws when the effect's order says something else than `payout` (a bug), and 23505 when two effects of one case
   * collide (retry).
   */
  async order(tx: Tx, payout: Payout): Promise<PaymentOrder | PayoutRefusal> {
    const wanted = checked(payout);
    if ('code' in wanted) return wanted;
    const [stored] = await tx.query<PaymentOrder>(`select ${COLUMNS} from payment_orders where effect_id = $1`, [wanted.effectId]);
    const order = stored ?? await this.#write(tx, wanted);
    const same = (['caseId', 'cycleId', 'amountCents', 'holder', 'iban', 'purpose'] as const).every((field) => order[field] === wanted[field]);
    if (!same) throw new Error(`effect ${wanted.effectId} was already ordered as ${order.endToEndId} with other words`);
    return order;
  }

  /** All orders of an instalment's case, in order of sequence. */
  ordersOf(caseId: string): Promise<PaymentOrder[]> {
    return this.#store.query<PaymentOrder>(`select ${COLUMNS} from payment_orders where case_id = $1 order by sequence`, [caseId]);
  }

  async #write(tx: Tx, wanted: Payout): Promise<PaymentOrder> {
    const [last] = await tx.query<{ sequence: number }>(
      'select coalesce(max(sequence), 0) as sequence from payment_orders where case_id = $1', [wanted.caseId]);
    const sequence = (last?.sequence ?? 0) + 1;
    const [order] = await tx.query<PaymentOrder>(
      `insert into payment_orders (effect_id, case_id, sequence, end_to_end_id, cycle_id, amount_cents, holder, iban, purpose, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, tranche_now()) returning ${COLUMNS}`,
      [wanted.effectId, wanted.caseId, sequence, endToEndId(wanted.fileNumber, wanted.number, sequence), wanted.cycleId,
        wanted.amountCents, wanted.holder, wanted.iban, wanted.purpose],
    );
    return order as PaymentOrder;
  }
}

/** The payout with its words as banks take them, or the first thing wrong with it. */
function checked(payout: Payout): Payout | PayoutRefusal {
  if (payout.amountCents <= 0) return { code: 'amountPositive' };
  const iban = normaliseIban(payout.iban);
  if (iban === null) return { code: 'ibanValid' };
  const holder = normaliseHolder(payout.holder);
  if (holder === null) return { code: isLegible(payout.holder) ? 'holderFits' : 'holderValid' };
  const purpose = normaliseLine(payout.purpose, LONGEST.purpose);
  if (purpose === null) return { code: 'purposeValid' };
  return { ...payout, iban, holder, purpose };
}
