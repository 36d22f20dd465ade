import type { Tables } from '#store';
import { OrdersAndClaims1790000001190 } from './accounts.migration.ts';
import { BudgetLine, LedgerEntry } from './entry.entity.ts';
import { CreateLedger } from './ledger.migration.ts';

export { ACCOUNTS, available, balances, openBudget, post, type Account, type Entry } from './ledger.ts';

/** What the ledger adds to the data source. */
export const ledgerTables: Tables = { entities: [BudgetLine, LedgerEntry], migrations: [CreateLedger, OrdersAndClaims1790000001190] };
