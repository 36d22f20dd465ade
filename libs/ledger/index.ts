import type { Tables } from '#store';
import { OrdersAndClaims1790000001190 } from './accounts.migration.ts';
import { BudgetLine, LedgerEntry } from './entry.entity.ts';
import { EntriesHaveFamilies1790000001201, FamiliesAreCovered1790000001203 } from './families.migration.ts';
import { CreateLedger } from './ledger.migration.ts';

export { ACCOUNTS, available, balances, openBudget, post, type Account, type Entry } from './ledger.ts';
export {
  statement, statementEntries, statementPages, type Statement, type StatementBalances, type StatementEntry, type StatementFigures, type StatementPlace, type StatementScope,
} from './statement.ts';

/** What the ledger adds to the data source. */
export const ledgerTables: Tables = { entities: [BudgetLine, LedgerEntry], migrations: [CreateLedger, OrdersAndClaims1790000001190, EntriesHaveFamilies1790000001201, FamiliesAreCovered1790000001203] };
