import { casesTables } from '#cases';
import { filesTables } from '#files';
import { identityTables } from '#identity';
import { ledgerTables } from '#ledger';
import { lettersTables } from '#letters';
import { paymentsTables } from '#payments';
import { storeTables, type Tables } from '#store';
import { AnswersAreConfirmed1790000001304 } from './confirmations.migration.ts';
import { EntriesFindFamilies1790000001202 } from './families.migration.ts';
import { ImportersAreApart1790000001306 } from './importers-apart.migration.ts';
import { SignaturesStand1790000001303 } from './signatures-stand.migration.ts';
import { OrdersAreSigned1790000001301 } from './signatures.migration.ts';

/** What spans several libs; no entity maps it. */
const acrossTables: Tables = {
  entities: [],
  migrations: [EntriesFindFamilies1790000001202, OrdersAreSigned1790000001301, SignaturesStand1790000001303, AnswersAreConfirmed1790000001304, ImportersAreApart1790000001306],
};

/** The tables of every lib: what migrations make and the data source knows. */
export const allTables: readonly Tables[] = [storeTables, ledgerTables, identityTables, casesTables, lettersTables, filesTables, paymentsTables, acrossTables];
