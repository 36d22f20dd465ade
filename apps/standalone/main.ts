import 'reflect-metadata';
import { readConfig, sentenceOf } from '#apps/installation';
import { startStandalone } from './standalone.ts';
import { welcome } from './welcome.ts';

function fail(problem: unknown): void {
  process.stderr.write(`${sentenceOf(problem)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig();
  const standalone = await startStandalone(config, fail);
  let stopping = false;
  const stop = (): void => {
    // npm passes on what the terminal has sent already, and people press twice: dying now would leave the database running.
    if (stopping) return;
    stopping = true;
    process.stdout.write('stopping …\n');
    standalone.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.stdout.write(await welcome(config, standalone));
}

main().catch(fail);
