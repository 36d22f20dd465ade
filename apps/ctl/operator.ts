import { borrowDatabase, type Config, openInstallation, readConfig } from '#apps/installation';
import type { Store } from '#store';
import type { Terminal } from './exit.ts';

/** What an operator's command works on. */
export interface Site {
  readonly config: Config;
  readonly url: string;
}

/** Gives a command the installation's database: the running one, or an embedded one for as long as the command takes. */
export async function withDatabase<T>({ environment }: Terminal, work: (site: Site) => Promise<T>): Promise<T> {
  const config = readConfig(environment);
  const { url, stop } = await borrowDatabase(config);
  try {
    return await work({ config, url });
  } finally {
    await stop();
  }
}

/** The same with an open store on a database that is migrated. */
export const withStore = <T>(terminal: Terminal, work: (site: Site & { readonly store: Store }) => Promise<T>): Promise<T> =>
  withDatabase(terminal, async (site) => {
    const store = await openInstallation(site.config, site.url);
    try {
      return await work({ ...site, store });
    } finally {
      await store.close();
    }
  });
