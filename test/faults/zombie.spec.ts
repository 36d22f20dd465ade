import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { Clerks } from './clerks.ts';
import { startMailServer, type MailServer } from './mail.server.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

/** A promise and the hand that opens it. */
interface Gate { readonly passed: Promise<void>; readonly open: () => void }

function gate(): Gate {
  const hand: { open: () => void } = { open: () => undefined };
  const passed = new Promise<void>((resolve) => { hand.open = resolve; });
  return { passed, open: () => hand.open() };
}

const here = {} as { site: Site; clerks: Clerks; mail: MailServer; reached: Gate; held: Gate };

beforeAll(async () => {
  here.site = await openSite();
  here.clerks = new Clerks(here.site.store);
  [here.held, here.reached] = [gate(), gate()];
  here.mail = await startMailServer(() => {
    here.reached.open();
    return here.held.passed;
  });
});
afterAll(async () => {
  here.held.open();
  await here.site.close();
  await here.mail.stop();
});

const letters = () => here.site.store.query<{ attempt: number; doneAt: string | null; sentAt: string | null }>(
  `select o.id, o.attempt, o.done_at as "doneAt", l.account, l.sent_at as "sentAt" from outbox o left join letters l on l.effect_id = o.id order by o.id, l.account`);
const isQuiet = async (): Promise<boolean> => await openEffects(here.site.store) === 0;

test('a worker that was frozen past its lease finds that its effects are no longer its own', async () => {
  const frozen = here.site.start('worker', here.mail.environment);
  await frozen.ready;
  const { id } = await here.clerks.submitted('05315', here.site.round.id);
  await here.reached.passed;
  process.kill(frozen.pid, 'SIGSTOP');
  here.held.open();
  await here.site.endLeases();

  const successor = here.site.start('worker', here.mail.environment);
  await eventually('newer attempts have finished everything', isQuiet, 240);
  const finished = await letters();
  expect(finished.map(({ attempt }) => attempt)).not.toContain(1);
  await successor.kill();

  process.kill(frozen.pid, 'SIGCONT');
  await here.clerks.act('officer1', id, 'askCompletion', { sections: ['posts'], text: 'Bitte ergänzen' });
  await eventually('it is back at work', async () => await isQuiet() && (await letters()).length > finished.length, 240);
  expect((await letters()).slice(0, finished.length)).toEqual(finished);
  expect(await accountOf(here.site.store)).toMatchObject(flawless(0));
});
