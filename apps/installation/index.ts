export { type Config, ConfigError, readConfig } from './config.ts';
export { allTables } from './tables.ts';
