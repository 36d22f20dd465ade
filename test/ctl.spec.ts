import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EXIT, run } from '#apps/ctl';
import { readConfig } from '#apps/installation';
import { type Standalone, startStandalone } from '#apps/standalone';
import { dayOf } from '#calendar';
import type { CaseView } from '#cases';
import { eventually, freshDatabase, type FreshDatabase, testQueue } from '#test/harness';

const FORM = {
  integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
  posts: [{ id: 'p1', kind: 'coordination', fteThousandths: 1_000, place: 'Köln', additional: true }],
  workplaces: 1, eventsCents: 100_000, interfacesCents: 0,
  payee: { iban: 'DE02120300000000202051', holder: 'Stadtkasse Köln' },
  declarations: { noDoubleFunding: true, statePlan: true },
};

const lost = (error: Error): never => { throw error; };

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line against an installation in this process: API, worker, queue, as `npm start` runs them. */
describe('ctl', () => {
  let database: FreshDatabase;
  let standalone: Standalone;
  let folder: string;
  let environment: { readonly [name: string]: string };

  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'tranche-ctl-'));
    const installation = { DATABASE_URL: database.url, TRANCHE_MODE: 'demo', REDIS_URL: testQueue().redisUrl ?? '' };
    standalone = await startStandalone(readConfig({ ...installation, PORT: '0' }), lost, new URL(database.url).pathname.slice(1));
    environment = { ...installation, PORT: new URL(standalone.url).port };
  });
  afterAll(async () => {
    await standalone.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const ctl = async (...args: string[]): Promise<Answer> => {
    const said = { out: [] as string[], err: [] as string[] };
    const code = await run(args, { environment, out: (text) => void said.out.push(text), err: (text) => void said.err.push(text) });
    return { code, out: said.out.join('\n'), err: said.err.join('\n') };
  };
  const done = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await ctl(...args);
    if (code !== EXIT.done) throw new Error(`ctl ${args.join(' ')} → ${code}: ${err}`);
    return out;
  };
  const json = async <T>(...args: string[]): Promise<T> => JSON.parse(await done(...args, '--json')) as T;
  const cycle = async (): Promise<string> => (await database.store.query<{ id: string }>('select id from cycles'))[0]?.id ?? '';
  const jsonFile = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const show = (id: string): Promise<CaseView> => json<CaseView>('show', id, '--as', 'auditor1');
  const reaches = (id: string, state: string): Promise<void> => eventually(`${id} in ${state}`, async () => (await show(id)).state === state);

  test('why names every reason, actions every event', async () => {
    const { id } = await json<CaseView>('do', 'new', 'open', 'programme=kim', `cycle=${await cycle()}`, 'applicant=05314', '--as', 'editor-05314');
    const why = await done('why', id, 'requestSignature', '--as', 'editor-05314', '--language', 'en');
    expect(why).toContain('conceptAttached: The implementation concept is missing');
    expect(await done('actions', id, '--as', 'editor-05314')).toContain('✗ requestSignature');
    expect(await ctl('why', id, 'countersign', '--as', 'editor-05314')).toMatchObject({ code: EXIT.refused });
  });

  test('a round is read with the derivation of its dates, previewed, revised with a reason, and another one opened', async () => {
    const id = await cycle();
    expect(await done('cycles', '--as', 'officer1')).toContain(id);
    expect(await done('cycle', id, '--as', 'officer1')).toMatch(/Antragsschluss +\d\d\.\d\d\.\d{4} 24:00 +\d{4}-\d\d-\d\dT23:00:00.000Z +31\.10\./);
    const preview = await done('cycle-revise', id, 'lateClaimDays=20', 'appealMonths=2', '--preview', '--as', 'admin1', '--language', 'en');
    expect(preview).toMatch(/Late claims until[\s\S]*1 applications would follow\nrefused: fieldFixed/);
    expect(await ctl('cycle-revise', id, 'lateClaimDays=20', '--as', 'admin1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('/reason missing') });
    expect(await done('cycle-revise', id, 'lateClaimDays=20', '--reason', 'Streik der Post', '--as', 'admin1')).toContain('Fassung 2');
    expect(await done('cycle', id, '--revisions', '--as', 'officer1')).toMatch(/2 .*admin1 +Streik der Post +lateClaimDays: 14 → 20/);
    expect(await done('cycle-open', '2040', 'graceDays=1', '--as', 'admin1')).toContain('kim-2040, Fassung 1');
    expect(await ctl('cycle-open', '2041', 'cutOffOn=2040-01-01', '--as', 'admin1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('/round/cutOffOn cutOffAfterOpening') });
  });

  test('reminders to come are listed, and selected drafts are reminded at once, each with its result', async () => {
    const coming = await done('reminders', '--cycle', await cycle(), '--as', 'officer1');
    expect(coming).toMatch(/Bonn +\S.* +editor-05314/);
    const [first] = (await json<{ items: CaseView[] }>('cases', '--as', 'officer1')).items;
    expect(await done('bulk', 'remindDraft', first?.id ?? '', '--as', 'officer1')).toMatch(/erledigt: Entwurf in Bearbeitung/);
    expect(await done('bulk', 'remindDraft', first?.fileNumber ?? '', '--as', 'officer1', '--language', 'en')).toMatch(/refused: notRemindedToday +This draft was already reminded of today/);
  });

  test('a selection is looked at, confirmed by the same person only, and taken along as a table', async () => {
    const { id } = await json<CaseView>('do', 'new', 'open', 'programme=kim', `cycle=${await cycle()}`, 'applicant=05113', '--as', 'editor-05113');
    expect(await ctl('bulk-preview', 'remindDraft', '--as', 'officer1')).toMatchObject({ code: EXIT.usage });
    const shown = await done('bulk-preview', 'remindDraft', '--machine', 'application', '--state', 'drafting', '--as', 'officer1');
    expect(shown).toMatch(/notRemindedToday[\s\S]*1 möglich \(0,00 €\), 1 abgelehnt/);
    const [, token = ''] = /bulk-confirm (\S+)/.exec(await done('bulk-preview', 'remindDraft', id, 'nowhere', '--as', 'officer1')) ?? [];
    expect(await ctl('bulk-confirm', token, '--as', 'officer2')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('notFound') });
    expect(await done('bulk-confirm', token, '--as', 'officer1')).toContain('1 erledigt (0,00 €), 1 abgelehnt, 0 offen');
    const list = join(folder, 'auswahl.csv');
    await done('bulk-result', token, '--out', list, '--as', 'officer1');
    expect(await readFile(list, 'utf8')).toMatch(/möglich;erledigt[\s\S]*abgelehnt;abgelehnt;;notFound/);
    expect(await json('bulk-result', token, '--as', 'officer1')).toMatchObject({ event: 'remindDraft', results: { done: 1, refused: 1, pending: 0 } });
  });

  test('deadlines tell when and why, and can be subscribed to; the register is empty while all goes by the rule', async () => {
    const found = await done('deadlines', '--as', 'officer1', '--applicant', '05314');
    expect(found).toMatch(/bis \(Berlin\) +Frist .*\n\d\d\.\d\d\.\d{4} 00:00 +Antragsschluss +KIM-\d{4}-0001 +Bonn +Entwurf in Bearbeitung +– +31\.10\./);
    expect(await json('deadlines', '--as', 'editor-05315', '--from', '2200-01-01T00:00:00Z').catch(() => 'refused')).toBe('refused');
    expect((await json<{ items: object[] }>('deadlines', '--as', 'editor-05314', '--reminders', '--to', '2199-12-31')).items.length).toBeGreaterThan(found.split('\n').length - 1);
    expect(await done('register', '--as', 'auditor1')).toMatch(/^wann \(Berlin\).*was geschah$/);
    const made = await ctl('feed', 'create', '--of', 'all', '--as', 'officer1', '--language', 'en');
    expect([made.out, made.err]).toEqual([expect.stringMatching(/^http:\/\/[^ ]+\/api\/v1\/feeds\/[\w-]{43}\.ics$/), expect.stringContaining('not told again')]);
    const [, id] = /\n(\S+) +alle +nein +en /.exec(await done('feed', 'list', '--as', 'officer1')) ?? [];
    expect(await done('feed', 'revoke', id ?? '', '--as', 'officer1')).toBe(`widerrufen: ${id}`);
    expect(await ctl('feed', 'revoke', id ?? '', '--as', 'officer1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('notFound') });
  });

  test('carries a case from the draft to the second settled instalment', async () => {
    const year = Number((await cycle()).split('-')[1]);
    const posts = FORM.posts.map((post) => ({ ...post, from: `${year}-01-01`, to: `${year}-12-31` }));
    const { id, fileNumber } = await json<CaseView>('do', 'new', 'open', 'programme=kim', `cycle=${await cycle()}`, 'applicant=05315', '--as', 'editor-05315');
    await done('do', id, 'saveForm', '--data', `@${await jsonFile('form.json', { ...FORM, posts })}`, '--as', 'editor-05315');
    await done('do', id, 'attach', '--file', await jsonFile('concept.pdf', PDF), '--as', 'editor-05315');
    await done('do', fileNumber, 'requestSignature', '--as', 'editor-05315');
    await done('do', fileNumber, 'sign', '--as', 'signatory-05315');
    await done('do', fileNumber, 'accept', '--as', 'officer1');
    const { lines } = await show(id);
    await done('do', id, 'recommend', `lines=${JSON.stringify(lines.map(({ line }) => ({ line, decision: 'approve' })))}`, '--as', 'officer1');
    await done('do', id, 'countersign', '--as', 'approver1');
    await done('do', id, 'draftNotice', '--as', 'officer1');
    const postedOn = dayOf((await json<{ now: string }>('clock')).now);
    await done('do', id, 'issueNotice', 'channel=post', `postedOn=${postedOn}`, '--as', 'approver1');
    await done('do', id, 'waive', '--as', 'signatory-05315');
    const { instalments, grantedCents } = await show(id);
    expect(instalments.map(({ number }) => number)).toEqual([1, 2]);
    for (const { id: instalment, payOn, number } of instalments) {
      await done('clock', `${payOn}T12:00:00.000Z`);
      expect(await done('readiness', instalment, '--as', 'certifier1', '--language', 'en')).toMatch(/Due  ready\n  ✓ noticeFinal  notice final  since /);
      await done('do', instalment, 'certify', 'factual=true', 'arithmetic=true', '--as', 'certifier1');
      await done('do', instalment, 'authorise', '--as', 'authoriser1');
      await reaches(instalment, 'exported');
      await done('do', instalment, 'confirmSettled', `valueDate=${payOn}`, `reference=statement-${number}`, '--as', 'certifier1');
    }
    expect(await show(id)).toMatchObject({ state: 'active.fullyPaid', paidCents: grantedCents });
    expect((await show(id)).milestones.every(({ reachedAt }) => reachedAt !== null)).toBe(true);
    expect(await done('verify')).toContain('3 Familien geprüft, 0 Verstöße');
    for (const number of [fileNumber, `${fileNumber}/1`]) expect(await done('replay', number)).toContain('genau, was gespeichert ist');
    expect(await done('timeline', fileNumber, '--as', 'auditor1')).toMatch(/Auszahlung bestätigen +certifier1 \(Feststellung \(Haushalt\)\)/);
    expect(await done('diagram', fileNumber, '--as', 'auditor1')).toContain('stateDiagram');
    expect(await done('cases', '--as', 'auditor1', '--machine', 'instalment')).toMatch(/Ausgezahlt[\s\S]*Ausgezahlt/);
  });

  test('token prints the token and nothing else', async () => {
    const token = await done('token', 'editor-05315');
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await done('cases', '--token', token)).toContain('Köln');
    expect(await ctl('token', 'nobody')).toMatchObject({ code: EXIT.refused, out: '' });
  });

  test('clocks drift is exit 4 while something differs', async () => {
    await eventually('a worker has looked', async () => (await ctl('clocks', 'drift', '--as', 'officer1')).code === EXIT.done);
    expect(await json('clocks', 'drift', '--as', 'auditor1')).toMatchObject({ watched: true, wakeUpsMissing: 0, wakeUpsWithoutClock: 0, overdue: 0, sweep: { nextAt: expect.any(String) } });
    await database.store.query('update wake_up_report set missing = 2');
    expect(await ctl('clocks', 'drift', '--as', 'officer1')).toMatchObject({ code: EXIT.notVerified, out: expect.stringContaining('fehlende Weckrufe      2'), err: expect.stringContaining('rebuild') });
    await database.store.query(`update wake_up_report set missing = 0, checked_at = checked_at - interval '1 hour'`);
    expect(await ctl('clocks', 'drift', '--as', 'officer1')).toMatchObject({ code: EXIT.notVerified, out: expect.stringContaining('Läuft ein Worker?') });
    expect((await ctl('clocks', 'drift', '--as', 'editor-05315')).code).toBe(EXIT.refused);
  });

  test('clocks rebuild is the administrator\'s', async () => {
    expect(await json('clocks', 'rebuild', '--as', 'admin1')).toEqual({ rebuild: 1 });
    expect(await done('clocks', 'rebuild', '--as', 'admin1')).toContain('Wiederherstellung 2');
    expect(await ctl('clocks', 'rebuild', '--as', 'officer1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('wrongRole') });
    expect((await ctl('clocks', 'rebuild')).code).toBe(EXIT.usage);
    expect((await ctl('clocks', 'fly')).code).toBe(EXIT.usage);
  });

  test('a refusal is exit 1 with its code, and says nothing on stdout', async () => {
    const refused = await ctl('do', 'new', 'open', 'programme=kim', `cycle=${await cycle()}`, 'applicant=05315', '--as', 'editor-05314');
    expect(refused).toMatchObject({ code: EXIT.refused, out: '' });
    expect(refused.err).not.toBe('');
    expect(await ctl('show', 'nothing', '--as', 'officer1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('notFound') });
    expect(await ctl('clock', '2020-01-01T00:00:00.000Z')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('clockForwards') });
  });

  test.each([
    [['do', 'new']],
    [['fly']],
    [['cases']],
    [['do', 'new', 'open', 'programme', '--as', 'editor-05315']],
    [['do', 'x', 'saveForm', '--data', '[]', '--as', 'editor-05315']],
    [['do', 'x', 'attach', '--version', 'one', '--as', 'editor-05315']],
    [['cases', '--language', 'fr', '--as', 'officer1']],
  ])('%j is usage: exit 2', async (args) => {
    expect((await ctl(...args)).code).toBe(EXIT.usage);
  });

  test('statement reads the books of a round or a case, and writes tables that are never written over', async () => {
    const id = await cycle();
    const said = await done('statement', id, '--as', 'auditor1');
    expect(said).toMatch(/Bereitstellung +verfügbar[\s\S]*Auszahlung +angeordnet +ausgezahlt[\s\S]*✓ Die Salden aller Konten ergeben zusammen, was bereitgestellt wurde\./);
    const [paid] = (await json<{ items: CaseView[] }>('cases', '--machine', 'application', '--state', 'active', '--as', 'auditor1')).items;
    expect(await json('statement', paid?.fileNumber ?? '', '--as', 'certifier1')).toMatchObject({ case: paid?.id, balances: { paid: paid?.paidCents } });
    expect(said).toMatch(/\n\d\d\.\d\d\.\d{4} [\d:]+ +\d\d\.\d\d\.\d{4} +KIM-\d{4}-\d{4}\/1 .*Auszahlung/);
    expect(await done('statement', (paid?.fileNumber ?? '').toLowerCase(), '--as', 'certifier1', '--language', 'en')).toMatch(/^KIM-\d{4}-\d{4}  as of [\s\S]*value date[\s\S]*Payment order +committed +ordered[\s\S]*claimed back/);
    const [csv, workbook] = [join(folder, 'auszug.csv'), join(folder, 'auszug.xlsx')];
    await done('statement', id, '--out', csv, '--as', 'auditor1');
    await done('statement', id, '--at', '2000-01-01T00:00:00Z', '--out', workbook, '--as', 'auditor1');
    expect((await readFile(csv)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect((await readFile(workbook)).subarray(0, 2).toString()).toBe('PK');
    expect(await ctl('statement', id, '--out', csv, '--as', 'auditor1')).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('EEXIST') });
    expect(await ctl('statement', id, '--out', join(folder, 'auszug.ods'), '--as', 'auditor1')).toMatchObject({ code: EXIT.usage });
    expect(await ctl('statement', id, '--at', '2199-01-01T00:00:00Z', '--as', 'auditor1')).toMatchObject({ code: EXIT.refused, out: '', err: expect.stringContaining('/at instantReached: Dieser Zeitpunkt liegt in der Zukunft') });
    expect(await ctl('statement', id, '--as', 'officer1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('wrongRole') });
    await done('cases', '--machine', 'application', '--out', join(folder, 'liste.csv'), '--as', 'officer1');
    expect(await readFile(join(folder, 'liste.csv'), 'utf8')).toMatch(/Aktenzeichen;Art;Antragsteller.*\r\n[\s\S]*Summe;application;/);
  });

  test('help names every command and the exit codes', async () => {
    const help = await done('--help');
    for (const name of ['token', 'cases', 'show', 'actions', 'do', 'why', 'readiness', 'timeline', 'diagram', 'cycles', 'cycle', 'cycle-open', 'cycle-revise', 'reminders', 'bulk', 'bulk-preview', 'bulk-confirm', 'bulk-result', 'deadlines', 'register', 'feed', 'suppressions', 'exceptions', 'runs', 'run', 'run-preview', 'run-prepare', 'freeze', 'statement', 'bank-import', 'bank-entries', 'bank-resolve', 'clock', 'clocks', 'replay', 'verify', 'migrate', 'seed', 'load']) expect(help).toContain(name);
    expect(help).toContain('4 verification failed');
    expect(await done('do', '--help')).toContain('saveForm');
  });

  test('a bank file is imported once, and what fits no payment is listed and resolved', async () => {
    const file = await jsonFile('statement.xml', `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>CTL-1</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">7</Amt>
      <CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><NtryDtls><TxDtls><Refs><EndToEndId>NOBODY</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`);
    expect(await done('bank-import', file, '--as', 'certifier1')).toMatch(/^camt\.053 CTL-1 als \S+ eingelesen: Einträge 1, zugeordnet 0, doppelt 0, zu klären 1$/);
    expect(await done('bank-import', file, '--as', 'authoriser1')).toContain('wurde schon als');
    expect(await ctl('bank-import', await jsonFile('broken.xml', '<Document'), '--as', 'certifier1')).toMatchObject({ code: EXIT.refused, err: expect.stringMatching(/bankFileRefused[\s\S]*fileComplete/) });
    const [, id = ''] = /ausgeführt +NOBODY +7,00 € +zu klären +übergehen \(bank-resolve … ignore\) +(bank-\d+) /.exec(await done('bank-entries', '--verdict', 'exception', '--as', 'auditor1')) ?? [];
    expect(await ctl('bank-resolve', id, 'ignore', '--as', 'certifier1')).toMatchObject({ code: EXIT.usage });
    expect(await done('exceptions', '--as', 'officer1')).toMatch(new RegExp(`^Kennung +Tage +zuständig .*\n${id} +0 +Feststellung \\(Haushalt\\), Anordnung \\(Haushalt\\) +Bankmeldung +– +übergehen \\(bank-resolve … ignore\\) +Bankmeldung zu NOBODY: `));
    expect(await done('exceptions', '--limit', '1', '--as', 'officer1', '--language', 'en')).toMatch(/^id +days +owner .*\n.*finance certifier, finance authoriser +bank message .*Bank message about NOBODY/);
    expect(await json('exceptions', '--as', 'auditor1')).toMatchObject({ items: [{ id, kind: 'bank', ageDays: 0, fileNumber: null }], next: null });
    expect(await ctl('exceptions', '--as', 'editor-05315')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('wrongRole') });
    expect(await done('bank-resolve', id, 'ignore', '--reason', 'Miete', '--as', 'certifier1')).toBe(`${id} geklärt`);
    expect(await done('bank-entries', '--verdict', 'exception', '--as', 'auditor1')).toBe('nichts');
    expect(await done('exceptions', '--as', 'officer1')).toBe('Nichts wartet');
    expect(await done('payment-answers', '--as', 'auditor1')).toBe('nichts');
    expect(await ctl('payment-confirm', 'answer-1-1', '--reason', 'gesehen', '--as', 'authoriser1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('notFound') });
  });

  test('suppressions lists the addresses nothing is mailed to, and lifts one', async () => {
    expect(await done('suppressions', '--as', 'officer1')).toBe('Post geht an jede Adresse');
    const address = 'editor-05315@municipality.example';
    await database.store.query(`with bounced as (insert into bounces (letter_id, address, status, diagnostic, at)
      select id, address, '5.1.1', '550 gone', tranche_now() from letters where address = $1 order by id limit 1 returning id, address, at)
      insert into suppressions (address, bounce_id, since) select address, id, at from bounced`, [address]);
    expect(await done('suppressions', '--as', 'officer1')).toMatch(/editor-05315@municipality\.example .*5\.1\.1 .*550 gone/);
    expect(await ctl('suppressions', '--lift', address, '--as', 'officer1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('wrongRole') });
    expect(await done('suppressions', '--lift', address, '--as', 'admin1')).toContain('Post geht wieder an');
    expect(await ctl('suppressions', '--lift', address, '--as', 'admin1')).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('notFound') });
  });

  test('nobody there is exit 3', async () => {
    expect(await ctl('cases', '--as', 'officer1', '--api', 'http://127.0.0.1:9')).toMatchObject({ code: EXIT.notReachable, err: expect.stringContaining('antwortet niemand') });
  });

  test('migrate and seed find nothing to do; a folder with a mistake is refused with its line', async () => {
    expect(await done('migrate')).toBe('nichts zu migrieren');
    expect(await done('seed')).toContain('nicht leer');
    await jsonFile('municipalities.csv', 'key,name,kind\n05999,Neustadt,Dorf\n');
    expect(await ctl('load', folder)).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('municipalities.csv:2') });
    await jsonFile('municipalities.csv', 'key,name,kind\n05999,Neustadt,Kreis\n');
    expect(await done('load', folder, '--dry-run')).toContain('Probelauf');
    expect(await done('load', folder)).toContain('eingelesen: 1 Organisationen');
  });

  test('a journal that was tampered with is exit 4', async () => {
    const [row] = await database.store.query<{ id: string }>(`select root_id as id from journal order by root_id limit 1`);
    await database.store.transaction(async (tx) => {
      await tx.query('alter table journal disable trigger user');
      await tx.query(`update journal set account = 'somebody' where root_id = $1 and seq = 1`, [row?.id]);
      await tx.query('alter table journal enable trigger user');
    });
    expect(await ctl('verify')).toMatchObject({ code: EXIT.notVerified, out: expect.stringContaining('journal row 1') });
    expect((await ctl('verify', row?.id ?? '')).code).toBe(EXIT.notVerified);
  });
});

/** The smallest document that every reader takes for a PDF. */
const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
  + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
