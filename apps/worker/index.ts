export { ReconcilerService } from './reconciler.service.ts';
export { WorkerModule } from './worker.module.ts';
export { WorkerSettings } from './worker.settings.ts';
