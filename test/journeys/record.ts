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
import { FAMILIES, folderOf, readPins, written, type Pins, type Recording } from './recording.ts';
import { concept, form, Story } from './story.ts';

/**
 * `npm run record` lives through these families on the running system and writes their journals into the programme's
 * folder. Not part of the tests: recordings are made once for each version of a lifecycle, and replayed ever after.
 */
const SCRIPTS: { readonly [name in (typeof FAMILIES)[number]]: string } = {
  happy: `Vom Entwurf bis zur zweiten Rate
    2055-08-02 09:00 editor open
    2055-08-02 09:05 editor saveForm
    2055-08-02 09:10 editor attach
    2055-08-20 11:00 editor requestSignature
    2055-08-21 09:00 signatory sendBackToEditor
    2055-09-25 11:00 editor requestSignature
    2055-10-23 08:30 signatory sign
    2055-11-20 10:00 officer1 accept
    2055-12-10 15:00 officer1 recommend
    2055-12-13 15:00 approver1 sendBack
    2055-12-14 15:00 officer1 recommend
    2056-01-12 09:00 approver1 countersign
    2056-01-26 10:00 officer1 draftNotice
    2056-01-27 10:00 approver1 issueNotice
    2056-05-02 09:00 certifier1 1.certify
    2056-05-02 11:00 authoriser1 1.authorise
    2056-05-03 14:00 certifier1 1.confirmSettled
    2056-10-02 09:00 certifier1 2.certify
    2056-10-02 11:00 authoriser1 2.authorise
    2056-10-04 14:00 certifier1 2.confirmSettled`,
  late: `Verspätet, zugelassen, nachgefordert, gekürzt
    2055-08-03 09:00 editor open
    2055-08-03 09:05 editor saveForm
    2055-08-03 09:10 editor attach
    2055-11-02 23:59 editor requestSignature
    2055-11-03 00:00 signatory sign
    2055-11-05 09:00 allrounder1 proposeLate
    2055-11-06 09:00 approver2 confirmLate
    2055-11-20 10:00 officer2 askCompletion
    2055-11-25 10:00 editor saveForm:payee
    2055-11-25 10:05 editor attach:more
    2055-11-26 10:00 signatory resubmit
    2055-12-01 10:00 officer2 accept
    2055-12-10 10:00 officer2 recommend:cut
    2056-01-13 09:00 approver2 countersign
    2056-01-27 09:00 officer2 draftNotice
    2056-01-27 09:30 approver1 issueNotice
    2056-03-01 09:00 system finality`,
  quashed: `Bescheid vom Gericht aufgehoben, neu entschieden, die zweite Klage erfolglos
    2055-08-04 09:00 editor open
    2055-08-04 09:05 editor saveForm
    2055-08-04 09:10 editor attach
    2055-08-05 11:00 editor requestSignature
    2055-08-06 08:30 signatory sign
    2055-08-20 10:00 officer1 askCompletion
    2055-09-06 10:00 officer1 accept
    2055-09-10 15:00 officer1 recommend:cut
    2055-09-13 09:00 approver1 countersign
    2055-09-14 10:00 officer1 draftNotice
    2055-09-15 10:00 approver1 issueNotice
    2055-10-01 10:00 officer1 suitFiled
    2056-02-01 10:00 officer1 suitEnded:quashed
    2056-02-10 15:00 officer1 recommend
    2056-02-14 09:00 approver1 countersign
    2056-02-15 10:00 officer1 draftNotice
    2056-02-16 10:00 approver1 issueNotice
    2056-03-01 10:00 officer1 suitFiled
    2056-06-15 10:00 officer1 suitEnded`,
  returned: `Gesperrt, zurückgeholt, ausgezahlt, in Teilen zurückgekommen, wieder ausgezahlt
    2055-08-05 09:00 editor open
    2055-08-05 09:05 editor saveForm
    2055-08-05 09:10 editor attach
    2055-08-06 11:00 editor requestSignature
    2055-08-09 08:30 signatory sign
    2055-11-22 10:00 officer1 accept
    2055-12-13 15:00 officer1 recommend
    2056-01-14 09:00 approver1 countersign
    2056-01-26 10:05 officer1 draftNotice
    2056-01-27 10:05 approver1 issueNotice
    2056-02-05 12:00 signatory waive
    2056-04-20 09:00 officer1 placeHold
    2056-04-25 09:00 approver2 liftHold
    2056-05-02 09:10 certifier1 1.certify
    2056-05-02 09:20 certifier1 1.recall
    2056-05-02 09:30 certifier1 1.certify
    2056-05-02 11:10 authoriser1 1.authorise
    2056-05-03 14:10 certifier1 1.confirmSettled
    2056-05-10 09:00 certifier1 1.reportReturn:part
    2056-05-12 09:00 authoriser1 1.reopen
    2056-05-12 09:10 certifier1 1.certify
    2056-05-12 09:20 authoriser1 1.authorise
    2056-05-13 09:00 certifier1 1.reportReturn:rest
    2056-05-15 09:00 certifier1 1.reopen
    2056-05-15 09:10 certifier1 1.certify
    2056-05-15 09:20 authoriser1 1.authorise
    2056-05-16 09:00 certifier1 1.confirmSettled
    2056-10-02 09:10 certifier1 2.certify
    2056-10-02 11:10 authoriser1 2.authorise
    2056-10-04 14:10 authoriser1 2.confirmSettled`,
  time: `Fristen verlegt und verlängert, angehört, im Portal nicht abgerufen, verspätet zugegangen
    2055-08-06 09:00 editor open
    2055-08-06 09:05 editor saveForm
    2055-08-06 09:10 editor attach
    2055-09-01 09:00 officer1 remindDraft
    2055-09-15 09:00 officer1 proposeExtension
    2055-09-16 09:00 approver1 declineExtension
    2055-10-01 09:00 admin1 revise:cutOff
    2055-11-02 09:00 editor requestSignature
    2055-11-08 09:00 officer1 proposeExtension
    2055-11-09 09:00 approver2 confirmExtension
    2055-11-23 09:00 signatory sign
    2056-02-10 10:10 officer1 accept
    2056-02-12 10:00 officer1 hear
    2056-03-03 10:00 officer1 hear
    2056-03-05 10:00 signatory answerHearing
    2056-03-06 10:00 officer1 hear
    2056-03-08 10:00 officer1 reportUndelivered
    2056-03-10 10:00 officer1 recommend
    2056-03-13 10:00 approver1 countersign
    2056-03-14 10:00 officer1 draftNotice
    2056-03-15 10:00 approver1 issueNotice:portal
    2056-03-27 10:00 approver1 issueNotice
    2056-03-29 10:00 officer1 reportUndelivered
    2056-03-30 10:00 approver1 issueNotice
    2056-04-10 10:00 officer1 recordArrival
    2057-03-01 09:00 admin1 revise:payOn
    2057-06-01 09:00 certifier1 1.certify
    2057-06-01 11:00 authoriser1 1.authorise
    2057-06-04 14:00 certifier1 1.confirmSettled`,
  changed: `Betrag gesperrt, an einer Sperre vorbei in Teilen gezahlt, Bewilligung geändert, zurückgefordert, wieder erhöht
    2055-08-07 09:00 editor open
    2055-08-07 09:05 editor saveForm
    2055-08-07 09:10 editor attach
    2055-08-08 11:00 editor requestSignature
    2055-08-10 08:30 signatory sign
    2055-11-22 10:10 officer1 accept
    2055-12-13 15:10 officer1 recommend
    2056-01-14 09:10 approver1 countersign
    2056-01-26 10:10 officer1 draftNotice
    2056-01-27 10:10 approver1 issueNotice
    2056-02-05 12:10 signatory waive
    2056-03-01 09:00 officer1 placeHold
    2056-04-24 09:00 officer1 proposeBypass
    2056-04-25 09:10 approver2 declineBypass
    2056-04-26 09:00 officer1 proposeBypass
    2056-04-26 10:00 approver2 confirmBypass
    2056-04-27 09:00 officer1 holdAmount:1
    2056-05-02 09:20 certifier1 1.certify
    2056-05-02 11:20 authoriser1 1.authorise
    2056-05-03 14:20 certifier1 1.confirmSettled
    2056-05-04 09:00 approver2 liftHold
    2056-05-04 09:10 certifier1 1.certify
    2056-05-04 09:20 authoriser1 1.authorise
    2056-05-05 14:00 certifier1 1.confirmSettled
    2056-06-01 09:00 officer1 proposeChange:deep
    2056-06-02 09:00 approver2 declineChange
    2056-06-03 09:00 officer1 proposeChange:deep
    2056-06-04 09:00 approver2 confirmChange
    2056-06-08 09:00 officer1 reportUndelivered
    2056-06-09 09:00 approver2 announceChange
    2056-06-20 09:00 certifier1 confirmRecovery:part
    2056-10-10 09:00 officer1 proposeChange:full
    2056-10-11 09:00 approver2 confirmChange
    2056-10-12 09:00 approver2 liftHold
    2056-10-12 09:10 certifier1 2.certify
    2056-10-12 09:20 authoriser1 2.authorise
    2056-10-13 14:00 certifier1 2.confirmSettled`,
  payee: `Andere Bankverbindung: abgelehnt, gültig, zwischen Feststellung und Anordnung durch eine neuere ersetzt
    2055-08-09 09:30 editor open
    2055-08-09 09:35 editor saveForm
    2055-08-09 09:40 editor attach
    2055-08-10 11:30 editor requestSignature
    2055-08-11 08:30 signatory sign
    2055-11-22 10:20 officer1 accept
    2055-12-13 15:20 officer1 recommend
    2056-01-14 09:20 approver1 countersign
    2056-01-26 10:20 officer1 draftNotice
    2056-01-27 10:20 approver1 issueNotice
    2056-02-05 12:20 signatory waive
    2056-03-02 09:00 signatory proposePayee
    2056-03-02 15:00 signatory 11.declinePayee
    2056-03-06 09:00 signatory proposePayee
    2056-03-07 09:00 officer1 12.checkPayeeDocument
    2056-03-07 10:00 officer1 12.noteCallBack
    2056-03-08 09:00 approver2 12.approvePayee
    2056-05-02 09:30 certifier1 1.notePayeeVerification
    2056-05-02 09:40 certifier1 1.certify
    2056-05-02 10:00 officer2 proposePayee:again
    2056-05-03 09:00 officer1 13.checkPayeeDocument
    2056-05-03 09:10 officer1 13.noteCallBack
    2056-05-03 09:20 approver2 13.approvePayee
    2056-05-10 09:30 certifier1 1.certify
    2056-05-10 11:30 authoriser1 1.authorise
    2056-05-11 14:30 certifier1 1.confirmSettled`,
};

/** The round of the family that is about time, whose dates are moved; the others live in the office's. */
const MOVED_ROUND = 'kim-2057';
const MOVES: { readonly [move: string]: { readonly [field: string]: Json } } = {
  'revise:cutOff': { cutOffOn: '2055-11-10' },
  'revise:payOn': { payOn: ['2057-06-01', '2057-10-01'] },
};

const KEYS: { readonly [name in (typeof FAMILIES)[number]]: string } = { happy: '05315', late: '05554', quashed: '05314', returned: '05111', time: '05113', changed: '05112', payee: '05117' };

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
  await here.office.openRound({ ...(await here.office.roundOf(here.office.cycle)), id: MOVED_ROUND, fundingYear: 2057, payOn: ['2057-05-01', '2057-10-01'] });
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

test('record', async () => {
  const lines = FAMILIES.flatMap(linesOf).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const line of lines) await live(line);
  expect(await here.office.breaches()).toEqual([]);
  const folder = folderOf(kim.id, kim.version);
  mkdirSync(folder, { recursive: true });
  for (const family of FAMILIES) writeFileSync(join(folder, `${family}.json`), written(await recording(family)));
  pin(folderOf(kim.id));
}, 600_000);
