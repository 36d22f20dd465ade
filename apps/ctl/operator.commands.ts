import type { Command } from 'commander';
import { formatInstant, type Language } from '#calendar';
import { compare, CyclesService, loadFamily, loadJournal, loadRevisions, Programmes, replay, ReplayMismatch, verifyAll, verifyFamily, type Violation } from '#cases';
import { load, migrateInstallation, seedInstallation } from '#apps/installation';
import { IdentityService, IdentitySettings } from '#identity';
import type { Text } from '#kernel';
import type { Store } from '#store';
import { programmes } from '#workflows';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { withDatabase, withStore } from './operator.ts';
import { table } from './print.ts';
import { heads } from './words.ts';

interface OperatorOptions {
  readonly json?: true;
  readonly language: Language;
}

/** Adds the commands of whoever runs the installation: they open its database, beside a running API or without one. */
export function addOperatorCommands(program: Command, terminal: Terminal): void {
  const print = <T>(command: Command, result: T, words: (result: T) => Text): void => {
    const { json, language } = command.optsWithGlobals<OperatorOptions>();
    terminal.out(json ? JSON.stringify(result, null, 2) : words(result)[language]);
  };

  program.command('migrate').description('bring the database up to date; repeatable, and safe when several do it at once')
    .action(async (_: object, command: Command) => withDatabase(terminal, async ({ config, url }) =>
      print(command, { migrations: await migrateInstallation(config, url) }, ({ migrations }) => (migrations.length === 0
        ? { de: 'nichts zu migrieren', en: 'nothing to migrate' }
        : { de: `migriert: ${migrations.join(', ')}`, en: `migrated: ${migrations.join(', ')}` }))));

  program.command('seed').description('fill an empty database with the demo agency (demo only)')
    .action(async (_: object, command: Command) => withDatabase(terminal, async ({ config, url }) => {
      if (config.mode !== 'demo') throw new Exit(EXIT.refused, {
        de: 'Dies ist ein Produktivsystem: Dort wird nichts vorbelegt. `ctl load ORDNER` liest Ihre Kommunen, Personen und Förderrunde ein',
        en: 'this is a production: nothing is seeded there. `ctl load FOLDER` reads your municipalities, people and round',
      });
      print(command, { cycle: await seedInstallation(config, url) }, ({ cycle }) => (cycle === null
        ? { de: 'Die Datenbank ist nicht leer: nichts vorbelegt', en: 'the database is not empty: nothing seeded' }
        : { de: `Demo-Behörde mit Förderrunde ${cycle} vorbelegt`, en: `seeded the demo agency with round ${cycle}` }));
    }));

  program.command('load <folder>').description('load municipalities.csv, people.csv and cycle.json: a dry run of everything first, then one transaction')
    .option('--dry-run', 'stop after the dry run')
    .action(async (folder: string, { dryRun }: { dryRun?: true }, command: Command) => withStore(terminal, async ({ store }) =>
      loadFolder(store, folder, dryRun === true, (result, words) => print(command, result, words))));

  program.command('token <account>').description('print a bearer token for an account, and nothing else')
    .option('--ttl <seconds>', 'how long it is valid', '28800')
    .action(async (account: string, { ttl }: { ttl: string }, command: Command) => withStore(terminal, async ({ config, store }) => {
      const seconds = /^[1-9]\d{0,6}$/.test(ttl) ? Number(ttl) : Number.NaN;
      if (Number.isNaN(seconds)) throw new Exit(EXIT.usage, { de: '--ttl ist eine ganze Zahl von Sekunden', en: '--ttl is a whole number of seconds' });
      const token = await new IdentityService(store, new IdentitySettings(config.tokenKey)).issueToken(account, seconds);
      if ('code' in token) throw new Exit(EXIT.refused, { de: `unknownAccount: kein aktives Konto „${account}“ mit einer Funktion`, en: `unknownAccount: no active account '${account}' with a role` });
      print(command, token, () => ({ de: token.token, en: token.token }));
    }));

  program.command('replay <case>').description('step a family\'s journal through its machines again, and compare with what is stored')
    .action(async (caseId: string, _: object, command: Command) => withStore(terminal, async ({ store }) => {
      const result = await replayFamily(store, caseId);
      print(command, result, (replayed) => ({ de: replayedSteps(replayed, 'de'), en: replayedSteps(replayed, 'en') }));
      if (result.differences.length > 0) throw new Exit(EXIT.notVerified, { de: 'Das Journal ergibt nicht, was gespeichert ist', en: 'the journal does not give what is stored' });
    }));

  program.command('verify [case]').description('check every family\'s journal: the chain of hashes holds, and its replay gives what is stored')
    .action(async (caseId: string | undefined, _: object, command: Command) => withStore(terminal, async ({ store }) => {
      const result = await verify(store, caseId);
      print(command, result, ({ families, violations }) => {
        const found = violations.map(({ fileNumber, rootId, what }) => `${fileNumber === '' ? rootId : fileNumber}: ${what}\n`).join('');
        return { de: `${found}${families} Familien geprüft, ${violations.length} Verstöße`, en: `${found}${families} families checked, ${violations.length} violations` };
      });
      if (result.violations.length > 0) throw new Exit(EXIT.notVerified, { de: 'Das Journal hält der Prüfung nicht stand', en: 'the journal does not verify' });
    }));
}

async function loadFolder(store: Store, folder: string, dryRun: boolean, print: <T>(result: T, words: (result: T) => Text) => void): Promise<void> {
  const into = { store, cycles: new CyclesService(store), programmes };
  const rehearsal = await load(folder, { ...into, dryRun: true });
  if ('problems' in rehearsal) {
    const lines = rehearsal.problems.map(({ file, line, problem, remedy }) => `${file}${line === null ? '' : `:${line}`} ${problem} → ${remedy}`);
    throw new Exit(EXIT.refused, { de: `Nichts wurde eingelesen:\n${lines.join('\n')}`, en: `nothing was loaded:\n${lines.join('\n')}` }, rehearsal);
  }
  const report = dryRun ? rehearsal : await load(folder, { ...into, dryRun: false });
  if ('problems' in report) throw new Exit(EXIT.refused, { de: 'Nichts wurde eingelesen: Die Datenbank hat sich seit dem Probelauf geändert; bitte noch einmal', en: 'nothing was loaded: the database changed since the dry run; try again' }, report);
  print({ ...report, dryRun }, ({ organisations, people, cycle }) => ({
    de: `${dryRun ? 'Probelauf, nichts geschrieben; einzulesen wären' : 'eingelesen'}: ${organisations} Organisationen, ${people} Personen, ${cycle === null ? 'keine Förderrunde' : `Förderrunde ${cycle.id} Fassung ${cycle.revision}`}`,
    en: `${dryRun ? 'dry run, nothing written; would load' : 'loaded'}: ${organisations} organisations, ${people} people, ${cycle === null ? 'no round' : `round ${cycle.id} revision ${cycle.revision}`}`,
  }));
}

interface Replayed {
  readonly steps: readonly { readonly seq: number; readonly at: string; readonly case: string; readonly event: string; readonly from: string | null; readonly to: string }[];
  readonly differences: readonly string[];
}

const replayedSteps = ({ steps, differences }: Replayed, language: Language): string => [
  table(heads(language, 'number', 'when', 'case', 'event', 'from', 'to'), steps.map((row) => [String(row.seq), formatInstant(row.at, language), row.case, row.event, row.from ?? '–', row.to])),
  differences.length > 0 ? differences.join('\n') : {
    de: `${steps.length} Schritte nachgespielt; sie ergeben genau, was gespeichert ist`, en: `${steps.length} steps replayed; they give exactly what is stored`,
  }[language],
].join('\n');

/** A family is named by the id or the file number of any of its cases. */
async function replayFamily(store: Store, caseId: string): Promise<Replayed> {
  const family = await loadFamily(store, await familyOf(store, caseId));
  if (family === null) throw noCase(caseId);
  const rows = await loadJournal(store, family.rootId);
  const steps = rows.map(({ seq, at, caseId: id, event, fromState, toState }) => ({ seq, at, case: id, event, from: fromState, to: toState }));
  try {
    return { steps, differences: compare(family.members, replay(new Programmes(programmes), rows, await loadRevisions(store, family.cycle.id))) };
  } catch (error) {
    if (error instanceof ReplayMismatch) return { steps, differences: [error.message] };
    throw error;
  }
}

async function verify(store: Store, caseId: string | undefined): Promise<{ readonly families: number; readonly violations: readonly Violation[] }> {
  const known = new Programmes(programmes);
  if (caseId === undefined) return verifyAll(store, known);
  const family = await loadFamily(store, await familyOf(store, caseId));
  if (family === null) throw noCase(caseId);
  return { families: 1, violations: await verifyFamily(store, known, family.rootId) };
}

const noCase = (caseId: string): Exit => new Exit(EXIT.refused, { de: `notFound: Es gibt keinen Vorgang ${caseId}`, en: `notFound: there is no case ${caseId}` });

async function familyOf(store: Store, caseId: string): Promise<string> {
  const [row] = await store.query<{ id: string }>('select id from cases where file_number = $1', [caseId]);
  return row?.id ?? caseId;
}
