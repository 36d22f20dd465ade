import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '#test/harness';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const grants: Story[] = [];
const paid: Story[] = [];

beforeAll(async () => {
  for (const key of ['05315', '05314', '05111', '05113']) grants.push(await Story.of(office(), key, TO_THE_GRANT));
  await office().clock('2056-05-02');
  for (const grant of grants) paid.push(await grant.instalment(1));
  for (const story of paid.slice(0, 3)) {
    await story.go('certify', 'authorise');
    await story.reaches('exported');
  }
});

const hold = () => grants[0]?.send('officer1', 'placeHold', { reason: 'audit', scope: 'all' });
const said = (rows: Awaited<ReturnType<Run['rows']>>) => rows.map(({ reasons }) => reasons.map(({ code }) => code));
const HELD = ['nothingSinceOrder', 'noHoldInScope'];
const UNAPPROVED = ['nothingSinceOrder', 'payeeApproved'];

describe('an order that no file holds yet', () => {
  test('waits while something stands against it that came up since: a hold, or a proposed account', async () => {
    await hold();
    await grants[1]?.go('proposePayee');
    const { rows, count, sumCents } = await Run.preview(office());
    const ordered = rows.slice(0, 3);
    expect([ordered.map(({ verdict }) => verdict), said(ordered), count, sumCents]).toEqual([['blocked', 'blocked', 'ok'], [HELD, UNAPPROVED, []], 1, PARTS[0]]);
    await grants[0]?.go('liftHold');
    await (await grants[1]?.child(11))?.go('declinePayee');
    expect((await Run.preview(office())).count).toBe(3);
  });

  test('is refused by the run that was prepared before, and the others are paid', async () => {
    const run = await Run.prepare(office());
    await hold();
    await grants[1]?.go('proposePayee');
    await run.release();
    await run.reaches('exported');
    const rows = (await run.rows()).slice(0, 3);
    expect([rows.map(({ result }) => result), said(rows)]).toEqual([['refused', 'refused', 'ordered'], [HELD, UNAPPROVED, []]]);
    expect((await run.view()).file).toMatchObject({ count: 1, sumCents: PARTS[0] });
  });

  test('is let go by a run that has counted it already and waits for others', async () => {
    const late = await (grants[3] as Story).instalment(1);
    await late.go('certify');
    await grants[0]?.go('liftHold');
    const run = await Run.prepare(office());
    await office().queue('payouts').pause();
    await run.release();
    await eventually('one row is ordered', async () => (await run.view()).results.ordered === 1);
    await hold();
    await office().queue('payouts').resume();
    await run.reaches('exported');
    const rows = (await run.rows()).filter(({ verdict }) => verdict === 'ok');
    expect([rows.map(({ result }) => result), said(rows)]).toEqual([['recalled', 'ordered'], [HELD, []]]);
    expect(await run.view()).toMatchObject({ count: 2, results: { undecided: 0, ordered: 1, refused: 1, orderedCents: PARTS[0] }, file: { count: 1, sumCents: PARTS[0] } });
  });

  test('is never paid to the account of before: it is reported, certified and ordered anew', async () => {
    await (await grants[1]?.child(12))?.go('checkPayeeDocument', 'noteCallBack', 'approvePayee');
    await office().clock('2056-05-10');
    await office().rest();
    const [, moved] = paid;
    expect(said((await Run.preview(office())).rows.filter(({ case: id }) => id === moved?.id))).toEqual([['nothingSinceOrder', 'certificationUnchanged']]);
    await moved?.send('certifier1', 'reportReturn', { reason: 'neues Konto', amountCents: PARTS[0] });
    await moved?.go('reopen', 'certify', 'authorise');
    await moved?.reaches('exported');
    const run = await Run.prepare(office());
    await run.release();
    await run.reaches('exported');
    expect((await run.rows()).find(({ case: id }) => id === moved?.id)).toMatchObject({ iban: 'DE02120300000000202051', result: 'ordered', endToEndId: 'KIM-2056-0002-1-2' });
  });

  test('and nothing that was promised is broken', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
