import { machineOf, step, type Actor, type Effect, type Instant, type Json, type PaymentCourse, type Reason } from '#kernel';
import type { Store } from '#store';
import { render } from './case.render.ts';
import type { CaseView } from './case.view.ts';
import { mayKnow } from './command.ts';
import { loadFacts } from './facts.load.ts';
import { memberOf } from './family.ts';
import { loadFamilies, type LoadedFamily } from './family.load.ts';
import { Motion, NOTHING_LOADED } from './motion.ts';
import type { Programmes } from './programmes.ts';

/** What would become of one event on one case. */
export interface Prospect {
  readonly view: CaseView;
  /** The head of its family. */
  readonly head: CaseView;
  /** Every reason why it would be refused; none means that it would be taken. */
  readonly reasons: readonly Reason[];
  /** The outward work that it would cause. */
  readonly effects: readonly Effect[];
  /** Who ever sent which event on the family: accounts by event. */
  readonly acts: { readonly [event: string]: readonly string[] };
  /** How its payments go by the version that it lives under. */
  readonly payment: PaymentCourse | undefined;
}

/** What is asked of many cases; without an event only how they stand. */
export interface Question {
  readonly event?: string;
  /** Asked instead of an event: whether the order of their payment would be written if it were not yet, wherever they stand. */
  readonly ordering?: true;
  readonly data?: { readonly [field: string]: Json };
  readonly actor: Actor;
  readonly at: Instant;
}

/** Families read at once: each a few kilobytes. */
const PAGE = 200;

/** Nothing is asked, so nothing is refused and nothing follows. */
const NOTHING = { ok: true, effects: [] } as const;

/** Looks ahead without moving anything: the same step as the real one, on many cases. */
export class Survey {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /**
   * What would become of one event on these cases, each for itself and in the order asked; those that the person may not
   * know, or that do not know the event, are left out: two that want the same budget are both told that it suffices.
   */
  async of(caseIds: readonly string[], question: Question): Promise<readonly Prospect[]> {
    return this.each(caseIds, question, (prospect) => prospect);
  }

  /** The same, of each only what is wanted: thousands of families need not be held at once. */
  async each<T>(caseIds: readonly string[], question: Question, wanted: (prospect: Prospect) => T): Promise<readonly T[]> {
    const found: T[] = [];
    for (let from = 0; from < caseIds.length; from += PAGE) found.push(...(await this.page(caseIds.slice(from, from + PAGE), question)).map(wanted));
    return found;
  }

  /** Up to `limit` members of a round's families on one machine, in these states, in the order of their file numbers. */
  async standing({ cycleId, machine, states, limit }: { readonly cycleId: string; readonly machine: string; readonly states: readonly string[]; readonly limit: number }): Promise<readonly string[]> {
    const rows = await this.store.query<{ id: string }>(
      'select id from cases where cycle_id = $1 and machine = $2 and state = any($3) order by file_number, id limit $4', [cycleId, machine, states, limit]);
    return rows.map(({ id }) => id);
  }

  private async page(caseIds: readonly string[], question: Question): Promise<readonly Prospect[]> {
    const places = await this.store.query<{ id: string; rootId: string }>('select id, root_id as "rootId" from cases where id = any($1)', [caseIds]);
    const rootOf = new Map(places.map(({ id, rootId }) => [id, rootId]));
    const families = new Map((await loadFamilies(this.store, [...new Set(rootOf.values())])).map((family) => [family.rootId, family]));
    const found: Prospect[] = [];
    for (const id of caseIds) {
      const family = families.get(rootOf.get(id) ?? '');
      if (family) found.push(...await this.prospect(family, id, question));
    }
    return found;
  }

  private async prospect(family: LoadedFamily, caseId: string, { event, ordering, data = {}, actor, at }: Question): Promise<readonly Prospect[]> {
    const head = memberOf(family.members, family.rootId);
    const programme = this.programmes.pinned(head.programme, head.programmeVersion);
    const { machine } = memberOf(family.members, caseId);
    const definition = machineOf(programme, machine);
    const order = ordering && programme.payment?.machine === machine ? programme.payment.order : undefined;
    const type = order?.event ?? event;
    if (!mayKnow(actor, head.applicant.key) || (type !== undefined && !Object.hasOwn(definition.events, type))) return [];
    const loaded = type === undefined ? NOTHING_LOADED : await loadFacts(this.store, family, { programme, caseId, events: [type], lock: false });
    const motion = new Motion(family, programme, this.programmes, loaded);
    motion.passTo(at);
    const stored = memberOf(motion.members, caseId);
    const docket = { programme, machine, stored: order === undefined ? stored : { ...stored, state: order.state }, facts: motion.facts(caseId) };
    const move = type === undefined ? NOTHING : step(docket, { type, data, actor, at });
    const shown = (id: string) => render(programme, motion, id, at);
    return [{
      view: shown(caseId), head: shown(family.rootId), acts: docket.facts.acts, payment: programme.payment,
      ...(move.ok ? { reasons: [], effects: move.effects } : { reasons: move.reasons, effects: [] }),
    }];
  }
}
