import type { Command } from 'commander';
import { formatInstant } from '#calendar';
import type { Terminal } from './exit.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';

/** Whoever is signed in may move a demo's clock; somebody has to be. */
const MOVER = 'admin1';

/** Adds the time machine of a demo. */
export function addClockCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('clock [instant]').description('legal time; with an instant: move it there, and everything due until then happens (demo only)'))
    .action(async (instant: string | undefined, _: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open({ ...options, as: options.as ?? MOVER }, terminal);
      const { body } = await session.send<{ now: string }>(instant === undefined ? { path: '/demo/clock' } : { method: 'PUT', path: '/demo/clock', body: { now: instant } });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : `${body.now}  (${formatInstant(body.now, options.language)} Berlin)`);
    });
}
