import type { Tables } from '#store';
import { BudgetLine, LedgerEntry } from './entry.entity.ts';
import { Ledger1764000200000 } from './ledger.migration.ts';

export { ACCOUNTS, available, balances, openBudget, post, type Account, type Entry } from './ledger.ts';

/** What the ledger adds to the data source. */
export const ledgerTables: Tables = { entities: [BudgetLine, LedgerEntry], migrations: [Ledger1764000200000] };
