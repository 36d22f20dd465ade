import { beforeAll, describe, expect, test } from '@jest/globals';
import { must } from './client.ts';
import { YEAR } from './office.ts';
import { Run } from './run.ts';
import { concept, form, PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const stories = {} as { plain: Story; strange: Story; long: Story };

/** Longer than an order carries, and nothing that a municipality could not be called. */
const LONG = 'Stadtkasse der kreisfreien Stadt Mülheim an der Ruhr, Sonderkonto Kommunales Integrationsmanagement';

/** A grant whose form names this holder. */
async function paidTo(applicant: string, holder: string): Promise<Story> {
  const story = await Story.open(office(), applicant);
  const { editor, id } = story;
  must('form', await office().client.saveForm(editor, id, { ...form(YEAR), payee: { iban: 'NL91ABNA0417164300', holder } }));
  must('concept', await office().client.attach(editor, id, concept()));
  await story.go(...TO_THE_GRANT);
  return story;
}

beforeAll(async () => {
  stories.plain = await Story.of(office(), '05315', TO_THE_GRANT);
  stories.strange = await paidTo('05314', '東京');
  stories.long = await paidTo('05111', LONG);
  await office().clock('2056-05-02');
});

describe('a payment that no bank would take', () => {
  test('is blocked in the preview, with what is wrong and what to do, and does not hold up the others', async () => {
    for (const story of Object.values(stories)) await (await story.instalment(1)).go('certify');
    const { rows, count } = await Run.preview(office());
    expect([count, rows.map(({ reasons }) => reasons.map(({ code }) => code))]).toEqual([1, [[], ['holderValid'], ['holderFits']]]);
    expect(rows[1]?.reasons[0]?.remedy.de).toContain('in lateinischer Schrift');
  });

  test('and so is one that was ordered by itself: the run without it has its file', async () => {
    const strange = await stories.strange.instalment(1);
    await strange.go('authorise');
    await strange.reaches('exported');
    const run = await Run.prepare(office());
    await run.release();
    await run.reaches('exported');
    expect((await run.view()).file).toMatchObject({ count: 1, sumCents: PARTS[0] });
    expect((await run.rows()).map(({ result, reasons }) => [result, ...reasons.map(({ code }) => code)])).toEqual([['ordered'], [null, 'holderValid'], [null, 'holderFits']]);
  });

  test('is an exception that says what to do, should it come as far as the file', async () => {
    await office().store.query(`update outbox set done_at = null, failed_at = clock_timestamp(), failures = 1, error = 'holderValid KIM-2056-0002-1-1' where id = (select max(id) from outbox where queue = 'runs')`);
    const { items } = await office().client.get<{ items: readonly { kind: string; text: { de: string; en: string } }[] }>('officer1', '/exceptions');
    expect(items).toMatchObject([{ kind: 'effect', text: {
      de: expect.stringMatching(/^Nichts ging an die Bank \(holderValid KIM-2056-0002-1-1\): Der Name des Empfängers .* Den Kontoinhaber in lateinischer Schrift/),
      en: expect.stringMatching(/^Nothing went to the bank .* Propose the holder in Latin script/),
    } }]);
  });
});
