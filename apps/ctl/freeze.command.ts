import type { Command } from 'commander';
import { formatInstant } from '#calendar';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { read } from './fields.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';

interface Freeze {
  readonly frozen: boolean;
  readonly freeze: { readonly reason: string; readonly account: string; readonly at: string } | null;
}

interface FreezeOptions extends PersonOptions {
  readonly reason?: string;
  readonly lift?: string;
  readonly goneOut?: string[];
  readonly none?: true;
  readonly strangers?: true;
}

const HELP = `
After a restore from a backup the database does not know what it paid since. Payments stand still until an authoriser has
said what went out, by naming the files that went to the bank, or that there were none:

  ctl freeze --as auditor1
  ctl freeze --reason "backup of 3 May copied back" --as certifier1
  ctl freeze --lift "checked against the bank's portal" --gone-out KIM-2028-Z0004.xml --as authoriser1
  ctl freeze --lift "nothing was sent since" --none --as authoriser1`;

/** Adds `freeze`: whether payments stand still, stopping them, and letting them go on. */
export function addFreezeCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('freeze').description('whether all payments stand still; stop them, or let them go on'))
    .option('--reason <text>', 'stop all payments, for this reason')
    .option('--lift <text>', 'let payments go on, for this reason')
    .option('--gone-out <file...>', 'with --lift: files that went to the bank and that this database may not know')
    .option('--none', 'with --lift: nothing went out that this database does not know')
    .option('--strangers', 'with --gone-out: also payments of cases that the backup does not know')
    .addHelpText('after', HELP)
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<FreezeOptions>();
      const order = await orderOf(options);
      const session = await Session.open(options, terminal);
      const { body } = await session.send<Freeze>(order);
      terminal.out(options.json ? JSON.stringify(body, null, 2) : words(body, session));
    });
}

async function orderOf({ reason, lift, goneOut, none, strangers }: FreezeOptions) {
  if (reason !== undefined) return { method: 'POST', path: '/payments/freeze', body: { reason } } as const;
  if (lift === undefined) return { path: '/payments/freeze' } as const;
  if ((goneOut === undefined) === (none === undefined)) throw new Exit(EXIT.usage, { de: 'Was ging hinaus? --gone-out DATEI..., oder --none', en: 'say what went out: --gone-out FILE..., or --none' });
  const references = (await Promise.all((goneOut ?? []).map(referencesIn))).flat();
  return { method: 'POST', path: '/payments/freeze/lift', body: { reason: lift, goneOut: references, ...(strangers && { strangers }) } } as const;
}

/** The references of a payment file, as banks see them. */
async function referencesIn(path: string): Promise<readonly string[]> {
  const found = [...(await read(path)).toString('utf8').matchAll(/<EndToEndId>([^<]+)<\/EndToEndId>/g)].map(([, reference]) => reference as string);
  if (found.length === 0) throw new Exit(EXIT.usage, { de: `${path} nennt keine Zahlungen: Ist es eine Datei, die an die Bank ging?`, en: `${path} names no payments: is it a file that went to the bank?` });
  return found;
}

const words = ({ freeze }: Freeze, { language }: Session): string =>
  (freeze === null ? { de: 'Zahlungen sind nicht angehalten', en: 'payments are not frozen' } : {
    de: `Zahlungen sind seit ${formatInstant(freeze.at, 'de')} durch ${freeze.account} angehalten: ${freeze.reason}`,
    en: `payments are frozen since ${formatInstant(freeze.at, 'en')} by ${freeze.account}: ${freeze.reason}`,
  })[language];
