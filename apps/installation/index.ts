export { type Config, ConfigError, readConfig } from './config.ts';
export { borrowDatabase, type Database, startDatabase } from './database.ts';
export { demoCycle, demoOrganisations, demoPeople, seedDemo } from './demo-agency.ts';
export { Installation, InstallationModule } from './installation.module.ts';
export { FILES, type LoadProblem } from './load.files.ts';
export { load, type LoadOptions, type LoadReport } from './load.ts';
export { migrateInstallation, openInstallation, prepare, seedInstallation } from './prepare.ts';
export { openRound, type Round } from './round.ts';
export { allTables } from './tables.ts';
