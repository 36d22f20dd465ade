import { describe, expect, test } from '@jest/globals';
import { reportWakeUps } from '#store';
import { usingDesk } from './desk.ts';

const desk = usingDesk();

describe('rebuilding wake-ups', () => {
  test('is the administrator\'s, needs no key and no body, and can be asked for again', async () => {
    const answers = [await desk.ask('admin1', 'post', 'clocks/rebuild'), await desk.ask('admin1', 'post', 'clocks/rebuild').send({})];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([[200, { rebuild: 1 }], [200, { rebuild: 2 }]]);
    expect(await desk.store.query('select wakeup_epoch as epoch from installation')).toEqual([{ epoch: 2 }]);
  });

  test('is refused to everybody else, and with a body that says something', async () => {
    for (const account of ['officer1', 'auditor1', 'editor-05315']) {
      const refused = await desk.ask(account, 'post', 'clocks/rebuild');
      expect([refused.status, refused.body.code]).toEqual([403, 'wrongRole']);
      expect(refused.body.reasons[0].who).toContainEqual(expect.objectContaining({ account: 'admin1' }));
    }
    const odd = await desk.ask('admin1', 'post', 'clocks/rebuild').send({ all: true });
    expect([odd.status, odd.body.errors[0]]).toMatchObject([422, { path: '/all', code: 'unknownField' }]);
    expect(await desk.store.query('select wakeup_epoch as epoch from installation')).toEqual([{ epoch: 2 }]);
  });
});

describe('drift', () => {
  const drift = () => desk.ask('officer1', 'get', 'clocks/drift');

  test('before any worker has looked: nobody watches', async () => {
    const { status, body } = await drift();
    expect([status, body]).toEqual([200, {
      checkedAt: null, watched: false, wakeUpsMissing: 0, wakeUpsWithoutClock: 0, overdue: 0, oldestOverdueAt: null, sweep: null,
    }]);
  });

  test('is what the last comparison found, and what is overdue now; both ages are told', async () => {
    const nextAt = '2030-01-01T00:00:00.000Z';
    await reportWakeUps(desk.store, { missing: 3, withoutClock: 2, sweepNextAt: nextAt });
    expect((await drift()).body).toMatchObject({ watched: true, wakeUpsMissing: 3, wakeUpsWithoutClock: 2, overdue: 0, sweep: { nextAt } });
    await desk.store.query(`update wake_up_report set checked_at = checked_at - interval '6 minutes'`);
    await desk.store.query(
      `insert into clocks (id, case_id, root_id, name, generation, due_at, event, data, reminder, because)
       select 'late-' || seconds, 'late', 'late', seconds, 1, tranche_now() - seconds * interval '1 second', 'x', '{}', false, '{}' from unnest(array[30, 90, 3600]) seconds`);
    const { body } = await drift();
    expect([body.watched, body.overdue]).toEqual([false, 2]);
    const hours = (Date.parse(await desk.store.now()) - Date.parse(body.oldestOverdueAt as string)) / 3_600_000;
    expect(Math.floor(hours)).toBe(1);
    await desk.store.query(`delete from clocks where case_id = 'late'`);
  });

  test('is the agency\'s to know', async () => {
    const refused = await desk.ask('editor-05315', 'get', 'clocks/drift');
    expect([refused.status, refused.body.code]).toEqual([403, 'wrongRole']);
    expect((await desk.ask('auditor1', 'get', 'clocks/drift')).status).toBe(200);
  });
});
