import { AlarmsService, ClocksService, CyclesService } from '#cases';
import type { Actor } from '#kernel';
import { crowd } from '#test/ground';
import { openClocksSite, type ClocksSite, type Part } from './clocks.site.ts';
import { taken } from './kim.walk.ts';
import { median, table } from './rounds.ts';
import type { OwnServer } from '#test/ground';

const PENDING = { few: 1_000, many: 1_000_000 } as const;
/** Clocks of one draft. */
const A_DRAFT = 7;
const BATCH = 50;
/** Batches of a round. */
const TURNS = 20;
const MOST_RATIO = 1.5;
const EPOCH = 'bench.0';
const DAY_MS = 86_400_000;

/** One thing that is done again and again while clocks are pending. */
type Look = (site: ClocksSite) => Promise<unknown>;

const LOOKS: { readonly [name: string]: Look } = {
  [`claim and settle ${BATCH} families`]: async ({ store, cases }) => {
    const { rootIds } = await new ClocksService(store).overdueFamilies(BATCH);
    const { settled } = await cases.settleAll(rootIds);
    if (settled.length !== BATCH) throw new Error(`${settled.length} families were settled, not ${BATCH}`);
  },
  'page of what is due': ({ store }) => new ClocksService(store).overdueFamilies(BATCH),
  'next date': async ({ store }) => new ClocksService(store).nextDue('2099-01-01T00:00:00.000Z'),
  'overdue by a minute': ({ store }) => new ClocksService(store).late(60),
  'alarms to publish': ({ store }) => new AlarmsService(store).unpublished({ limit: 1_000, horizonDays: 400, epoch: EPOCH }),
};

/** Claiming what is due beside a million pending clocks and beside a thousand, turn by turn. */
export async function measureClaims(server: OwnServer, rounds: number): Promise<Part> {
  const sites: ClocksSite[] = [];
  try {
    for (const [name, pending] of Object.entries(PENDING)) sites.push(await prepare(await server.database(name), pending, rounds));
    const [few, many] = sites as [ClocksSite, ClocksSite];
    const found = new Map(Object.keys(LOOKS).map((name) => [name, { few: [] as number[], many: [] as number[] }]));
    // Round 0 warms up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, look] of Object.entries(LOOKS)) {
        const times = await turns(look, few, many);
        if (round > 0) for (const side of ['few', 'many'] as const) found.get(name)?.[side].push(times[side]);
      }
      console.error(`claiming, ${round === 0 ? 'warm-up' : `round ${round}`}`);
    }
    return verdictOf(found);
  } finally {
    for (const site of sites) await site.close();
  }
}

async function prepare(url: string, pending: number, rounds: number): Promise<ClocksSite> {
  const site = await openClocksSite(url, null);
  console.error(`claiming: copying ${pending} pending clocks`);
  await site.drafts(Math.ceil(pending / A_DRAFT));
  await site.store.query('update clocks set alarm_epoch = $1', [EPOCH]);
  const cutOffAt = new Date(Date.parse(await site.store.now()) + DAY_MS).toISOString();
  await site.store.transaction((tx) => new CyclesService(site.store).put(tx, { id: 'toy', programme: 'bursary', data: { cutOffAt } }));
  const actor: Actor = { account: 'editor', roles: ['applicantEditor'], organisation: 'toy' };
  const { id } = taken(await site.cases.open({
    programme: 'bursary', cycle: 'toy', applicant: { key: 'toy', name: 'Toy', kind: 'Kreis' }, actor, at: await site.store.now(),
  }));
  await crowd(site.store, id, BATCH * TURNS * (rounds + 1));
  await site.store.query('vacuum analyze');
  await site.move(new Date(Date.parse(cutOffAt) + DAY_MS).toISOString());
  return site;
}

/** Milliseconds that one turn takes, as the middle of many; both sides take turns, so that a busy machine is busy to both. */
async function turns(look: Look, few: ClocksSite, many: ClocksSite): Promise<{ readonly few: number; readonly many: number }> {
  const times = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [side, site] of turn % 2 === 0 ? [['few', few], ['many', many]] as const : [['many', many], ['few', few]] as const) {
      const from = performance.now();
      await look(site);
      times[side].push(performance.now() - from);
    }
  }
  return { few: median(times.few), many: median(times.many) };
}

function verdictOf(found: ReadonlyMap<string, { readonly few: readonly number[]; readonly many: readonly number[] }>): Part {
  const rows = [...found].map(([name, { few, many }]) => ({
    name, few: median(few), many: median(many), ratio: median(many.map((time, round) => time / (few[round] ?? NaN))),
  }));
  const [claim] = rows;
  return {
    table: table([
      ['with pending clocks', `${PENDING.few} ms`, `${PENDING.many} ms`, 'ratio'],
      ...rows.map(({ name, few, many, ratio }) => [name, few.toFixed(2), many.toFixed(2), ratio.toFixed(2)]),
    ]),
    figures: `claim ${claim?.few.toFixed(1)} ms beside ${PENDING.few} clocks, ${claim?.many.toFixed(1)} ms beside ${PENDING.many}, `
      + `ratio ${claim?.ratio.toFixed(2)}, worst of all looks ${Math.max(...rows.map(({ ratio }) => ratio)).toFixed(2)} (at most ${MOST_RATIO})`,
    passed: rows.every(({ ratio }) => ratio <= MOST_RATIO),
  };
}
