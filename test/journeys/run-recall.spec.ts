import { beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseView } from '#cases';
import { eventually } from '#test/harness';
import { must, problem, type Answer } from './client.ts';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const here = {} as { grants: readonly Story[]; instalments: readonly [Story, Story] };

beforeAll(async () => {
  here.grants = [await Story.of(office(), '05315', TO_THE_GRANT), await Story.of(office(), '05314', TO_THE_GRANT)];
  await office().clock('2056-05-02');
  here.instalments = await Promise.all(here.grants.map((grant) => grant.instalment(1))) as [Story, Story];
  for (const instalment of here.instalments) await instalment.go('certify');
});

const results = async (run: Run) => (await run.rows()).map(({ result }) => result);
/** Every row has its result, and the run its end. */
const decided = (run: Run): Promise<void> => eventually(`the end of run ${run.id}`, async () => {
  const { state } = await run.view();
  return state === 'exported' || (state === 'recalled' && (await results(run)).every((result) => result === 'recalled'));
});
const orders = async () => (await Promise.all(here.grants.map(({ id }) => office().orders(id)))).map(({ length }) => length);

describe('a run that was released', () => {
  test('is recalled as long as it has no file: what was ordered by then waits for the next run, what was not is not ordered', async () => {
    const [held, ordered] = here.instalments;
    const run = await Run.prepare(office());
    await office().queue('payouts').pause();
    await run.release();
    await Promise.all(here.instalments.map((each) => each.reaches('authorised')));
    await here.grants[0]?.send('officer1', 'placeHold', { reason: 'audit', scope: 'all' });
    await office().queue('payouts').resume();
    await ordered.reaches('exported');
    await eventually('one row is ordered', async () => (await results(run)).includes('ordered'));
    expect([await run.view(), (await results(run)).toSorted()]).toMatchObject([{ state: 'releasing', file: null }, [null, 'ordered']]);

    expect((await run.refused('officer1', 'recallRun', { reason: 'falscher Tag' })).code).toBe('wrongRole');
    must('recall', await run.tries('certifier1', 'recallRun', { reason: 'falscher Tag' }));
    await decided(run);
    expect([(await run.view()).state, await results(run), await held.state()]).toEqual(['recalled', ['recalled', 'recalled'], 'authorised']);
    expect((await office().client.ask('authoriser1', 'GET', `/payment-runs/${run.id}/file`)).body).toMatchObject({ code: 'fileNotWritten' });

    const next = await Run.prepare(office());
    await next.release();
    await next.reaches('exported');
    expect((await next.view()).file).toMatchObject({ count: 1, sumCents: PARTS[0] });
    expect(await orders()).toEqual([0, 1]);
  });

  test('lets its rows go at once, whenever a worker writes that down', async () => {
    const [held] = here.instalments;
    await here.grants[0]?.go('liftHold');
    await held.reaches('exported');
    const run = await Run.prepare(office());
    await office().queue('runs').pause();
    must('recall', await run.tries('certifier1', 'recallRun', { reason: 'falscher Tag' }));
    const { rowsHash } = await Run.preview(office());
    const next = new Run(office(), must('prepare', await Run.try(office(), 'certifier1', { rowsHash })).id);
    expect([await results(run), await results(next)]).toEqual([['recalled'], [null]]);
    must('recall', await next.tries('certifier1', 'recallRun', { reason: 'noch ein falscher Tag' }));
    const seen = await Run.preview(office());
    expect([seen.count, seen.rowsHash]).toEqual([1, rowsHash]);
    await office().queue('runs').resume();
    await decided(next);
    expect((await Run.preview(office())).rowsHash).toBe(rowsHash);
  });

  test('and recalled at the same moment is either a file or free, never both', async () => {
    const ends: string[] = [];
    while (ends.at(-1) !== 'exported') {
      const run = await Run.prepare(office());
      await run.release();
      const [recalled] = await Promise.all([run.tries('certifier1', 'recallRun', { reason: 'im selben Augenblick' }), run.tries('certifier1', 'recallRun', { reason: 'noch einmal' })]);
      await decided(run);
      const { state, file } = await run.view();
      expect([state, file === null, await results(run)]).toEqual(recalled.status === 200 || state === 'recalled' ? ['recalled', true, ['recalled']] : ['exported', false, ['ordered']]);
      ends.push(state);
      // However often it is recalled, it must be possible to pay in the end.
      if (ends.length >= 3 && state === 'recalled') {
        const last = await Run.prepare(office());
        await last.release();
        await last.reaches('exported');
        ends.push('exported');
      }
    }
    expect(await orders()).toEqual([1, 1]);
  });

  test('whoever loses a race is told who was first, and when', async () => {
    await office().rest();
    const [, lost] = here.instalments;
    for (const event of ['reportReturn', 'reopen', 'certify']) await lost.go(event);
    const view = await lost.view();
    const [mine, theirs] = await Promise.all(['authoriser1', 'allrounder1'].map((account) => office().client.send(account, view, 'authorise', {}))) as [Answer<CaseView>, Answer<CaseView>];
    const [winner, loser] = mine.status === 200 ? ['authoriser1', theirs] as const : ['allrounder1', mine] as const;
    const { status, code, detail } = problem('the slower one', loser);
    expect([status, code, detail]).toEqual([412, 'staleVersion', expect.stringMatching(new RegExp(`Zuletzt gehandelt: ${winner}, 02\\.05\\.2056 [\\d:]+ \\(„.*[Aa]nordnen.*“\\)\\.`))]);
    await lost.reaches('exported');
    expect(problem('again', await office().client.send('certifier1', await lost.view(), 'certify', { factual: true, arithmetic: true })).detail).toContain(`Zuletzt gehandelt: ${winner}, `);
  });

  test('and nothing that was promised is broken', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
