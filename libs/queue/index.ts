export { AlarmStock, alarmOf } from './alarm-stock.ts';
export { migrateQueue, QueueAway } from './backend.ts';
export type { QueueSettings } from './backend.ts';
export { Courier } from './courier.ts';
export type { AlarmToPublish } from './courier.ts';
export { QueueModule } from './queue.module.ts';
export type { QueueModuleOptions } from './queue.module.ts';
export { DEADLINE_JOBS, EFFECT_QUEUES, QUEUES, alarmJob, effectJob, jobIds } from './queues.ts';
export type { AlarmJob, EffectJob, EffectQueue, QueueName } from './queues.ts';
