export { legalTime, moveClock, rebuildWakeUps, settleMode, wakeUpEpoch, type Mode } from './clock.ts';
export { armCrash, CRASH_POINTS, crashPoint, type CrashPoint } from './crash.ts';
export { createDataSource, openStore, type DataSourceOptions, type Tables } from './data-source.ts';
export { schemaDrift } from './drift.ts';
export { defaultDataFolder } from './embedded.account.ts';
export { FolderClosed } from './embedded.server.ts';
export { type Embedded, type EmbeddedOptions, findEmbedded, FolderHeld, startEmbedded } from './embedded.ts';
export { InstallationRow } from './installation.entity.ts';
export { migrate } from './migrate.ts';
export {
  claimEffects, deferEffect, dismissFailed, failEffect, finishEffect, finishEffects, givenUpLast, isNewest, listFailed, listOverdue, openEffects, pendingEffects, putEffects, republish, resumeEffects, retryEffect,
  takeEffect,
  type ClaimedEffect, type EffectOrder, type FailedEffect, type OverdueEffect,
} from './outbox.ts';
export { OutboxRow } from './outbox.entity.ts';
export { RequestKeyRow } from './request-key.entity.ts';
export { awaitKey, claimKey, forgetKeys, keepAnswer, type KeyClaim, type RequestKey } from './request-keys.ts';
export { Store, type Runner, type Tx } from './store.ts';
export { storeTables } from './tables.ts';
export { asUnavailable, isOutage, sqlState, Unavailable } from './unavailable.ts';
export { claimComparison, lastWakeUpReport, realTime, reportWakeUps, type WakeUpFindings, type WakeUpReport } from './wake-up-report.ts';
export { type Instant } from './wire.ts';
