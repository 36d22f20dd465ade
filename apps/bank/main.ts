import { serve } from './counter.ts';

process.exitCode = await serve(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
