import './source.mjs';
import { existsSync, readdirSync } from 'node:fs';

/** Jest calls this once before all test files. Jest does not compile what it calls here, hence the detour over the loader. */
export default async function setup() {
  const { startServers } = await import('./servers.ts');
  globalThis.trancheServers = await startServers(await tables());
}

async function tables() {
  const root = new URL('../../', import.meta.url);
  if (existsSync(new URL('apps/installation/index.ts', root))) {
    try {
      return (await import('#apps/installation')).allTables;
    } catch (error) {
      console.error(`apps/installation does not load, its list of tables is guessed: ${error.message}`);
    }
  }
  const found = [];
  for (const lib of readdirSync(new URL('libs', root)).sort()) {
    const door = new URL(`libs/${lib}/index.ts`, root);
    if (!existsSync(door)) continue;
    try {
      for (const [name, value] of Object.entries(await import(door.href))) if (name.endsWith('Tables')) found.push(value);
    } catch (error) {
      console.error(`libs/${lib} does not load, its tables are left out: ${error.message}`);
    }
  }
  return found;
}
