import { afterAll, describe, expect, test } from '@jest/globals';
import { Wire } from '#test/harness';
import { Counter } from './applicant.ts';
import { usingDesk } from './desk.ts';

const laid: Wire[] = [];
const desk = usingDesk({}, { through: async (url) => {
  const wire = await Wire.to(url);
  laid.push(wire);
  return wire.url;
} });
const counter = new Counter(desk);
const wire = (): Wire => laid[0] as Wire;
afterAll(() => wire().close());

const opening = (key: string, applicant: string) => desk.ask(`editor-${applicant}`, 'post', 'cases').set('Idempotency-Key', key).send({ programme: 'kim', cycle: desk.cycle, applicant });

describe('a database that is away', () => {
  test('the line breaks before COMMIT is answered: 503, and the same key gets the one case that there is', async () => {
    // The whole statement: an account of the ledger is called `committed`.
    wire().cutAfter('commit\0');
    const lost = await opening('lost', '05315');
    expect([lost.status, lost.body.code, lost.headers['retry-after']]).toEqual([503, 'unavailable', '2']);
    const again = await opening('lost', '05315');
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect((await desk.ask('editor-05315', 'get', 'cases')).body.items).toHaveLength(1);
  });

  test('the line is silent: not ready within seconds, alive all the same, and well again without a restart', async () => {
    expect((await desk.ask(null, 'get', 'health/ready')).status).toBe(200);
    wire().swallow(true);
    const [ready, live] = await Promise.all([desk.ask(null, 'get', 'health/ready'), desk.ask(null, 'get', 'health/live')]);
    wire().swallow(false);
    expect([ready.status, ready.body.code, ready.headers['retry-after'], live.status]).toEqual([503, 'unavailable', '2', 200]);
    expect((await desk.ask(null, 'get', 'health/ready')).status).toBe(200);
    expect((await counter.open('05314')).version).toBe(1);
  });

  test('a request without a token is 401 even then: who asks comes first', async () => {
    wire().swallow(true);
    const answer = await desk.ask(null, 'post', 'cases').send({});
    wire().swallow(false);
    expect([answer.status, answer.body.code]).toEqual([401, 'tokenMissing']);
  });
});
