import { run } from './program.ts';

// `ctl cases | head` closes the pipe early, which is nobody's mistake.
process.stdout.on('error', () => process.exit());

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
