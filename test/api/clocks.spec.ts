import { describe, expect, test } from '@jest/globals';
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
