import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { atTime } from '#calendar';
import { loadFamily, loadJournal, loadRevisions, type CaseView } from '#cases';
import { definitionHash, type Instant, type Json } from '#kernel';
import { freshDatabase, type FreshDatabase } from '#test/harness';
import { kim } from '#workflows';
import { must } from './client.ts';
import { Office } from './office.ts';
import { KEYS, SCRIPTS } from './record.scripts.ts';
import { FAMILIES, folderOf, readPins, written, type Pins, type Recording } from './recording.ts';
import { concept, form, Story } from './story.ts';

/** The round of the family that is about time, whose dates are moved, and in which two persons certify; the others live in the office's. */
const MOVED_ROUND = 'kim-2057';
const MOVES: { readonly [move: string]: { readonly [field: string]: Json } } = {
  'revise:cutOff': { cutOffOn: '2055-11-10' },
  'revise:payOn': { payOn: ['2057-06-01', '2057-10-01'] },
};

/** What people send where it is not the usual. */
const VARIANTS: { readonly [event: string]: (view: CaseView) => { readonly [field: string]: Json } } = {
  'recommend:cut': ({ lines }) => ({
    lines: lines.map(({ line }): Json => (line === 'coord' ? { line, decision: 'cut', grantedCents: 5_000_001, reason: 'Besetzung erst ab März' } : { line, decision: 'approve' })),
  }),
  'issueNotice:portal': () => ({ channel: 'portal', postedOn: '2056-03-15' }),
  'suitEnded:quashed': () => ({ outcome: 'quashed' }),
  'holdAmount:1': () => ({ reason: 'postVacant', instalment: '1', amountCents: 1_000_000 }),
  'proposeChange:deep': ({ lines }) => ({ lines: lines.map(({ line }): Json => ({ line, grantedCents: line === 'coord' ? 4_000_000 : 0 })), reason: 'Stelle unbesetzt' }),
  'proposeChange:full': ({ lines }) => ({ lines: lines.map(({ line, maximumCents }): Json => ({ line, grantedCents: maximumCents })), reason: 'Doch besetzt' }),
  'confirmRecovery:part': () => ({ valueDate: '2056-06-19', amountCents: 100_000, reference: 'Kontoauszug 91' }),
  'proposePayee:again': () => ({ iban: 'NL91ABNA0417164300', holder: 'Stadtkasse', reason: 'Noch ein Konto' }),
  'reportReturn:part': () => ({ reason: 'Teilbetrag zurück', amountCents: 1_000_000 }),
  'reportReturn:rest': () => ({ reason: 'Konto erloschen', amountCents: 1_000_000 }),
};

interface Line {
  readonly family: (typeof FAMILIES)[number];
  readonly at: Instant;
  readonly who: string;
  readonly what: string;
}

const linesOf = (family: Line['family']): readonly Line[] => SCRIPTS[family].split('\n').slice(1).map((line) => {
  const [day = '', time = '', who = '', what = ''] = line.trim().split(/\s+/);
  return { family, at: atTime(day, time), who: /^(editor|signatory)$/.test(who) ? `${who}-${KEYS[family]}` : who, what };
});

const here = {} as { database: FreshDatabase; office: Office };
const stories: { [family: string]: Story } = {};

beforeAll(async () => {
  here.database = await freshDatabase();
  here.office = await Office.open(here.database.url);
  await here.office.openRound({ ...(await here.office.roundOf(here.office.cycle)), id: MOVED_ROUND, fundingYear: 2057, payOn: ['2057-05-01', '2057-10-01'], certifyingPersons: 2 });
});
afterAll(async () => {
  await here.office.close();
  await here.database.drop();
});

async function live({ family, at, who, what }: Line): Promise<void> {
  const { office } = here;
  await office.freeze(at);
  const cycle = family === 'time' ? MOVED_ROUND : office.cycle;
  if (what === 'open') stories[family] = await Story.open(office, KEYS[family], cycle);
  const move = MOVES[what];
  if (move !== undefined) await office.openRound({ ...(await office.roundOf(cycle)), ...move });
  const story = stories[family] as Story;
  const payee = what.endsWith(':payee') ? { payee: { iban: 'DE02120300000000202051', holder: 'Kreiskasse' } } : {};
  if (what.startsWith('saveForm')) must(what, await office.client.saveForm(who, story.id, { ...form(Number(cycle.slice('kim-'.length))), ...payee }));
  else if (what.startsWith('attach')) must(what, await office.client.attach(who, story.id, concept(what)));
  else if (what !== 'open' && move === undefined && who !== 'system') {
    const [, number, sent = what] = /^(\d+)\.(.+)$/.exec(what) ?? [];
    const target = number === undefined ? story : await story.child(Number(number));
    await target.send(who, sent.split(':')[0] ?? '', VARIANTS[sent]?.(await target.view()));
  }
  await office.rest();
}

async function recording(family: Line['family']): Promise<Recording> {
  const { store } = here.office;
  const found = await loadFamily(store, (stories[family] as Story).id);
  if (found === null) throw new Error(`${family} is not there`);
  const rows = await loadJournal(store, found.rootId);
  const used = new Set(rows.map(({ facts }) => facts.cycleRevision));
  const revisions = [...(await loadRevisions(store, found.cycle.id)).values()].filter(({ revision }) => used.has(revision));
  return { title: SCRIPTS[family].split('\n')[0] ?? family, head: { seq: found.seq, hash: found.hash }, revisions, stored: found.members, rows };
}

/** Pins the fingerprints of a version that has none yet; one that has them keeps them. */
function pin(folder: string): void {
  const pins: Pins = existsSync(join(folder, 'definition.json')) ? readPins(kim.id) : {};
  const hashes = Object.fromEntries(Object.entries(kim.machines).map(([name, { lifecycle }]) => [name, definitionHash(lifecycle)]));
  writeFileSync(join(folder, 'definition.json'), `${JSON.stringify({ [kim.version]: hashes, ...pins }, null, 2)}\n`);
}

/**
 * `npm run record` lives through these families on the running system and writes their journals into the programme's
 * folder. Not part of the tests: recordings are made once for each version of a lifecycle, and replayed ever after.
 */
test('record', async () => {
  const lines = FAMILIES.flatMap(linesOf).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const line of lines) await live(line);
  expect(await here.office.breaches()).toEqual([]);
  const folder = folderOf(kim.id, kim.version);
  mkdirSync(folder, { recursive: true });
  for (const family of FAMILIES) writeFileSync(join(folder, `${family}.json`), written(await recording(family)));
  pin(folderOf(kim.id));
}, 600_000);
