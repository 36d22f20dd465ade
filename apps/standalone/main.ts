import 'reflect-metadata';
import { ConfigError, readConfig } from '#apps/installation';
import { FolderClosed, FolderHeld, Unavailable } from '#store';
import { PortTaken, startStandalone } from './standalone.ts';
import { welcome } from './welcome.ts';

/** What a person can mend is said in a sentence; anything else is a bug and shows where. */
function sentence(problem: unknown): string {
  if ([ConfigError, FolderClosed, FolderHeld, PortTaken, Unavailable].some((kind) => problem instanceof kind)) return (problem as Error).message;
  return problem instanceof Error ? problem.stack ?? problem.message : String(problem);
}

function fail(problem: unknown): void {
  process.stderr.write(`${sentence(problem)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig();
  const standalone = await startStandalone(config, fail);
  const stop = (): void => {
    process.stdout.write('stopping …\n');
    standalone.stop().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  process.stdout.write(await welcome(config, standalone));
}

main().catch(fail);
