import type { Tables } from '#store';
import { storeTables } from '#store';
import { identityTables } from '#identity';
import { ledgerTables } from '#ledger';
import { lettersTables } from '#letters';

/** The tables of every lib: what migrations make and the data source knows. */
export const allTables: readonly Tables[] = [storeTables, ledgerTables, identityTables, lettersTables];
