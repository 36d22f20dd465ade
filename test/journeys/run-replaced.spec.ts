import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '#test/harness';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const paid: Story[] = [];
const instalment = (index: number): Story => paid[index] as Story;

beforeAll(async () => {
  const grants: Story[] = [];
  for (const key of ['05315', '05314', '05111']) grants.push(await Story.of(office(), key, TO_THE_GRANT));
  await office().clock('2056-05-02');
  for (const grant of grants) paid.push(await grant.instalment(1));
});

/** A person tells that the money came back, which is the only way to take an order back that is written. */
async function orderAnew(story: Story): Promise<void> {
  await story.send('certifier1', 'reportReturn', { reason: 'falsches Konto', amountCents: PARTS[0] });
  await story.go('reopen', 'certify', 'authorise');
  await story.reaches('exported');
}

const references = async (): Promise<readonly (readonly [string, string])[]> => (await Run.preview(office())).rows.map(({ endToEndId, verdict }) => [endToEndId, verdict]);
const rowOf = async (run: Run, story: Story) => (await run.rows()).find((row) => row.case === story.id);

describe('an order that was replaced before any file held it', () => {
  test('is in no preview beside the one that replaced it', async () => {
    await instalment(0).go('certify', 'authorise');
    await instalment(0).reaches('exported');
    await orderAnew(instalment(0));
    expect((await references()).filter(([, verdict]) => verdict === 'ok')).toEqual([['KIM-2056-0001-1-2', 'ok']]);
  });

  test('is refused by the run that was prepared with it, and the next run pays the new one', async () => {
    const run = await Run.prepare(office());
    await orderAnew(instalment(0));
    await run.release();
    await run.reaches('empty');
    expect(await rowOf(run, instalment(0))).toMatchObject({ result: 'refused', reasons: [{ code: 'orderAwaited' }] });
    expect((await references()).filter(([, verdict]) => verdict === 'ok')).toEqual([['KIM-2056-0001-1-3', 'ok']]);
  });

  test('is let go by a run that has counted it already and waits for others; so is what a person has confirmed', async () => {
    await instalment(1).go('certify');
    await instalment(2).go('certify', 'authorise');
    await instalment(2).reaches('exported');
    const run = await Run.prepare(office());
    await office().queue('payouts').pause();
    await run.release();
    await eventually('two rows are ordered', async () => (await run.view()).results.ordered === 2);
    await instalment(0).send('certifier1', 'reportReturn', { reason: 'falsches Konto', amountCents: PARTS[0] });
    await instalment(2).go('confirmSettled');
    await office().queue('payouts').resume();
    await run.reaches('exported');
    expect([await rowOf(run, instalment(0)), await rowOf(run, instalment(1)), await rowOf(run, instalment(2))]).toMatchObject([
      { result: 'recalled', reasons: [{ code: 'orderAwaited' }] }, { result: 'ordered', reasons: [] }, { result: 'recalled', reasons: [{ code: 'orderAwaited' }] },
    ]);
    expect((await run.view()).file).toMatchObject({ count: 1, sumCents: PARTS[0] });
    expect((await references()).filter(([, verdict]) => verdict === 'ok')).toEqual([]);
  });

  test('and nothing that was promised is broken', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
