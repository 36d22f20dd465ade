import { Command, CommanderError, Option } from 'commander';
import { ConfigError } from '#apps/installation';
import type { Language } from '#calendar';
import { FolderClosed, FolderHeld, Unavailable } from '#store';
import { addAnswerCommands } from './answers.commands.ts';
import { addBankCommands } from './bank.commands.ts';
import { addBulkCommands } from './bulk.commands.ts';
import { addClockCommand } from './clock.command.ts';
import { addClocksCommands } from './clocks.command.ts';
import { addDeadlineCommands } from './deadlines.commands.ts';
import { addDoCommand } from './do.command.ts';
import { addExceptionsCommand } from './exceptions.command.ts';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { addFreezeCommand } from './freeze.command.ts';
import { addOperatorCommands } from './operator.commands.ts';
import { addPayeesCommand } from './payees.command.ts';
import { addReadingCommands } from './person.commands.ts';
import { addReadinessCommand } from './readiness.command.ts';
import { addReminderCommands } from './reminders.commands.ts';
import { addRoundCommands } from './rounds.commands.ts';
import { addRunCommands } from './runs.commands.ts';
import { addStatementCommand } from './statement.command.ts';
import { addSuppressionsCommand } from './suppressions.command.ts';
import { addWhyCommand } from './why.command.ts';

const HELP = `
A person's commands (cases show actions do why readiness payees timeline diagram cycles cycle cycle-open cycle-revise runs run run-preview run-prepare freeze statement reminders bulk bulk-preview bulk-confirm bulk-result deadlines register feed suppressions exceptions bank-import bank-entries bank-resolve payment-answers payment-confirm clock clocks) go over the public API.
Only migrate, load, seed, token, replay and verify open the database, as the environment describes it.

Exit codes: 0 done, 1 refused, 2 usage, 3 not reachable, 4 verification failed.`;

/** Everything `ctl` can do. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('ctl')
    .description('Tranche on the command line')
    .option('--json', 'print the answer as JSON')
    .addOption(new Option('--language <language>', 'of texts and dates').choices(['de', 'en']).default('de'))
    .addHelpText('after', HELP)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) });
  addReadingCommands(program, terminal);
  addDoCommand(program, terminal);
  addWhyCommand(program, terminal);
  addReadinessCommand(program, terminal);
  addPayeesCommand(program, terminal);
  addRoundCommands(program, terminal);
  addReminderCommands(program, terminal);
  addBulkCommands(program, terminal);
  addRunCommands(program, terminal);
  addFreezeCommand(program, terminal);
  addDeadlineCommands(program, terminal);
  addStatementCommand(program, terminal);
  addSuppressionsCommand(program, terminal);
  addExceptionsCommand(program, terminal);
  addBankCommands(program, terminal);
  addAnswerCommands(program, terminal);
  addClockCommand(program, terminal);
  addClocksCommands(program, terminal);
  addOperatorCommands(program, terminal);
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** Commands of commands speak to the same terminal, too. */
function inherit(command: Command, from: Command): void {
  command.copyInheritedSettings(from);
  for (const below of command.commands) inherit(below, command);
}

/** Runs one command line. @returns the exit code */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    const { code, message } = endOf(error, program.opts<{ readonly language: Language }>().language);
    if (message !== '') terminal.err(message);
    return code;
  }
}

function endOf(error: unknown, language: Language): { readonly code: number; readonly message: string } {
  if (error instanceof Exit) return { code: error.code, message: typeof error.told === 'string' ? error.told : error.told[language] };
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? EXIT.done : EXIT.usage, message: '' };
  if (error instanceof ConfigError) return { code: EXIT.usage, message: error.message };
  if (error instanceof Unavailable || error instanceof FolderHeld || error instanceof FolderClosed) return { code: EXIT.notReachable, message: `${{ de: 'Die Datenbank ist nicht erreichbar', en: 'the database is not reachable' }[language]}: ${error.message}` };
  throw error;
}
