import type { Tables } from '#store';
import { PaymentOrderRow } from './payment-order.entity.ts';
import { CreatePayments } from './payments.migration.ts';

export { LARGEST_BANK_FILE } from './bank-message.bytes.ts';
export { readBankMessage, type BankAnswer, type BankEntry, type BankFileRefusal, type BankMessage, type BankMessageKind, type BankReading } from './bank-message.ts';
export { EXCEPTION_WORDS, FILE_WORDS, type ExceptionCode, type FileFault, type ResolveAction } from './bank-words.ts';
export { endToEndId } from './end-to-end-id.ts';
export { normaliseIban } from './payee.ts';
export { PaymentsModule } from './payments.module.ts';
export { PaymentsService, type PaymentOrder, type Payout, type PayoutRefusal } from './payments.service.ts';

/** What payments add to the data source. */
export const paymentsTables: Tables = { entities: [PaymentOrderRow], migrations: [CreatePayments] };
