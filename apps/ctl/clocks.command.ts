import type { Command } from 'commander';
import { formatInstant, type Language } from '#calendar';
import type { Text } from '#kernel';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';

/** What the API says about clocks and what wakes them up. */
interface Drift {
  readonly checkedAt: string | null;
  readonly watched: boolean;
  readonly wakeUpsMissing: number;
  readonly wakeUpsWithoutClock: number;
  readonly overdue: number;
  readonly oldestOverdueAt: string | null;
  readonly sweep: { readonly nextAt: string } | null;
}

/** Adds the commands about what wakes the clocks up. */
export function addClocksCommands(program: Command, terminal: Terminal): void {
  const clocks = program.command('clocks').description('what wakes the clocks up: `drift` says whether it is whole, `rebuild` restores it');
  const options = (command: Command): PersonOptions => command.optsWithGlobals();

  forPerson(clocks.command('drift').description('whether every clock has its wake-up and every wake-up its clock; exit 4 when not (agency)'))
    .action(async (_: object, command: Command) => {
      const { json, language } = options(command);
      const { body } = await (await Session.open(options(command), terminal)).send<Drift>({ path: '/clocks/drift' });
      terminal.out(json ? JSON.stringify(body, null, 2) : sheet(body, language));
      if (drifts(body)) throw new Exit(EXIT.notVerified, DRIFT);
    });

  forPerson(clocks.command('rebuild').description('have every wake-up restored from the clocks, whatever the queue holds (administrator)'))
    .action(async (_: object, command: Command) => {
      const { body } = await (await Session.open(options(command), terminal)).send<{ readonly rebuild: number }>({ method: 'POST', path: '/clocks/rebuild' });
      terminal.out(options(command).json ? JSON.stringify(body, null, 2) : {
        de: `Wiederherstellung ${body.rebuild}: Der Worker stellt jeden Weckruf wieder her, sobald seine Warteschlange antwortet`,
        en: `rebuild ${body.rebuild}: the worker restores every wake-up as soon as its queue answers`,
      }[options(command).language]);
    });
}

const DRIFT: Text = {
  de: 'Fristen und Weckrufe stimmen nicht überein: Der Worker behebt, was er kann; wenn es bleibt: `ctl clocks rebuild`',
  en: 'clocks and wake-ups do not agree: the worker mends what it can; if this stays, `ctl clocks rebuild`',
};

const drifts = ({ watched, wakeUpsMissing, wakeUpsWithoutClock, overdue, sweep }: Drift): boolean =>
  !watched || wakeUpsMissing + wakeUpsWithoutClock + overdue > 0 || sweep === null;

function sheet({ checkedAt, watched, wakeUpsMissing, wakeUpsWithoutClock, overdue, oldestOverdueAt, sweep }: Drift, language: Language): string {
  const time = (at: string | null | undefined): string => (at == null ? '–' : formatInstant(at, language));
  return {
    de: [
      `geprüft                ${time(checkedAt)}${watched ? '' : '  seit über fünf Minuten hat niemand nachgesehen: Läuft ein Worker?'}`,
      `fehlende Weckrufe      ${wakeUpsMissing}`,
      `Weckrufe ohne Frist    ${wakeUpsWithoutClock}`,
      `überfällige Fristen    ${overdue}${oldestOverdueAt === null ? '' : `  die erste seit ${time(oldestOverdueAt)}`}`,
      `nächster Durchgang     ${time(sweep?.nextAt)}`,
    ],
    en: [
      `checked                ${time(checkedAt)}${watched ? '' : '  nobody has looked for more than five minutes: is a worker running?'}`,
      `wake-ups missing       ${wakeUpsMissing}`,
      `wake-ups without clock ${wakeUpsWithoutClock}`,
      `clocks overdue         ${overdue}${oldestOverdueAt === null ? '' : `  the first since ${time(oldestOverdueAt)}`}`,
      `next sweep             ${time(sweep?.nextAt)}`,
    ],
  }[language].join('\n');
}
