export { WorkerModule } from './worker.module.ts';
export { WorkerSettings } from './worker.settings.ts';
