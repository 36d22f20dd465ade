import type { Tables } from '#store';
import { BankEntryRow, BankFileRow, BankOutcomeRow, BankResolutionRow } from './bank.entity.ts';
import { BankFiles1790000001100 } from './bank.migration.ts';
import { PaymentOrderRow } from './payment-order.entity.ts';
import { CreatePayments } from './payments.migration.ts';

export { BANK_QUEUE, type BankCounts, type BankEntryEffect, type BankImport } from './bank-import.ts';
export { judgeAnswer, type AnsweredOrder, type EarlierAnswer, type Verdict } from './bank-judgement.ts';
export { LARGEST_BANK_FILE } from './bank-message.bytes.ts';
export { readBankMessage, type BankAnswer, type BankEntry, type BankFileRefusal, type BankMessage, type BankMessageKind, type BankReading } from './bank-message.ts';
export { EXCEPTION_WORDS, FILE_WORDS, type ExceptionCode, type FileFault, type ResolveAction } from './bank-words.ts';
export { BankList, type BankPlace, type EntryStanding, type ListedEntry, type ListedFile } from './bank.list.ts';
export { BankService, type BankOutcome, type EntryResult, type EntryWork, type Resolution } from './bank.service.ts';
export { endToEndId } from './end-to-end-id.ts';
export { normaliseIban } from './payee.ts';
export { PaymentsModule } from './payments.module.ts';
export { PaymentsService, type PaymentOrder, type Payout, type PayoutRefusal } from './payments.service.ts';

/** What payments add to the data source. */
export const paymentsTables: Tables = { entities: [PaymentOrderRow, BankFileRow, BankEntryRow, BankOutcomeRow, BankResolutionRow], migrations: [CreatePayments, BankFiles1790000001100] };
