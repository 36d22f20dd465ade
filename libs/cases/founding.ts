import { randomUUID } from 'node:crypto';
import { headOf, judgeOpening } from '#kernel';
import type { Tx } from '#store';
import { render } from './case.render.ts';
import type { Outcome } from './case.view.ts';
import { GENESIS } from './chain.ts';
import { refused, type OpenCommand } from './command.ts';
import { currentCycle } from './cycles.service.ts';
import type { Family } from './family.ts';
import { saveMotions } from './family.save.ts';
import { Motion, NOTHING_LOADED, type Loaded } from './motion.ts';
import type { Programmes } from './programmes.ts';

/** The first move of a family, in the caller's transaction: judged by what its head asks of an opening. */
export async function found(tx: Tx, programmes: Programmes, { programme: id, cycle: cycleId, applicant, actor, at, machine: asked, data = {} }: OpenCommand): Promise<Outcome> {
  const programme = programmes.current(id);
  const cycle = await currentCycle(tx, cycleId);
  if (!programme || cycle?.programme !== id) return refused({ code: 'notFound' });
  const machine = asked ?? programme.root;
  const head = headOf(programme, machine);
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`open ${cycleId} ${applicant.key}`]);
  const loaded: Loaded = { ...NOTHING_LOADED, openApplications: await openCases(tx, cycleId, applicant.key, machine) };
  const facts = { ...loaded, cycle: cycle.data, cycleId, applicant, parent: null, children: [], acts: {}, lastAt: {} };
  const reasons = judgeOpening(head, { type: 'open', at, actor, data }, facts);
  if (reasons[0]) return refused({ code: reasons[0].code, reasons });

  const mark = programme.heads?.[machine]?.fileMark ?? '';
  const fileNumber = `${id.toUpperCase()}-${cycleId.split('-').at(-1)}-${mark}${String(await nextFileNumber(tx, `${cycleId}${mark}`)).padStart(4, '0')}`;
  const rootId = randomUUID();
  const family: Family = { rootId, members: [], clocks: [], cycle, newer: [], acts: {}, lastAt: {}, seq: 0, hash: GENESIS };
  const motion = new Motion(family, programme, programmes, loaded);
  motion.found({
    id: rootId, rootId, parentId: null, number: 0, machine, programme: id, programmeVersion: programme.version,
    definitionHash: programmes.hash(programme, machine), cycleId, applicant, fileNumber,
    context: head.begin({ applicant, fileNumber, at, cycle: cycle.data, data }), createdAt: at, updatedAt: at,
  }, actor, at);
  await saveMotions(tx, [{ family, motion, programme }]);
  return { ok: true, view: render(programme, motion, rootId, at), replayed: false };
}

async function openCases(tx: Tx, cycleId: string, applicantKey: string, machine: string): Promise<number> {
  const [open] = await tx.query<{ count: number }>(
    'select count(*) as count from cases where cycle_id = $1 and applicant_key = $2 and machine = $3 and parent_id is null and not ended', [cycleId, applicantKey, machine]);
  return open?.count ?? 0;
}

/** File numbers count by round, and by the mark of those that have one. */
async function nextFileNumber(tx: Tx, series: string): Promise<number> {
  const [row] = await tx.query<{ last: number }>(
    'insert into file_numbers values ($1, 1) on conflict (cycle_id) do update set last = file_numbers.last + 1 returning last', [series]);
  return (row as { last: number }).last;
}
