import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Text } from '#kernel';
import { eventually } from '#test/harness';
import { must } from './client.ts';
import { Run, type RunView } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

interface Exception {
  readonly case: string;
  readonly kind: string;
  readonly name: string;
  readonly owner?: readonly string[];
  readonly text: Text;
}

const PAY_DAY = '2056-05-02';
const THE_DAY_AFTER = '2056-05-03';
const MORE_THAN_AN_HOUR_LATER = '11:00';

const office = usingOffice();
const here = {} as { held: Story; free: Story; run: Run };

beforeAll(async () => {
  const grants = [await Story.of(office(), '05315', TO_THE_GRANT), await Story.of(office(), '05314', TO_THE_GRANT)];
  await office().clock(PAY_DAY);
  [here.held, here.free] = grants as [Story, Story];
  for (const grant of grants) await (await grant.instalment(1)).go('certify');
  here.run = await Run.prepare(office());
});

const listed = async () => (await office().client.get<{ items: readonly RunView[] }>('officer1', '/payment-runs')).items;
const exceptions = async () => (await office().client.get<{ items: readonly Exception[] }>('officer1', '/exceptions')).items;
const whereOrdered = async (grant: Story) => (await office().client.get<{ orders: readonly { case: string; run: { fileNumber: string; file: string | null } | null; text: Text }[] }>('auditor1', `/cases/${grant.id}/readiness`)).orders;
const results = async () => (await here.run.rows()).map(({ result, reasons }) => [result, reasons.map(({ code }) => code)]);
describe('a released run whose file is not written', () => {
  test('says of the row that waits what for', async () => {
    await office().queue('payouts').pause();
    await here.run.release();
    await eventually('both are authorised', async () => await (await here.held.instalment(1)).state() === 'authorised' && await (await here.free.instalment(1)).state() === 'authorised');
    await here.held.send('officer1', 'placeHold', { reason: 'audit', scope: 'all' });
    await office().queue('payouts').resume();
    await eventually('the other is ordered', async () => (await here.run.view()).results.ordered === 1);
    expect(await results()).toEqual([[null, ['noHoldInScope']], ['ordered', []]]);
    const table = await office().client.ask<string>('auditor1', 'GET', `/payment-runs/${here.run.id}/rows?format=csv`);
    const [{ text, remedy } = { text: null, remedy: null }] = (await here.run.rows())[0]?.reasons ?? [];
    expect(String(table.body)).toContain(`${text?.de} ${remedy?.de}`);
    expect(text?.de).toContain('Zahlungssperre');
    expect(await here.run.view()).toMatchObject({ overdue: false, recalled: null });
    expect(await whereOrdered(here.free)).toMatchObject([{ run: { fileNumber: 'KIM-2056-Z0001', executionOn: PAY_DAY, file: null }, text: { de: expect.stringMatching(/steht im Zahlungslauf KIM-2056-Z0001 mit Ausführungstag 02\.05\.2056, der noch keine Datei hat/) } }]);
    expect(await whereOrdered(here.held)).toEqual([]);
  });

  test('keeps its payments out of other runs, whose previews say where they are and what they wait for', async () => {
    const preview = await Run.preview(office());
    expect(preview.rows.map(({ verdict, reasons }) => [verdict, ...reasons.map(({ code }) => code)])).toEqual([['blocked', 'orderWritten', 'noHoldInScope', 'inNoOtherRun'], ['blocked', 'inNoOtherRun']]);
    expect(preview.rows[1]?.reasons[0]?.text.de).toContain('KIM-2056-Z0001');
    expect(preview.count).toBe(0);
  });

  test('is no exception at once, but after an hour, for those who pay', async () => {
    expect(await exceptions()).toEqual([]);
    await office().clock(PAY_DAY, MORE_THAN_AN_HOUR_LATER);
    expect(await exceptions()).toMatchObject([{ kind: 'effect', case: here.run.id, fileNumber: 'KIM-2056-Z0001', ageDays: 0, name: 'runs', owner: ['financeCertifier', 'financeAuthoriser'], text: { en: expect.stringMatching(/run KIM-2056-Z0001 .* at least one instalment waits/) } }]);
  });

  test('is not written once its execution day has passed, and says so', async () => {
    await office().clock(THE_DAY_AFTER);
    await here.held.go('liftHold');
    await eventually('the run is given up', async () => (await office().store.query(`select 1 from outbox where queue = 'runs' and failed_at is not null`)).length === 1);
    expect(await here.run.view()).toMatchObject({ state: 'releasing', file: null, overdue: true, results: { ordered: 2 } });
    expect(await exceptions()).toMatchObject([{ ageDays: 0, text: { de: expect.stringMatching(/Zahlungslauf KIM-2056-Z0001 .* Ausführungstag ging vorbei.* Bitte zurückholen/) } }]);
    expect((await listed())[0]).toMatchObject({ id: here.run.id, state: 'releasing', executionOn: PAY_DAY, overdue: true, count: 2, sumCents: 2 * PARTS[0] });
  });

  test('is recalled: its exception is gone, and what was ordered is paid by the next run', async () => {
    expect(await here.run.tries('certifier1', 'recallRun', { reason: 'Ausführungstag vorbei' })).toMatchObject({ status: 200 });
    await eventually('the rows are let go', async () => (await results()).every(([result]) => result === 'recalled'));
    expect(await here.run.view()).toMatchObject({ overdue: false, recalled: { account: 'certifier1', text: { de: 'Der Lauf wurde zurückgeholt: „Ausführungstag vorbei“.' } } });
    expect([await exceptions(), (await listed())[0]?.overdue]).toEqual([[], false]);
    expect(await whereOrdered(here.free)).toMatchObject([{ run: null, text: { de: expect.stringContaining('in keinem Zahlungslauf') } }]);
    const next = await Run.prepare(office());
    await next.release();
    await next.reaches('exported');
    expect((await next.view()).file).toMatchObject({ count: 2, sumCents: 2 * PARTS[0] });
    expect(await whereOrdered(here.held)).toMatchObject([{ run: { fileNumber: 'KIM-2056-Z0002', executionOn: THE_DAY_AFTER, file: 'KIM-2056-Z0002' }, text: { de: expect.stringContaining('Bitte den Ausführungstag abwarten.') } }]);
    expect(must('readiness', await office().client.ask<{ orders: readonly unknown[] }>('editor-05315', 'GET', `/cases/${here.held.id}/readiness`)).orders).toEqual([]);
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
