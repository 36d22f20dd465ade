import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { advance } from './advance.bench.ts';
import type { Bench } from './bench.ts';
import { clocks } from './clocks.bench.ts';
import { payments } from './payments.bench.ts';
import { startup } from './startup.bench.ts';

const BENCHES: { readonly [name: string]: Bench } = { advance, clocks, payments, startup };

const USAGE = `npm run bench -- NAME [--rounds N] [--seconds N]

${Object.entries(BENCHES).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`).join('\n')}

  --rounds   how often everybody is measured, at least 5 (default 5)
  --seconds  how long one measurement takes (default 4)

Progress on stderr; a table and the figures on stdout. Exit 1 when a floor is missed, 2 on wrong usage.`;

async function main(): Promise<number> {
  const { values, positionals: [name, ...more] } = parseArgs({
    allowPositionals: true, options: { help: { type: 'boolean', short: 'h' }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' } },
  });
  const bench = name === undefined || more.length > 0 ? undefined : BENCHES[name];
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  if (!bench || !Number.isInteger(rounds) || rounds < 5 || !(seconds > 0)) {
    console.error(USAGE);
    return 2;
  }
  const verdict = await bench.run({ rounds, seconds });
  console.log(verdict.table);
  console.log(`bench ${name}: ${verdict.figures}`);
  return verdict.passed ? 0 : 1;
}

process.exit(await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
}));
