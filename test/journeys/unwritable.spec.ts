import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '#test/harness';
import { must } from './client.ts';
import { YEAR } from './office.ts';
import { Run } from './run.ts';
import { concept, form, PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const stories = {} as { plain: Story; strange: Story; long: Story };

/** Longer than an order carries, and nothing that a municipality could not be called. */
const LONG = 'Stadtkasse der kreisfreien Stadt Mülheim an der Ruhr, Sonderkonto Kommunales Integrationsmanagement';
const OTHER = { iban: 'DE02 1203 0000 0000 2020 51', reason: 'Neue Hausbank' };

interface Exceptions { readonly items: readonly { readonly kind: string; readonly case: string; readonly text: { readonly de: string; readonly en: string } }[] }
const exceptions = async () => (await office().client.get<Exceptions>('officer1', '/exceptions')).items;
const codes = (rows: Awaited<ReturnType<Run['rows']>>) => rows.map(({ reasons }) => reasons.map(({ code }) => code));

/** What stands in a row that nobody may change any more, as it was written before names were judged. */
async function asBefore(table: string, statement: string): Promise<void> {
  await office().store.query(`alter table ${table} disable trigger user`);
  await office().store.query(statement);
  await office().store.query(`alter table ${table} enable trigger user`);
}

/** A signed order on its way to be written, which names another holder than one that fits: it was signed before names were judged. */
const misname = (caseId: string, holder: string) => office().store.query(
  `update outbox set payload = jsonb_set(payload, '{payee,holder}', to_jsonb($2::text)) where queue = 'payouts' and case_id = $1`, [caseId, holder]);

beforeAll(async () => {
  stories.plain = await Story.of(office(), '05315', TO_THE_GRANT);
  stories.long = await Story.of(office(), '05111', TO_THE_GRANT);
});

describe('a name that no bank file carries', () => {
  test.each(['東京', LONG, 'Stadtkasse \u202eKöln'])('is kept in the form, told as a finding, and not signed: %s', async (holder) => {
    stories.strange ??= await Story.open(office(), '05314');
    const { editor, id } = stories.strange;
    const { findings } = must('form', await office().client.saveForm(editor, id, { ...form(YEAR), payee: { iban: 'NL91ABNA0417164300', holder } }));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'holderFits', path: '/payee/holder', actual: holder }));
    const { code, reasons } = await stories.strange.refused(editor, 'requestSignature');
    expect([code, reasons?.find((reason) => reason.code === 'holderFits')]).toMatchObject(['conceptAttached', { text: { de: expect.any(String) }, remedy: { en: expect.any(String) } }]);
  });

  test('is refused where another payee is proposed, with what to do', async () => {
    const { strange } = stories;
    must('form', await office().client.saveForm(strange.editor, strange.id, form(YEAR)));
    must('concept', await office().client.attach(strange.editor, strange.id, concept()));
    await strange.go(...TO_THE_GRANT);
    for (const holder of ['北京', LONG, 'Stadtkasse\u200b Köln']) {
      const refusal = await strange.refused(strange.signatory, 'proposePayee', { ...OTHER, holder });
      expect(refusal).toMatchObject({ status: 409, code: 'holderFits', reasons: [{ code: 'holderFits', remedy: { de: expect.stringContaining('in lateinischer Schrift') } }] });
    }
    expect((await strange.refused(strange.signatory, 'proposePayee', { ...OTHER, holder: 'x'.repeat(141) })).code).toBe('invalidBody');
  });
});

describe('an order that was signed before names were judged, and cannot be written', () => {
  let run: Run;

  test('is the result of its row in a run, and the others go out', async () => {
    await office().clock('2056-05-02');
    for (const story of Object.values(stories)) await (await story.instalment(1)).go('certify');
    run = await Run.prepare(office());
    const strange = await stories.strange.instalment(1);
    await office().queue('payouts').pause();
    await run.release();
    await strange.reaches('authorised');
    await misname(strange.id, '東京');
    await office().queue('payouts').resume();
    await run.reaches('exported');
    expect((await run.view()).file).toMatchObject({ count: 2, sumCents: PARTS[0] * 2 });
    const rows = await run.rows();
    expect([rows.map(({ result }) => result), codes(rows)]).toEqual([['ordered', 'ordered', 'refused'], [[], [], ['holderValid']]]);
    expect(rows[2]?.reasons[0]).toMatchObject({ text: { en: expect.stringContaining('no letter that banks write') }, remedy: { de: expect.stringContaining('in lateinischer Schrift') } });
  });

  test('stays an exception and blocked in the next preview while it is authorised, and is neither once it is recalled', async () => {
    const strange = await stories.strange.instalment(1);
    expect(await exceptions()).toMatchObject([{ kind: 'effect', case: strange.id, text: { de: expect.stringMatching(/^Nichts ging an die Bank \(holderValid\)/) } }]);
    const { rows, count } = await Run.preview(office());
    expect([count, rows.map((row) => [row.case, ...row.reasons.map(({ code }) => code)])]).toEqual([0, [[strange.id, 'holderValid']]]);
    await strange.go('recall');
    expect(await exceptions()).toEqual([]);
    await strange.go('certify', 'authorise');
    await strange.reaches('exported');
    expect(await exceptions()).toEqual([]);
  });

  test('nor does it stop a run when nobody knows why it was given up', async () => {
    const long = await stories.long.instalment(1);
    await long.go('reportReturn', 'reopen', 'certify');
    await office().confirmAnswers('authoriser1');
    const next = await Run.prepare(office());
    await office().queue('payouts').pause();
    await next.release();
    await long.reaches('authorised');
    await office().store.query(`update outbox set failed_at = clock_timestamp(), failures = 9, error = 'connection lost' where queue = 'payouts' and case_id = $1 and done_at is null`, [long.id]);
    await office().queue('payouts').resume();
    await next.reaches('exported');
    expect(codes((await next.rows()).filter(({ result }) => result === 'refused'))).toEqual([['orderWritable']]);
    await long.go('recall');
    expect(await exceptions()).toEqual([]);
  });
});

describe('an order that was written before names were judged', () => {
  test.each([['東京', 'holderValid'], [LONG, 'holderFits']])('is blocked in the preview, with what is wrong and what to do: %s', async (holder, code) => {
    const long = await stories.long.instalment(1);
    if (await long.state() === 'due') {
      await long.go('certify', 'authorise');
      await long.reaches('exported');
    }
    await asBefore('payment_orders', `update payment_orders set holder = '${holder}' where id = (select max(id) from payment_orders where case_id = '${long.id}')`);
    const { rows } = await Run.preview(office());
    expect(rows.filter((row) => row.case === long.id).map(({ reasons }) => reasons.map((reason) => reason.code))).toEqual([[code]]);
  });

  test('is an exception that says what to do, should it come as far as the file', async () => {
    await eventually('the runs are at rest', async () => (await office().store.query(`select 1 from outbox where queue = 'runs' and done_at is null`)).length === 0);
    await office().store.query(`update outbox set done_at = null, failed_at = clock_timestamp(), failures = 1, error = 'holderValid KIM-2056-0002-1-1' where id = (select max(id) from outbox where queue = 'runs')`);
    expect(await exceptions()).toMatchObject([{ kind: 'effect', text: {
      de: expect.stringMatching(/^Nichts ging an die Bank \(holderValid KIM-2056-0002-1-1\): Der Name des Empfängers .* Den Kontoinhaber in lateinischer Schrift/),
      en: expect.stringMatching(/^Nothing went to the bank .* Propose the holder in Latin script/),
    } }]);
  });
});
