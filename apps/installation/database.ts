import { defaultDataFolder, findEmbedded, startEmbedded } from '#store';
import type { Config } from './config.ts';

/** The installation's PostgreSQL: the one it was told to use, or its own. */
export interface Database {
  readonly url: string;
  /** The folder of an embedded server; null for a server of somebody else. */
  readonly folder: string | null;
  /** Stops what was started for the caller. To be called when nothing uses the database any more. */
  readonly stop: () => Promise<void>;
}

const folderOf = async ({ dataFolder }: Config): Promise<string> => dataFolder ?? defaultDataFolder('.tranche');
const leaveAlone = async (): Promise<void> => undefined;

/**
 * For the process that runs the installation: `DATABASE_URL`, or the embedded server, held until `stop`.
 * @throws FolderHeld when another living process holds the folder
 */
export async function startDatabase(config: Config, onLost?: (error: Error) => void): Promise<Database> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, folder: null, stop: leaveAlone };
  const folder = await folderOf(config);
  return { folder, ...(await startEmbedded({ folder, ...(onLost === undefined ? {} : { onLost }) })) };
}

/** For a command beside it: the running server, or one that runs as long as the command does. */
export async function borrowDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== null) return startDatabase(config);
  const folder = await folderOf(config);
  const url = await findEmbedded({ folder });
  return url === null ? startDatabase(config) : { url, folder, stop: leaveAlone };
}
