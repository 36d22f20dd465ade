import { seedInstallation } from '#apps/installation';
import { CasesService, Programmes } from '#cases';
import { moveClock, openStore, type Instant } from '#store';
import { programmes } from '#workflows';
import { Clerks } from './clerks.ts';

/**
 * Lives three cases of KIM through their deadlines on the database it is given, and prints what their journals and clocks
 * say: a process of its own, because a process has one time zone from its start to its end.
 */
const [databaseUrl = ''] = process.argv.slice(2);
const START: Instant = '2050-09-01T10:00:00.000Z';
/** Past the second pay date; what nobody moves is reminded of without end. */
const END: Instant = '2051-11-15T00:00:00.000Z';

const store = await openStore(databaseUrl, []);
const move = (to: Instant) => store.transaction((tx) => moveClock(tx, to));
await move(START);
const round = await seedInstallation({ mode: 'demo', redisUrl: null }, databaseUrl) ?? '';
const [clerks, cases] = [new Clerks(store), new CasesService(store, new Programmes(programmes))];
const roots = [
  (await clerks.drafted('05111', round)).id,
  (await clerks.act('officer1', (await clerks.submitted('05112', round)).id, 'askCompletion', { sections: ['posts'], text: 'Bitte ergänzen' })).id,
  (await clerks.noticed('05113', round)).id,
];
const next = async () => (await store.query<{ at: Instant | null }>('select min(due_at) as at from clocks where settled_at is null'))[0]?.at;
for (let at = await next(); at && at < END; at = await next()) {
  await move(at);
  for (const root of roots) await cases.settle(root);
}
const [applicant, due] = ['applicant_key as applicant', 'due_at as "dueAt"'];
const journal = await store.query(`select ${applicant}, j.case_id = j.root_id as head, event, at, to_state as "to" from journal j join cases c on c.id = j.root_id
  where account = 'system' order by applicant_key, seq`);
const clocks = await store.query(`select ${applicant}, name, ${due}, outcome from clocks k join cases c on c.id = k.root_id order by applicant_key, due_at, name`);
await store.close();
process.stdout.write(JSON.stringify({ zone: new Intl.DateTimeFormat().resolvedOptions().timeZone, hour: new Date(START).getHours(), journal, clocks }));
