import type { Tables } from '#store';
import { PaymentOrderRow } from './payment-order.entity.ts';
import { PaymentFreeze, PaymentGoneOut, PaymentOrigin } from './freeze.entity.ts';
import { FreezePayments1790000001001 } from './freeze.migration.ts';
import { PaymentFile } from './payment-file.entity.ts';
import { CreatePayments } from './payments.migration.ts';
import { PaymentRun } from './run.entity.ts';
import { PaymentRunRow } from './run-row.entity.ts';
import { PaymentRuns1790000001000 } from './runs.migration.ts';

export { coverSheetText, type CoverSheet } from './cover-sheet.ts';
export { checkTransfers, creditTransferXml, PAIN_001, type CreditTransferFile, type Transfer, type TransferFault } from './credit-transfer.ts';
export { checkCreditTransferXml, type ProfileFault } from './credit-transfer.profile.ts';
export { endToEndId } from './end-to-end-id.ts';
export { FreezeService, type Freeze } from './freeze.service.ts';
export { toSepa } from './latin.ts';
export { normaliseHolder, normaliseIban } from './payee.ts';
export { fileOf, keepFile, type StoredFile } from './payment-files.ts';
export { PaymentsModule } from './payments.module.ts';
export { PaymentsService, type PaymentOrder, type Payout, type PayoutRefusal } from './payments.service.ts';
export { RunsService, type DecidedRow, type Payer, type PreparedRun, type RowReason, type RunRow, type RunResult, type RunTally } from './runs.service.ts';

/** What payments add to the data source. */
export const paymentsTables: Tables = { entities: [PaymentOrderRow, PaymentRun, PaymentRunRow, PaymentFile, PaymentOrigin, PaymentFreeze, PaymentGoneOut], migrations: [CreatePayments, PaymentRuns1790000001000, FreezePayments1790000001001] };
