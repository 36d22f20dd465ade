import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { CaseView } from '#cases';
import { openEffects } from '#store';
import { eventually, Wire } from '#test/harness';
import { someMoment } from './chance.ts';
import { People } from './people.ts';
import type { Running } from './processes.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

describe('the answer to COMMIT is lost', () => {
  const here = {} as { site: Site; wire: Wire; people: People };
  beforeAll(async () => {
    here.site = await openSite();
    here.wire = await Wire.to(here.site.databaseUrl);
    here.people = new People(here.site.url, here.site.round.id);
    await here.site.start('api', { DATABASE_URL: here.wire.url }).ready;
  });
  afterAll(async () => {
    await here.site.processes.killAll();
    await here.wire.close();
    await here.site.close();
  });
  const events = async () => (await here.site.store.query<{ event: string }>('select event from journal order by seq')).map(({ event }) => event);

  test('the command is answered 503 although it is done, and the same key gives its result, once', async () => {
    const command = {
      account: 'editor-05315', method: 'POST', path: '/cases', headers: { 'idempotency-key': 'unheard' },
      body: { programme: 'kim', cycle: here.site.round.id, applicant: '05315' },
    } as const;
    // A request that only reads: it fetches the token and wakes the connections before the line is cut.
    await here.people.try({ account: command.account, method: 'GET', path: '/cases' });
    here.wire.cutAfter('commit\u0000');
    expect(await here.people.try(command)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await events()).toEqual(['open']);
    const again = await here.people.ask(command);
    expect(again).toMatchObject({ status: 201, replayed: true, body: { applicant: { key: '05315' }, version: 1 } });
    expect(await events()).toEqual(['open']);
    expect(await here.people.read((again.body as CaseView).id)).toEqual(again.body);
  });

  test('an event of a case likewise', async () => {
    const [{ id } = { id: '' }] = await here.site.store.query<{ id: string }>('select id from cases');
    const command = { account: 'editor-05315', method: 'PUT', path: `/cases/${id}/form`, headers: { 'if-match': '"1"', 'idempotency-key': 'unheard-2' }, body: {} } as const;
    here.wire.cutAfter('commit\u0000');
    expect(await here.people.try(command)).toMatchObject({ status: 503 });
    expect(await here.people.ask(command)).toMatchObject({ status: 200, replayed: true });
    expect(await events()).toEqual(['open', 'saveForm']);
  });
});

describe('PostgreSQL terminates backends under load', () => {
  const APPLICANTS = ['05111', '05112', '05113', '05114', '05116', '05117'];
  const here = {} as { site: Site; people: People; api: Running; worker: Running };
  beforeAll(async () => {
    here.site = await openSite();
    here.people = new People(here.site.url, here.site.round.id);
    here.api = here.site.start('api');
    here.worker = here.site.start('worker');
    await Promise.all([here.api.ready, here.worker.ready]);
  });
  afterAll(() => here.site.close());

  /** Terminates one backend of the installation after the other until the work is over, whatever it is doing. @returns how many */
  async function under<T>(work: () => Promise<T>): Promise<{ result: T; terminated: number }> {
    const saboteur = new pg.Client({ connectionString: here.site.databaseUrl, application_name: 'saboteur' });
    await saboteur.connect();
    const over = new AbortController();
    const sabotage = async (): Promise<number> => {
      let terminated = 0;
      for (; !over.signal.aborted; await someMoment(Math.random, 100)) {
        const { rowCount } = await saboteur.query(
          `select pg_terminate_backend(pid) from (select pid from pg_stat_activity where datname = current_database()
             and application_name not in ('saboteur', 'test') order by state = 'active' desc, random() limit 1) victim`);
        terminated += rowCount ?? 0;
      }
      return terminated;
    };
    const sabotaging = sabotage();
    try {
      const result = await work();
      over.abort();
      return { result, terminated: await sabotaging };
    } finally {
      over.abort();
      await saboteur.end();
    }
  }

  test('requests are answered or told to come again, the worker goes on, nothing is lost', async () => {
    const { result: families, terminated } = await under(async () => {
      const granted = await Promise.all(APPLICANTS.map((applicant) => here.people.granted(applicant)));
      await here.site.moveClock(here.site.round.payDays[0] ?? '');
      return granted;
    });
    const firsts = families.map(({ instalments: [first] }) => first?.id ?? '');
    // A sweep that was cut off comes again with the next full minute; a clock that is moved once more does not wait for it.
    await here.site.moveClock(new Date(Date.parse(here.site.round.payDays[0] ?? '') + 86_400_000).toISOString());
    for (const id of firsts) await eventually('the instalment is due', async () => (await here.people.read(id)).state === 'due', 240);
    const { terminated: more } = await under(async () => {
      for (const id of firsts) await here.people.certify(id);
      for (const id of firsts) await here.people.act('authoriser1', id, 'authorise');
    });
    await here.site.endLeases();
    for (const id of firsts) {
      await eventually('the instalment is exported', async () => (await here.people.read(id)).state === 'exported', 240);
      await here.people.confirmSettled(id);
    }
    await eventually('nothing is open', async () => await openEffects(here.site.store) === 0, 240);
    process.stdout.write(`terminated backends ${terminated + more}, requests told to come again ${here.people.setbacks.unavailable}, unanswered ${here.people.setbacks.unanswered.length}\n`);
    expect(terminated + more).toBeGreaterThan(20);
    expect(here.people.setbacks.unanswered).toEqual([]);
    expect([here.api.alive(), here.worker.alive()]).toEqual([true, true]);
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
