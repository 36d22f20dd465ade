import type { Tables } from './data-source.ts';
import { InstallationRow } from './installation.entity.ts';
import { OutboxRow } from './outbox.entity.ts';
import { AgeOfEffects1790000001500 } from './put-at.migration.ts';
import { RequestKeyRow } from './request-key.entity.ts';
import { SpokenEffects1790000000900 } from './spoken.migration.ts';
import { CreateStore } from './store.migration.ts';
import { WakeUpReportRow } from './wake-up-report.entity.ts';
import { ReportWakeUps1790000000802 } from './wake-up-report.migration.ts';
import { RebuildWakeUps1790000000701 } from './wake-ups.migration.ts';

/** The store's own tables. */
export const storeTables: Tables = { entities: [InstallationRow, OutboxRow, RequestKeyRow, WakeUpReportRow], migrations: [CreateStore, RebuildWakeUps1790000000701, ReportWakeUps1790000000802, SpokenEffects1790000000900, AgeOfEffects1790000001500] };
