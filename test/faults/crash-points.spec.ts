import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseView } from '#cases';
import { CRASH_POINTS, openEffects } from '#store';
import { eventually } from '#test/harness';
import { DEATHS, DEATHS_OVER_RUNS } from './deaths.ts';
import { startMailServer, type MailServer } from './mail.server.ts';
import { People } from './people.ts';
import type { Running } from './processes.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const APPLICANTS = ['05111', '05112', '05113', '05114', '05116', '05117', '05119', '05120'];

const here = {} as { site: Site; mail: MailServer; people: People; api: Running; worker: Running; families: CaseView[] };
const first = (index: number): string => here.families[index]?.instalments[0]?.id ?? '';
const stateOf = async (id: string): Promise<string> => (await here.people.read(id)).state;
const startApi = async (environment = {}): Promise<Running> => {
  const api = here.site.start('api', environment);
  await api.ready;
  return api;
};
const startWorker = (environment = {}): Running => here.site.start('worker', { ...here.mail.environment, ...environment });

beforeAll(async () => {
  here.site = await openSite();
  here.mail = await startMailServer();
  here.people = new People(here.site.url, here.site.round.id);
  here.api = await startApi();
  here.worker = startWorker();
  await here.worker.ready;
  here.families = await Promise.all(APPLICANTS.map((applicant) => here.people.granted(applicant)));
  await eventually('every letter has gone', async () => (await openEffects(here.site.store)) === 0);
  await here.worker.kill();
});
afterAll(async () => {
  await here.site.close();
  await here.mail.stop();
});

test('every named point is somebody\'s death', () => {
  expect(new Set([...DEATHS.map(([, point]) => point), ...DEATHS_OVER_RUNS])).toEqual(new Set(CRASH_POINTS));
});

describe('a worker that dies over deadlines', () => {
  test.each(DEATHS.filter(([app, point]) => app === 'worker' && point.endsWith('commit')))('%s %s', async (_, point) => {
    if (point === 'before-commit') await here.site.moveClock(here.site.round.payDays[0] ?? '');
    expect(await startWorker({ TRANCHE_CRASH_AT: point }).ended).toBe('SIGKILL');
  });

  test('leaves every one of them to its successor, once', async () => {
    const worker = startWorker();
    for (const [index] of here.families.entries()) await eventually('the instalment is due', async () => (await stateOf(first(index))) === 'due', 240);
    await eventually('every letter has gone', async () => (await openEffects(here.site.store)) === 0, 240);
    await worker.kill();
    const fallen = await here.site.store.query(`select case_id from journal where event = 'fallDue'`);
    expect(fallen).toHaveLength(APPLICANTS.length);
  });
});

describe('an API that dies over a command', () => {
  test.each(['before-commit', 'after-commit'] as const)('%s: the same key gives the one result', async (point) => {
    const id = first(point === 'before-commit' ? 0 : 1);
    await here.people.certify(id);
    await here.api.kill();
    here.api = await startApi({ TRANCHE_CRASH_AT: point });
    const command = await here.people.draw('authoriser1', id, 'authorise');
    await expect(here.people.try(command)).rejects.toThrow();
    expect(await here.api.ended).toBe('SIGKILL');
    here.api = await startApi();
    const answer = await here.people.ask(command);
    expect([answer.status, answer.replayed, (answer.body as CaseView).state]).toEqual([200, point === 'after-commit', 'authorised']);
    expect(await here.people.ask(command)).toEqual({ ...answer, replayed: true });
  });
});

describe('a worker that dies over effects', () => {
  test.each(DEATHS.filter(([app, point]) => app === 'worker' && !point.endsWith('commit')))('%s %s', async (_, point) => {
    const index = DEATHS.findIndex((death) => death[0] === 'worker' && death[1] === point);
    await here.people.certify(first(index));
    await here.people.act('authoriser1', first(index), 'authorise');
    expect(await startWorker({ TRANCHE_CRASH_AT: point }).ended).toBe('SIGKILL');
  });

  test('loses no payment and no letter, and doubles none', async () => {
    here.worker = startWorker();
    for (const index of [2, 3]) {
      await here.people.certify(first(index));
      await here.people.act('authoriser1', first(index), 'authorise');
    }
    for (const [index] of here.families.entries()) {
      await eventually('the instalment is exported', async () => (await stateOf(first(index))) === 'exported', 240);
      await here.people.confirmSettled(first(index));
    }
    await eventually('nothing is open', async () => (await openEffects(here.site.store)) === 0, 240);
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });

  test('every mail left the house once', async () => {
    const letters = await here.site.store.query<{ messageId: string }>('select message_id as "messageId" from letters');
    expect([...here.mail.taken].toSorted()).toEqual(letters.map(({ messageId }) => messageId).toSorted());
    expect(letters.length).toBeGreaterThan(APPLICANTS.length * 4);
  });
});
