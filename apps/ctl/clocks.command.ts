import type { Command } from 'commander';
import type { Terminal } from './exit.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';

/** Adds the commands about what wakes the clocks up. */
export function addClocksCommands(program: Command, terminal: Terminal): void {
  const clocks = program.command('clocks').description('what wakes the clocks up: `rebuild` restores it');
  forPerson(clocks.command('rebuild').description('have every wake-up restored from the clocks, whatever the queue holds (administrator)'))
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      const { body } = await session.send<{ readonly rebuild: number }>({ method: 'POST', path: '/clocks/rebuild' });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : `rebuild ${body.rebuild}: the worker restores every wake-up as soon as its queue answers`);
    });
}
