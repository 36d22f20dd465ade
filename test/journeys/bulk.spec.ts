import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bulkSelection } from '#apps/api';
import type { CaseView } from '#cases';
import type { Json } from '#kernel';
import { must, problem, type Answer } from './client.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const CERTIFIED = { factual: true, arithmetic: true };
const here = {} as { grants: readonly Story[]; instalments: readonly Story[] };

/** A selection as the wire has it; its shape is checked. */
const shaped = <T>(answer: Answer<T>) => bulkSelection.parse(must('selection', answer));
const tryPreview = (account: string, body: Json) => office().client.ask(account, 'POST', '/cases/bulk/preview', { body });
const preview = async (account: string, body: Json) => shaped(await tryPreview(account, body));
const tryConfirm = (account: string, token: string, key: string = randomUUID()) => office().client.ask(account, 'POST', `/cases/bulk/${token}/confirm`, { headers: { 'idempotency-key': key } });
const confirm = async (account: string, token: string, key?: string) => shaped(await tryConfirm(account, token, key));
const read = async (account: string, token: string) => shaped(await office().client.ask(account, 'GET', `/cases/bulk/${token}`));
const codes = ({ rows }: ReturnType<typeof shaped>) => rows.map(({ reasons }) => reasons.map(({ code }) => code).join());
const results = ({ rows }: ReturnType<typeof shaped>) => rows.map(({ result, code }) => code ?? result);
const states = (): Promise<string[]> => Promise.all(here.instalments.map((each) => each.state()));
const due = { machine: 'instalment', state: 'due', cycle: 'kim-2056' };

beforeAll(async () => {
  const grants: Story[] = [];
  for (const applicant of ['05315', '05314', '05111']) grants.push(await Story.of(office(), applicant, TO_THE_GRANT));
  await office().clock('2056-05-02');
  here.grants = grants;
  here.instalments = await Promise.all(grants.map((each) => each.instalment(1)));
});

describe('one event for many cases', () => {
  test('a preview shows who may not and why, with the sum of what is possible, and does nothing', async () => {
    const seen = await preview('certifier1', { event: 'certify', data: CERTIFIED, filter: due });
    expect([seen.ok, seen.refused, seen.sumCents]).toEqual([3, 0, 3 * 4_313_750]);
    expect(seen.rows.map((row) => [row.case, row.version, row.result]).toSorted()).toEqual((await Promise.all(here.instalments.map(async (each) => [each.id, (await each.view()).version, null]))).toSorted());
    const refused = await preview('approver1', { event: 'certify', data: CERTIFIED, cases: [...here.instalments.map(({ id }) => id), 'nowhere', here.grants[0]?.id ?? ''] });
    expect(codes(refused)).toEqual(['wrongRole,differentPerson', 'wrongRole,differentPerson', 'wrongRole,differentPerson', 'notFound', 'notFound']);
    expect([refused.ok, refused.sumCents, await states()]).toEqual([0, 0, ['due', 'due', 'due']]);
  });

  test('is asked in its own shape: fields of the event, cases or a filter, no more than a thousand', async () => {
    const wrong = async (body: Json) => { const { status, code, errors = [] } = problem('preview', await tryPreview('certifier1', body)); return [status, code, ...errors.map(({ path }) => path)]; };
    expect(await wrong({ event: 'certify', data: { factual: false, arithmetic: true }, cases: [here.instalments[0]?.id ?? ''] })).toEqual([422, 'invalidBody', '/data/factual']);
    expect(await wrong({ event: 'certify', data: CERTIFIED })).toEqual([422, 'invalidBody', '/cases']);
    expect(await wrong({ event: 'certify', cases: ['x'], filter: due })).toEqual([422, 'invalidBody', '/cases']);
    expect(await wrong({ event: 'certify', cases: Array.from({ length: 1_001 }, (_, index) => `c${index}`) })).toEqual([422, 'invalidBody', '/cases']);
  });

  test('fifty clicks certify each once; a hold and a stranger\'s token refuse their own', async () => {
    const { token } = await preview('certifier1', { event: 'certify', data: CERTIFIED, filter: due });
    const held = await preview('officer1', { event: 'placeHold', data: { reason: 'postVacant', scope: 'all' }, cases: [here.grants[1]?.id ?? '', here.grants[2]?.id ?? ''] });
    expect(results(await confirm('officer1', held.token))).toEqual(['done', 'done']);
    expect([(await tryConfirm('allrounder1', token)).status, (await office().client.ask('auditor1', 'GET', `/cases/bulk/${token}`)).status]).toEqual([404, 404]);
    await Promise.all(Array.from({ length: 50 }, (_, index) => confirm('certifier1', token, index % 2 ? 'double-click' : randomUUID())));
    const done = await read('certifier1', token);
    const result = new Map(done.rows.map((row) => [row.case, row.code ?? row.state]));
    expect(here.instalments.map(({ id }) => result.get(id))).toEqual(['certified', 'noHoldInScope', 'noHoldInScope']);
    expect([done.results, await states()]).toEqual([{ done: 1, refused: 2, pending: 0, doneCents: 4_313_750 }, ['certified', 'due', 'due']]);
    expect((await office().client.timeline(here.grants[0]?.id ?? '')).filter(({ event }) => event === 'certify')).toHaveLength(1);
  });

  test('a key that meant another selection is refused, and a confirmation without one', async () => {
    const { token } = await preview('certifier1', { event: 'certify', data: CERTIFIED, filter: due });
    expect(problem('key', await tryConfirm('certifier1', token, 'double-click'))).toMatchObject({ status: 422, code: 'keyReused' });
    expect(problem('key', await office().client.ask('certifier1', 'POST', `/cases/bulk/${token}/confirm`, {}))).toMatchObject({ status: 428, code: 'idempotencyKeyMissing' });
    expect((await read('certifier1', token)).confirmedAt).toBeNull();
  });

  test('what was changed after the preview is refused alone, and the table says so', async () => {
    const lifted = await Promise.all(here.grants.slice(1).map((grant) => grant.send('approver2', 'liftHold', { hold: 'h1', reason: 'geklärt' })));
    expect(lifted.map(({ holds }: CaseView) => holds.length)).toEqual([0, 0]);
    await here.instalments[1]?.go('certify');
    await here.instalments[2]?.go('certify');
    const seen = await preview('authoriser1', { event: 'authorise', cases: here.instalments.map(({ id }) => id) });
    expect(seen.ok).toBe(3);
    await here.instalments[1]?.send('certifier1', 'recall', { reason: 'Betrag prüfen' });
    expect(results(await confirm('authoriser1', seen.token))).toEqual(['done', 'staleVersion', 'done']);
    await here.instalments[0]?.reaches('exported');
    const table = await (await office().client.raw('authoriser1', `/cases/bulk/${seen.token}?format=csv`)).text();
    const cells = table.split('\r\n').slice(1, 4).map((line) => line.split(';'));
    expect(cells.map(([, , amount, shown, result, state, code]) => [amount, shown, result, state, code])).toEqual([
      ['43137,50', 'möglich', 'erledigt', 'Angeordnet', ''], ['43137,50', 'möglich', 'abgelehnt', '', 'staleVersion'], ['43137,50', 'möglich', 'erledigt', 'Angeordnet', '']]);
  });

  test('the sum is what would be ordered: without what is on hold, and without what is paid', async () => {
    const [, grant] = here.grants;
    const [paid, partly] = [here.instalments[0], here.instalments[1]];
    await grant?.send('officer1', 'holdAmount', { reason: 'postVacant', instalment: '1', amountCents: 1_000_000 });
    await partly?.go('certify');
    expect((await preview('authoriser1', { event: 'authorise', cases: [partly?.id ?? ''] })).sumCents).toBe(3_313_750);
    await partly?.send('certifier1', 'recall', { reason: 'Sperre klären' });
    await grant?.send('approver2', 'liftHold', { hold: 'h2', reason: 'geklärt' });
    await paid?.go('confirmSettled');
    await paid?.send('certifier1', 'reportReturn', { reason: 'Konto erloschen', amountCents: 1_000_000 });
    await paid?.go('reopen');
    const again = await preview('certifier1', { event: 'certify', data: CERTIFIED, cases: [paid?.id ?? ''] });
    expect([again.ok, again.sumCents]).toEqual([1, 1_000_000]);
  });

  test('a run is released by a selection, too, and not by whoever prepared it', async () => {
    await here.instalments[1]?.go('certify');
    const run = await Run.prepare(office(), 'certifier1');
    const seen = await preview('certifier1', { event: 'release', cases: [run.id] });
    expect(seen.rows[0]?.reasons.map(({ code }) => code)).toContain('differentPerson');
    expect(results(await confirm('certifier1', seen.token))).toEqual([seen.rows[0]?.reasons[0]?.code]);
    const good = await preview('authoriser1', { event: 'release', cases: [run.id] });
    expect(results(await confirm('authoriser1', good.token))).toEqual(['done']);
    await here.instalments[1]?.reaches('exported');
  });

  test('and nothing that was promised is broken', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
