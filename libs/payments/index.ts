import type { Tables } from '#store';
import { PaymentOrderRow } from './payment-order.entity.ts';
import { PaymentFile } from './payment-file.entity.ts';
import { CreatePayments } from './payments.migration.ts';
import { PaymentRun } from './run.entity.ts';
import { PaymentRunRow } from './run-row.entity.ts';
import { PaymentRuns1790000001000 } from './runs.migration.ts';

export { checkTransfers, creditTransferXml, checkCreditTransferXml } from './credit-transfer.ts';
export { endToEndId } from './end-to-end-id.ts';
export { normaliseHolder, normaliseIban } from './payee.ts';
export { fileOf, keepFile, type StoredFile } from './payment-files.ts';
export { PaymentsModule } from './payments.module.ts';
export { PaymentsService, type PaymentOrder, type Payout, type PayoutRefusal } from './payments.service.ts';
export { RunsService, type DecidedRow, type Payer, type PreparedRun, type RowReason, type RunRow, type RunResult, type RunTally } from './runs.service.ts';

/** What payments add to the data source. */
export const paymentsTables: Tables = { entities: [PaymentOrderRow, PaymentRun, PaymentRunRow, PaymentFile], migrations: [CreatePayments, PaymentRuns1790000001000] };
