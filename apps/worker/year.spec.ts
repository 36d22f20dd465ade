import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seedDemo } from '#apps/installation';
import { ClocksService, CyclesService } from '#cases';
import type { Actor, Instant, Json, Role } from '#kernel';
import { moveClock, openEffects } from '#store';
import { eventually, freshDatabase, type FreshDatabase } from '#test/harness';
import { openWorkshop, type Workshop, type WorkshopOptions } from '#test/workshop';
import { kim } from '#workflows';

type Data = { readonly [field: string]: Json };
type Act = readonly [day: string, applicant: string, instalment: 0 | 1 | 2, actor: Actor, event: string, data?: Data];

const of = (key: string, account: string, role: Role): Actor => ({ account: `${account}-${key}`, roles: [role], organisation: key });
const staff = (account: string, role: Role): Actor => ({ account, roles: [role], organisation: null });
const [officer, approver] = [staff('officer1', 'caseOfficer'), staff('approver1', 'secondApprover')];
const [certifier, authoriser] = [staff('certifier1', 'financeCertifier'), staff('authoriser1', 'financeAuthoriser')];

const form: Json = {
  integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
  posts: [{ id: 'koordination', kind: 'coordination', fteThousandths: 1_000, from: '2029-01-01', to: '2029-12-31', place: 'Amt', additional: true }],
  workplaces: 1, eventsCents: 500_000, interfacesCents: 1_000_000,
  payee: { iban: 'DE89370400440532013000', holder: 'Kasse' }, declarations: { noDoubleFunding: true, statePlan: true },
};
const document: Json = { id: 'd', kind: 'concept', name: 'Konzept.pdf', bytes: 1_000, sha256: 'c'.repeat(64) };

const filed = (key: string): Act[] => [
  ['2028-09-01', key, 0, of(key, 'editor', 'applicantEditor'), 'saveForm', { form }],
  ['2028-09-02', key, 0, of(key, 'editor', 'applicantEditor'), 'attach', { document }],
  ['2028-10-10', key, 0, of(key, 'editor', 'applicantEditor'), 'requestSignature'],
  ['2028-10-12', key, 0, of(key, 'signatory', 'applicantSignatory'), 'sign'],
];
const paid = (key: string, instalment: 1 | 2, day: string): Act[] => [
  [day, key, instalment, certifier, 'certify', { factual: true, arithmetic: true }],
  [day, key, instalment, authoriser, 'authorise'],
  [day, key, instalment, certifier, 'confirmSettled', { valueDate: day, reference: 'Kontoauszug' }],
];

/** Köln is paid, Düsseldorf never signs, Duisburg does not complete and withdraws. What clocks do is not in this list. */
const YEAR: readonly Act[] = [
  ...filed('05315'), ...filed('05112'),
  ['2028-11-20', '05315', 0, officer, 'accept'] as Act,
  ['2028-11-20', '05112', 0, officer, 'askCompletion', { sections: ['posts'], text: 'Bitte ergänzen' }] as Act,
  ['2028-11-21', '05315', 0, officer, 'recommend', { lines: ['koordination', 'workplaces', 'events', 'interfaces'].map((line) => ({ line, decision: 'approve' })) }] as Act,
  ['2028-11-22', '05315', 0, approver, 'countersign'] as Act,
  ['2028-11-23', '05315', 0, officer, 'draftNotice'] as Act,
  ['2028-11-24', '05315', 0, approver, 'issueNotice', { channel: 'electronic', postedOn: '2028-11-24' }] as Act,
  ['2028-12-20', '05112', 0, of('05112', 'signatory', 'applicantSignatory'), 'withdraw'] as Act,
  ...paid('05315', 1, '2029-05-10'), ...paid('05315', 2, '2029-10-10'),
].toSorted(([a], [b]) => a.localeCompare(b));

/** Lives through the year on a database of its own; `atDeadline` happens at every date on the way. */
async function live(options: WorkshopOptions, atDeadline: (shop: Workshop) => Promise<void>): Promise<{ db: FreshDatabase; journal: unknown[] }> {
  const db = await freshDatabase();
  const cycle = await seedDemo(db.store, new CyclesService(db.store), kim, 2029) ?? '';
  const shop = await openWorkshop(db, { ...options, programmes: [kim] });
  const clocks = new ClocksService(db.store);
  const quiet = () => eventually('all is done', async () => (await clocks.overdue()) + (await openEffects(db.store)) === 0, 240);
  const until = async (at: Instant) => {
    for (let due = await clocks.nextDue(at); due !== null; due = await clocks.nextDue(at)) {
      await db.store.transaction((tx) => moveClock(tx, due as Instant));
      await atDeadline(shop);
      await quiet();
    }
    await db.store.transaction((tx) => moveClock(tx, at));
  };
  const ids = new Map<string, string>();
  for (const key of ['05315', '05111', '05112']) {
    const outcome = await shop.cases.open({ programme: 'kim', cycle, applicant: { key, name: key, kind: 'kreisfreie Stadt' }, actor: of(key, 'editor', 'applicantEditor'), at: await db.store.now() });
    ids.set(key, outcome.ok ? outcome.view.id : JSON.stringify(outcome.refusal));
  }
  for (const [day, key, instalment, actor, event, data = {}] of YEAR) {
    const at = `${day}T09:00:00.000Z`;
    await until(at);
    const caseId = `${ids.get(key)}${instalment === 0 ? '' : `-${instalment}`}`;
    const outcome = await shop.cases.advance({ caseId, actor, event, data, at });
    if (!outcome.ok) throw new Error(`${day} ${event}: ${JSON.stringify(outcome.refusal)}`);
    await quiet();
  }
  await shop.wipe();
  await shop.close();
  return { db, journal: await journalOf(db) };
}

/** Who did what from where to where; with the instant where a clock or a person's act fixes it. */
const journalOf = (db: FreshDatabase) => db.store.query(
  `select r.applicant_key as applicant, c.number, j.event, j.from_state as "from", j.to_state as "to",
     case when j.event in ('open', 'markExported') then null else j.at end as at
   from journal j join cases r on r.id = j.root_id join cases c on c.id = j.case_id order by r.applicant_key, j.seq`);

describe('a funding year', () => {
  const lived: { db?: FreshDatabase; other?: FreshDatabase; journal?: unknown[] } = {};

  beforeAll(async () => {
    const { db, journal } = await live({}, async () => undefined);
    Object.assign(lived, { db, journal });
  });
  afterAll(async () => {
    await lived.db?.drop();
    await lived.other?.drop();
  });

  test('is carried by alarms and sweep', async () => {
    expect(lived.journal).toEqual(expect.arrayContaining([
      expect.objectContaining({ applicant: '05315', number: 0, to: 'active.fullyPaid' }),
      expect.objectContaining({ applicant: '05111', event: 'lapse', to: 'lapsed' }),
      expect.objectContaining({ applicant: '05112', event: 'completionPassed', to: 'submitted.receiptCheck' }),
    ]));
    expect(await lived.db?.store.query('select count(*) from payment_orders')).toEqual([{ count: 2 }]);
  });

  test('is the same with no alarm at all and the queue flushed at every deadline: the sweep alone does it', async () => {
    const { db, journal } = await live({ settings: { horizonDays: -40_000, epochMs: 50 } }, (shop) => shop.wipe());
    lived.other = db;
    expect(journal).toEqual(lived.journal);
    const letters = 'select account, kind, subject_de from letters order by account, kind, subject_de';
    expect(await db.store.query(letters)).toEqual(await lived.db?.store.query(letters));
    expect(await db.store.query('select count(*) from payment_orders')).toEqual([{ count: 2 }]);
  });
});
