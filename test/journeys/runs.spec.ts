import { beforeAll, describe, expect, test } from '@jest/globals';
import { run as ctl } from '#apps/ctl';
import { digest } from '#kernel';
import { must, type Problem } from './client.ts';
import { Run, type RunView } from './run.ts';
import { recordsOf } from '#test/sheets';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const KEYS = ['05315', '05314', '05111', '05113', '05112'];
const stories: Story[] = [];
const story = (index: number): Story => stories[index] as Story;
const first = (index: number): Promise<Story> => story(index).instalment(1);

beforeAll(async () => {
  // One after the other: their file numbers are the order of the rows.
  for (const key of KEYS) stories.push(await Story.of(office(), key, TO_THE_GRANT));
  await office().clock('2056-05-02');
});

describe('preview', () => {
  test('every instalment that is due is there: payable, or blocked with all reasons; blocked ones are not in the sum', async () => {
    for (const index of [0, 1, 2, 3]) await (await first(index)).go('certify');
    await story(2).send('officer1', 'placeHold', { reason: 'audit', scope: 'all' });
    const { rows, count, sumCents, blocked, certifiers } = await Run.preview(office());
    expect(rows.map(({ verdict, reasons }) => [verdict, ...reasons.map(({ code }) => code)])).toEqual([
      ['ok'], ['ok'], ['blocked', 'noHoldInScope'], ['ok'], ['blocked', 'certified'],
    ].map((expected) => expect.arrayContaining(expected)));
    expect([count, sumCents, blocked, certifiers]).toEqual([3, 3 * PARTS[0], 2, ['certifier1']]);
    expect(new Set(rows.map(({ iban }) => iban))).toEqual(new Set(['DE89370400440532013000']));
  });

  test('tells what stands out about payees beside every row, and no digest covers it: another family could undo a preview', async () => {
    const { rows, rowsHash } = await Run.preview(office());
    expect(rows.map(({ flags }) => flags.map(({ code }) => code))).toEqual(KEYS.map(() => ['sameIban']));
    expect(rows[0]?.flags[0]?.text.de).toContain(`Eine IBAN (••3000) für ${KEYS.length} Kommunen`);
    const seen = rows.map(({ case: caseId, applicant: applicantName, version: caseVersion, flags: _, holderAtBank: __, ...row }, index) => ({ position: index + 1, caseId, applicantName, caseVersion, ...row }));
    expect(digest(seen as never)).toBe(rowsHash);
    const said: string[] = [];
    expect(await ctl(['run-preview', office().cycle, '--as', 'certifier1', '--api', office().client.base, '--language', 'en'], { environment: {}, out: (text) => void said.push(text), err: (text) => void said.push(text) })).toBe(0);
    expect(said.join('\n')).toMatch(/\n! sameIban: One IBAN \(••3000\) for 5 municipalities: [^\n]* \(KIM-2056-0001\/1, /);
  });

  test('is for finance and auditors; applicants find no runs at all', async () => {
    const { client, cycle } = office();
    expect((await client.ask('editor-05315', 'POST', '/payment-runs/preview', { body: { cycle } })).status).toBe(403);
    expect((await client.ask('auditor1', 'POST', '/payment-runs/preview', { body: { cycle } })).status).toBe(200);
    expect((await client.ask('certifier1', 'POST', '/payment-runs/preview', { body: { cycle: 'kim-1999' } })).status).toBe(404);
    expect((await client.ask('editor-05315', 'GET', '/payment-runs')).status).toBe(403);
  });
});

describe('preparing', () => {
  test('a preview that is no longer true is refused, and so is a day that has passed; nothing is left behind', async () => {
    const { rowsHash } = await Run.preview(office());
    expect((await Run.try(office(), 'certifier1', { rowsHash: 'f'.repeat(64) })).body).toMatchObject({ code: 'previewCurrent' });
    expect((await Run.try(office(), 'certifier1', { rowsHash, executionOn: '2056-05-01' })).body).toMatchObject({ code: 'executionAhead' });
    for (const [executionOn, code] of [['2056-05-06', 'executionOnBankingDay'], ['2056-06-30', 'executionWithinDays'], ['2057-01-02', 'executionInBudgetYear']] as const) {
      const { status, body } = await Run.try(office(), 'certifier1', { rowsHash, executionOn });
      expect([status, (body as unknown as Problem).reasons?.map((reason) => reason.code)]).toEqual([409, expect.arrayContaining([code])]);
    }
    expect((await Run.try(office(), 'officer1', { rowsHash })).status).toBe(403);
    expect(await office().client.get('auditor1', '/payment-runs')).toEqual({ items: [], next: null });
  });

  test('fifty at once: one run; what it holds is in no other until it is recalled', async () => {
    const { rowsHash } = await Run.preview(office());
    const answers = await Promise.all(Array.from({ length: 50 }, () => Run.try(office(), 'certifier1', { rowsHash })));
    const made = answers.filter(({ status }) => status === 201);
    expect([made.length, new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => (body as unknown as { code: string }).code))])
      .toEqual([1, new Set(['previewCurrent'])]);
    const run = new Run(office(), must('run', made[0] as never as { status: number; body: { id: string }; headers: Headers }).id);
    expect(await run.view()).toMatchObject({ fileNumber: 'KIM-2056-Z0001', state: 'prepared', count: 3, blocked: 2, prepared: { account: 'certifier1' }, released: null, file: null });
    // What is in the run is in no other.
    const again = await Run.preview(office());
    expect(again.rows[0]?.reasons[0]?.text.de).toBe('Die Zahlung ist schon im Zahlungslauf KIM-2056-Z0001.');
    expect([again.count, again.rows.filter(({ reasons }) => reasons.some(({ code }) => code === 'inNoOtherRun')).length]).toEqual([0, 3]);
    expect((await Run.try(office(), 'certifier1', { rowsHash: again.rowsHash })).body).toMatchObject({ code: 'rowsLeft' });
    must('recall', await run.tries('certifier1', 'recallRun', { reason: 'Test' }));
    await office().rest();
    expect((await run.rows()).map(({ result }) => result)).toEqual(['recalled', 'recalled', null, 'recalled', null]);
    expect((await Run.preview(office())).count).toBe(3);
  });
});

describe('releasing', () => {
  test('neither who prepared nor who certified; the preparer sees why', async () => {
    const run = await Run.prepare(office(), 'authoriser1');
    const refusal = await run.refused('authoriser1', 'release');
    expect([refusal.code, refusal.reasons?.[0]?.who?.map(({ account }) => account)]).toEqual(['differentPerson', ['allrounder1']]);
    expect((await run.refused('certifier1', 'release')).code).toBe('wrongRole');
    await (await first(4)).send('allrounder1', 'certify');
    must('recall', await run.tries('authoriser1', 'recallRun', { reason: 'Test' }));
    await office().rest();
    const other = await Run.prepare(office(), 'certifier1');
    const byCertifier = await other.refused('allrounder1', 'release');
    expect(byCertifier.code).toBe('certifiedByOthers');
    must('recall', await other.tries('certifier1', 'recallRun', { reason: 'Test' }));
    await office().rest();
  });

  test('rows dropped, changed after the preview, and held are each themselves: the others go into the file, to the cent', async () => {
    const run = await Run.prepare(office());
    expect((await run.view()).count).toBe(4);
    const dropped = (await first(3)).id;
    expect((await run.drop('certifier1', dropped)).body).toMatchObject({ count: 3, sumCents: 3 * PARTS[0], state: 'prepared' });
    expect((await run.drop('certifier1', dropped)).body).toMatchObject({ code: 'rowOpen' });
    const { items } = await office().client.get<{ items: readonly RunView[] }>('auditor1', `/payment-runs?state=prepared`);
    expect(items).toEqual([expect.objectContaining({ id: run.id, executionOn: await office().today(), overdue: false, count: 3, sumCents: 3 * PARTS[0] })]);
    expect((await run.drop('certifier1', (await first(2)).id)).body).toMatchObject({ code: 'rowOpen' });
    await (await first(1)).send('certifier1', 'recall');
    await run.release();
    await run.reaches('exported');
    expect((await run.rows()).map(({ result, reasons }) => [result, ...reasons.map(({ code }) => code)])).toEqual([
      ['ordered'], ['refused', 'rowRecalled'], [null, 'noHoldInScope'], ['dropped'], ['ordered'],
    ]);
    const { file, results, released } = await run.view();
    expect([results, released?.account]).toEqual([{ undecided: 0, ordered: 2, refused: 1, orderedCents: 2 * PARTS[0] }, 'authoriser1']);
    expect(file).toMatchObject({ messageId: 'KIM-2056-Z0004', count: 2, sumCents: 2 * PARTS[0] });
    expect(await run.file()).toBe(await run.file());
    for (const paper of ['file', 'cover-sheet']) {
      const status = async (account: string) => [account, paper, (await office().client.raw(account, `/payment-runs/${run.id}/${paper}`)).status];
      for (const account of ['certifier1', 'authoriser1', 'auditor1', 'admin1']) expect(await status(account)).toEqual([account, paper, 200]);
      for (const account of ['officer1', 'approver1']) expect(await status(account)).toEqual([account, paper, 403]);
      expect(await status('editor-05315')).toEqual(['editor-05315', paper, 404]);
    }
    expect((await office().client.raw('officer1', `/payment-runs/${run.id}/rows`)).status).toBe(200);
    const table = await office().client.raw('auditor1', `/payment-runs/${run.id}/rows?format=csv`);
    const [head, ...lines] = recordsOf(Buffer.from(await table.arrayBuffer()).toString('utf8'));
    expect([head?.[9], new Set(lines.map((cells) => cells[9]?.slice(0, 17)))]).toEqual(['auffällig', new Set(['Eine IBAN (••3000'])]);
    expect((await run.rows()).map(({ flags }) => flags.map(({ code }) => code))).toEqual(KEYS.map(() => ['sameIban']));
    expect([head?.[3], ...lines.map((cells) => [cells[3], cells[6]])]).toEqual([
      'Betrag in EUR', ['43137,50', 'angeordnet'], ['43137,50', 'abgelehnt'], ['43137,50', 'gesperrt'], ['43137,50', 'herausgenommen'], ['43137,50', 'angeordnet'],
    ]);
    expect((await office().client.raw('auditor1', `/payment-runs/${run.id}/rows?format=xlsx`)).headers.get('content-disposition')).toContain('KIM-2056-Z0004.xlsx');
    expect((await (await first(0)).view()).state).toBe('exported');
    const [order] = await office().orders(story(0).id);
    expect(await run.file()).toContain(order?.endToEndId);
  });

  test('what was authorised by itself waits for the next run, and is in no second one', async () => {
    await (await first(3)).go('authorise');
    await (await first(3)).reaches('exported');
    const { rows } = await Run.preview(office());
    expect(rows.find(({ case: id }) => id === stories[3]?.id)).toBeUndefined();
    const run = await Run.prepare(office());
    await run.release();
    await run.reaches('exported');
    expect((await run.view()).file).toMatchObject({ count: 1, sumCents: PARTS[0] });
    expect((await office().orders(story(3).id))).toHaveLength(1);
    expect((await Run.preview(office())).rows.some(({ verdict }) => verdict === 'ok')).toBe(false);
  });

  test('a held row waits with its run until it is recalled; a run in which nothing was ordered has no file', async () => {
    const row = await first(1);
    await row.go('certify');
    const run = await Run.prepare(office());
    await office().queue('payouts').pause();
    await run.release();
    await row.reaches('authorised');
    await story(1).send('officer1', 'placeHold', { reason: 'audit', scope: 'all' });
    await office().queue('payouts').resume();
    await office().rest();
    expect((await run.view()).state).toBe('releasing');
    expect((await office().client.ask('authoriser1', 'GET', `/payment-runs/${run.id}/file`)).body).toMatchObject({ code: 'fileNotWritten' });
    await row.send('certifier1', 'recall');
    await run.reaches('empty');
    expect((await run.rows()).find(({ case: id }) => id === row.id)).toMatchObject({ result: 'refused' });
    expect(await office().orders(story(1).id)).toEqual([]);
  });

  test('fifty release at once: one does', async () => {
    await story(1).go('liftHold');
    await (await first(1)).go('certify');
    const run = await Run.prepare(office());
    const view = await run.view();
    const answers = await Promise.all(Array.from({ length: 50 }, () => office().client.send('authoriser1', view, 'release', {})));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(49).fill(412)]);
    await run.reaches('exported');
    expect(await office().orders(story(1).id)).toHaveLength(1);
  });

  test('nothing that was promised is broken', async () => {
    expect(await office().breaches()).toEqual([]);
  });
});
