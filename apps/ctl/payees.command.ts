import type { Command } from 'commander';
import type { PayeeFlag } from '#apps/installation';
import type { Terminal } from './exit.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';

/** Adds the command that tells what stands out about payees. */
export function addPayeesCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('payees [case]').description('one IBAN for two municipalities, and account holders that look alike, over all cases or where one is concerned'))
    .action(async (id: string | undefined, _: object, command: Command) => {
      const options: PersonOptions = command.optsWithGlobals();
      const session = await Session.open(options, terminal);
      const { body } = await session.send<{ readonly items: readonly PayeeFlag[] }>({ path: `/payee-flags${id === undefined ? '' : `?case=${await session.idOf(id)}`}` });
      const inWords = ({ text, places }: PayeeFlag): string => [text[session.language], ...places.map(({ fileNumber, applicant, holder, ibanEnding }) => `  ${fileNumber}  ${applicant.name}  ${holder}  ••${ibanEnding}`)].join('\n');
      terminal.out(options.json ? JSON.stringify(body, null, 2) : body.items.length === 0 ? { de: 'Nichts ist auffällig', en: 'nothing stands out' }[session.language] : body.items.map(inWords).join('\n'));
    });
}
