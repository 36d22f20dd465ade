import type { CyclesService } from '#cases';
import { loadOrganisations, loadPeople, type LoadRefusal } from '#identity';
import type { Programme } from '#kernel';
import type { Store, Tx } from '#store';
import { FILES, type LoadFiles, type LoadProblem, type Located, readLoadFiles } from './load.files.ts';
import { openRound, type Round } from './round.ts';

/** What a load writes, or would write. */
export interface LoadReport {
  readonly organisations: number;
  readonly people: number;
  readonly cycle: Round | null;
}

/** How to load: what to load into, which programmes there are, and whether to write at all. */
export interface LoadOptions {
  readonly store: Store;
  readonly cycles: CyclesService;
  readonly programmes: readonly Programme[];
  readonly dryRun: boolean;
}

/**
 * Loads municipalities, people and a funding round from a folder: first every check of the files, then everything in one
 * transaction, which a dry run takes back at its end. Nothing is written unless everything is right.
 */
export async function load(folder: string, { store, cycles, programmes, dryRun }: LoadOptions): Promise<LoadReport | { readonly problems: readonly LoadProblem[] }> {
  const files = await readLoadFiles(folder, programmes);
  if ('problems' in files) return files;
  try {
    return await store.transaction(async (tx) => {
      const written = await write(tx, cycles, files);
      if (dryRun || 'problems' in written) throw new TakenBack(written);
      return written;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.result;
    throw error;
  }
}

/** Leaves a transaction without its effects, and carries out what it would have had. */
class TakenBack extends Error {
  constructor(readonly result: LoadReport | { readonly problems: readonly LoadProblem[] }) {
    super('taken back');
  }
}

async function write(tx: Tx, cycles: CyclesService, { organisations, people, cycle }: LoadFiles): Promise<LoadReport | { readonly problems: readonly LoadProblem[] }> {
  const municipalities = await loadOrganisations(tx, organisations.map(({ entry }) => entry));
  if ('code' in municipalities) return { problems: located(FILES.municipalities, municipalities, organisations, ({ key }) => key) };
  const accounts = await loadPeople(tx, people.map(({ entry }) => entry));
  if ('code' in accounts) return { problems: located(FILES.people, accounts, people, ({ account }) => account) };
  const round = cycle === null ? null : await openRound(tx, cycles, cycle.programme, cycle.data);
  if (round !== null && 'code' in round) {
    return { problems: [{ file: FILES.cycle, line: null, problem: 'budgetCents: less than the round has now', remedy: 'leave the budget as it is or raise it; what is reserved cannot be taken back by a file' }] };
  }
  return { organisations: municipalities.written, people: accounts.written, cycle: round };
}

const ADVICE: { readonly [code in LoadRefusal['code']]: readonly [problem: string, remedy: string] } = {
  doubleEntry: ['stands in the file more than once', 'keep one of the lines'],
  unknownOrganisation: ['belongs to an organisation that nobody knows', `add it to ${FILES.municipalities}, or correct the key`],
  roleNotForOrganisation: ['has a role that its organisation does not give', 'applicant roles belong to municipalities, all others to the agency: make two accounts'],
};

const located = <T>(file: string, { code, entries }: LoadRefusal, rows: readonly Located<T>[], nameOf: (entry: T) => string): LoadProblem[] =>
  rows.filter(({ entry }) => entries.includes(nameOf(entry)))
    .map(({ line, entry }) => ({ file, line, problem: `${nameOf(entry)} ${ADVICE[code][0]}`, remedy: ADVICE[code][1] }));
