import type { Command } from 'commander';
import { formatInstant, type Language } from '#calendar';
import { ApiClient } from './api.client.ts';
import type { Terminal } from './exit.ts';
import { apiOf } from './session.ts';

/** Adds the time machine of a demo. */
export function addClockCommand(program: Command, terminal: Terminal): void {
  program.command('clock [instant]').description('legal time; with an instant: move it there, and everything due until then happens (demo only)')
    .option('--api <url>', 'where the API is (default: HOST and PORT of the environment)')
    .action(async (instant: string | undefined, _: object, command: Command) => {
      const options = command.optsWithGlobals<{ api?: string; language: Language; json?: true }>();
      const client = new ApiClient(apiOf(options), options.language);
      const { body } = await client.send<{ now: string }>(instant === undefined ? { path: '/demo/clock' } : { method: 'PUT', path: '/demo/clock', body: { now: instant } });
      terminal.out(options.json ? JSON.stringify(body) : `${body.now}  ${formatInstant(body.now, options.language)} Berlin`);
    });
}
