import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { allTables } from '#apps/installation';
import { migrate, openStore } from '#store';
import { startServer } from '#test/ground';
import { chaos, chaosTable, doubledIn, lostIn } from './chaos.ts';
import { siteOn } from './place.ts';

const USAGE = `npm run chaos -- [--kills N] [--seed N] [--redis]

Lives through a funding year whose workers are killed at random moments (kill -9), while finance pays by payment runs and
a simulated bank, with books of its own, answers by files. Prints a table and a last line. On a throwaway PostgreSQL; with
--redis the queues live on a redis-server of its own. Exit 1 when something was lost or doubled, 2 on wrong usage.`;

const CASES = 40;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, kills: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' }, redis: { type: 'boolean', default: false } } });
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  if (!Number.isInteger(kills) || kills < 2 || !Number.isInteger(seed)) {
    console.error(USAGE);
    return 2;
  }
  const server = await startServer();
  try {
    const url = await server.database('chaos');
    await migrate(url, allTables);
    const store = await openStore(url, allTables, { applicationName: 'chaos' });
    const site = await siteOn({ url, store, drop: () => store.close(), redis: values.redis === true });
    try {
      const wanted = { kills, cases: CASES, seed };
      const aftermath = await chaos(site, wanted);
      console.log(chaosTable(wanted, aftermath));
      const [lost, doubled, broken] = [lostIn(aftermath), doubledIn(aftermath), aftermath.account.breaches.length];
      console.log(`chaos: ${kills} kills, ${aftermath.bank.payments} payments, ${lost} lost, ${doubled} doubled`);
      return lost + doubled + broken === 0 ? 0 : 1;
    } finally {
      await site.close();
    }
  } finally {
    await server.stop();
  }
}

process.exit(await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
}));
