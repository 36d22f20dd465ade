import type { Tables } from '#store';
import { PaymentOrderRow } from './payment-order.entity.ts';
import { CreatePayments } from './payments.migration.ts';

export { endToEndId } from './end-to-end-id.ts';
export { normaliseIban } from './payee.ts';
export { PaymentsModule } from './payments.module.ts';
export { PaymentsService, type PaymentOrder, type Payout, type PayoutRefusal } from './payments.service.ts';

/** What payments add to the data source. */
export const paymentsTables: Tables = { entities: [PaymentOrderRow], migrations: [CreatePayments] };
