import type { Tables } from '#store';
import { BankEntryRow, BankFileRow, BankOutcomeRow, BankResolutionRow } from './bank.entity.ts';
import { EntriesByAmount1790000001102 } from './bank-amounts.migration.ts';
import { BankFiles1790000001100 } from './bank.migration.ts';
import { EntriesByReference1790000001101 } from './bank-references.migration.ts';
import { PaymentOrderRow } from './payment-order.entity.ts';
import { PaymentFreeze, PaymentGoneOut, PaymentOrigin } from './freeze.entity.ts';
import { FreezesAreKept1790000001003 } from './freeze-kept.migration.ts';
import { FreezePayments1790000001001 } from './freeze.migration.ts';
import { PaymentFile } from './payment-file.entity.ts';
import { CreatePayments } from './payments.migration.ts';
import { PaymentRun } from './run.entity.ts';
import { PaymentRunRow } from './run-row.entity.ts';
import { RunsLetGo1790000001002 } from './runs-let-go.migration.ts';
import { PaymentRuns1790000001000 } from './runs.migration.ts';

export { BANK_QUEUE, type BankCounts, type BankEntryEffect, type BankImport } from './bank-import.ts';
export { takeTurns } from './bank-import.ts';
export { creditedFor, creditsOf, debitsOf, saidOf, valueDateOf } from './bank-said.ts';
export { judgeAnswer, type AnsweredOrder, type EarlierAnswer, type Verdict } from './bank-judgement.ts';
export { LARGEST_BANK_FILE } from './bank-message.bytes.ts';
export { readBankMessage, type BankAnswer, type BankEntry, type BankFileRefusal, type BankMessage, type BankMessageKind, type BankReading } from './bank-message.ts';
export { EXCEPTION_WORDS, FILE_WORDS, type ExceptionCode, type FileFault, type ResolveAction } from './bank-words.ts';
export { BankList, type BankPlace, type EntryStanding, type ListedEntry, type ListedFile } from './bank.list.ts';
export { BankService, type BankOutcome, type EntryResult, type EntryWork, type Resolution } from './bank.service.ts';
export { coverSheetText, type CoverSheet } from './cover-sheet.ts';
export { checkOrder, checkTransfers, creditTransferXml, PAIN_001, type CreditTransferFile, type Transfer } from './credit-transfer.ts';
export { checkCreditTransferXml, type ProfileFault } from './credit-transfer.profile.ts';
export { endToEndId } from './end-to-end-id.ts';
export { FREEZE_QUEUE, FreezeService, type Freeze, type FreezeEffect } from './freeze.service.ts';
export { normaliseIban } from './iban.ts';
export { fileOf, keepFile, type StoredFile } from './payment-files.ts';
export { PaymentsModule } from './payments.module.ts';
export { PaymentsService, type PaymentOrder, type Payout, type PayoutRefusal } from './payments.service.ts';
export { RunsService, type DecidedRow, type OrderedIn, type Payer, type PreparedRun, type RowReason, type RunRow, type RunResult, type RunTally } from './runs.service.ts';
export { faultLine, faultTold, type TransferFault } from './transfer-words.ts';

/** What payments add to the data source. */
export const paymentsTables: Tables = {
  entities: [PaymentOrderRow, PaymentRun, PaymentRunRow, PaymentFile, PaymentOrigin, PaymentFreeze, PaymentGoneOut, BankFileRow, BankEntryRow, BankOutcomeRow, BankResolutionRow],
  migrations: [
    CreatePayments, PaymentRuns1790000001000, FreezePayments1790000001001, RunsLetGo1790000001002, FreezesAreKept1790000001003, BankFiles1790000001100, EntriesByReference1790000001101, EntriesByAmount1790000001102,
  ],
};
