export { ApiModule } from './api.module.ts';
export { apiOptions, configureApi } from './configure.ts';
export { createLog } from './log.ts';
