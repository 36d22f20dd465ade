import {
  currentCycle, type CommandKey, type CycleRow, type CyclesService, difference, lockCycles, movedBehind, movedDates, type MovedDate, type Programmes, type Refusal,
} from '#cases';
import type { Actor, Json, Programme, Reason, Text } from '#kernel';
import { claimKey, keepAnswer, type RequestKey, type Store, type Tx } from '#store';
import type { z } from 'zod';
import { openRound } from './round.ts';

type Fields = { readonly [field: string]: Json };

interface Command {
  readonly actor: Actor;
  readonly key: CommandKey;
}

/** A round to be opened: its programme's default of that funding year, with what is to be otherwise. */
export interface OpenRound extends Command {
  readonly programme: string;
  readonly round: Fields & { readonly fundingYear: number };
}

/** Fields of a round to be changed, and why; `expected` is the revision the sender has seen. */
export interface ReviseRound extends Command {
  readonly id: string;
  readonly changes: Fields;
  readonly reason: string;
  readonly expected: number;
}

/** A round's data that nobody has checked yet, with what it must satisfy. */
export interface Unchecked {
  readonly schema: z.ZodType;
  readonly data: unknown;
}

/** What a revision would do: the dates that move, and how many families follow them. */
export interface RoundPreview {
  readonly moved: readonly MovedDate[];
  readonly families: number;
  readonly reasons: readonly Reason[];
}

export type RoundOutcome =
  | { readonly ok: true; readonly id: string; readonly revision: number; readonly replayed: boolean }
  | { readonly ok: false; readonly refusal: Refusal; readonly replayed: boolean };

/** Who may write rounds: configuration is the administrator's, who has no power over cases. */
export const ROUND_WRITERS = ['administrator'] as const;

/**
 * Funding rounds as an administrator writes them: every revision under its reason, over the newest and nothing older, and
 * only with dates that lie ahead. Cases follow by themselves.
 */
export class Rounds {
  constructor(private readonly store: Store, private readonly cycles: CyclesService, private readonly programmes: Programmes) {}

  /** What a new round would say, still to be held against its programme's schema; null for a programme that nobody knows. */
  drafted({ programme: id, round }: Pick<OpenRound, 'programme' | 'round'>): Unchecked | null {
    const programme = this.programmes.current(id);
    return programme ? { schema: programme.cycle.schema, data: { ...(programme.cycle.default(round.fundingYear) as object), ...round } } : null;
  }

  /** The same for a round with some fields changed; null for a round that nobody knows. */
  async changed(id: string, changes: Fields): Promise<Unchecked | null> {
    const row = await this.cycles.get(id);
    return row ? { schema: this.programmeOf(row).cycle.schema, data: { ...(row.data as object), ...changes } } : null;
  }

  /** What changing these fields would do now. The fields have passed `changed`. */
  async preview(id: string, changes: Fields): Promise<RoundPreview | null> {
    const row = await this.cycles.get(id);
    if (row === null) return null;
    const programme = this.programmeOf(row);
    const after = merge(programme, row, changes);
    const [count] = await this.store.query<{ families: number }>('select count(*) as families from cases where cycle_id = $1 and parent_id is null and not ended', [id]);
    return { moved: movedDates(programme, row.data, after), families: count?.families ?? 0, reasons: against(programme, row, after, await this.store.now()) };
  }

  /** Opens a round. Its data has passed `drafted`. */
  open({ programme: id, round, actor, key }: OpenRound): Promise<RoundOutcome> {
    return this.once({ actor: actor.account, route: 'cycles', ...key }, async (tx) => {
      const programme = this.programmes.current(id);
      if (!programme) return refused({ code: 'notFound' });
      const reasons = forbidden(actor);
      if (reasons[0]) return refused({ code: reasons[0].code, reasons });
      const data = programme.cycle.schema.parse({ ...(programme.cycle.default(round.fundingYear) as object), ...round }) as Json;
      if (await currentCycle(tx, `${programme.id}-${round.fundingYear}`) !== null) return refused({ code: 'roundExists', reasons: [ROUND_EXISTS] });
      return this.written(tx, programme, data, { account: actor.account, reason: null });
    });
  }

  /** Writes the next revision of a round. Its changes have passed `changed`. */
  revise({ id, changes, reason, expected, actor, key }: ReviseRound): Promise<RoundOutcome> {
    return this.once({ actor: actor.account, route: `cycles/${id}`, ...key }, async (tx) => {
      const row = await currentCycle(tx, id);
      if (row === null) return refused({ code: 'notFound' });
      if (row.revision !== expected) return refused(await this.stale(row, expected));
      const programme = this.programmeOf(row);
      const after = merge(programme, row, changes);
      const [clock] = await tx.query<{ now: string }>('select tranche_now() as now');
      const reasons = [...forbidden(actor), ...against(programme, row, after, (clock as { now: string }).now)];
      if (reasons[0]) return refused({ code: reasons[0].code, reasons });
      return this.written(tx, programme, after, { account: actor.account, reason });
    });
  }

  private programmeOf({ programme }: CycleRow): Programme {
    const found = this.programmes.current(programme);
    if (!found) throw new Error(`programme ${programme} is not loaded`);
    return found;
  }

  private async written(tx: Tx, programme: Programme, data: Json, by: { account: string; reason: string | null }): Promise<RoundOutcome> {
    const round = await openRound(tx, this.cycles, programme, data, by);
    return 'code' in round ? refused({ code: round.code, reasons: [BUDGET_SHRINKS] }) : { ok: true, ...round, replayed: false };
  }

  private async stale(row: CycleRow, expected: number): Promise<Refusal> {
    const seen = (await this.cycles.revisions(row.id)).find(({ revision }) => revision === expected);
    return { code: 'staleVersion', current: row.revision, changed: difference((seen ?? row).data, row.data) };
  }

  /** One command, once: the same key gives the same answer, and rounds are written one after the other. */
  private async once(request: RequestKey, work: (tx: Tx) => Promise<RoundOutcome>): Promise<RoundOutcome> {
    const outcome = await this.store.transaction(async (tx) => {
      const claimed = await claimKey(tx, request);
      if (claimed.kind === 'replay') return { ...(claimed.answer as RoundOutcome), replayed: true };
      if (claimed.kind !== 'new') return refused({ code: claimed.kind === 'reused' ? 'keyReused' : 'keyInFlight' });
      await lockCycles(tx);
      const done = await work(tx);
      if (done.ok || 'reasons' in done.refusal) await keepAnswer(tx, request, done);
      return done;
    });
    this.store.committed();
    return outcome;
  }
}

const refused = (refusal: Refusal): RoundOutcome => ({ ok: false, refusal, replayed: false });

const merge = ({ cycle }: Programme, { data }: CycleRow, changes: Fields): Json => cycle.schema.parse({ ...(data as object), ...changes }) as Json;

const forbidden = ({ roles }: Actor): readonly Reason[] => (ROUND_WRITERS.some((role) => roles.includes(role)) ? [] : [{
  code: 'wrongRole', retry: 'never', who: { roles: [...ROUND_WRITERS], except: [] },
  text: { de: 'Förderrunden richtet die Administration ein.', en: 'Funding rounds are set up by the administrator.' },
  remedy: { de: 'Bitten Sie die Administration.', en: 'Ask the administrator.' },
}]);

/** Every reason against turning a round into what it is to become. */
function against(programme: Programme, { data: before }: CycleRow, after: Json, now: string): readonly Reason[] {
  // What a round did not say when it was opened counts as it is read today.
  const [old, next] = [programme.cycle.schema.safeParse(before).data ?? before, after] as [Fields, Fields];
  const fixed = programme.cycle.fixed.filter((field) => difference(old[field] ?? null, next[field] ?? null).length > 0);
  const behind = movedBehind(movedDates(programme, before, after), now);
  const labels = new Map(programme.cycle.dates(after).map(({ name, label }) => [name, label]));
  const named = (language: keyof Text): string => behind.map(({ date }) => labels.get(date)?.[language] ?? date).join(', ');
  return [
    ...(fixed.length === 0 ? [] : [{
      code: 'fieldFixed', retry: 'never' as const,
      text: { de: `Diese Angaben einer Förderrunde stehen fest: ${fixed.join(', ')}.`, en: `These fields of a round are fixed: ${fixed.join(', ')}.` },
      remedy: { de: 'Dafür eine neue Förderrunde einrichten.', en: 'Open another round for that.' },
    }]),
    ...(behind.length === 0 ? [] : [{
      code: 'dateAhead', retry: 'afterChange' as const,
      text: { de: `Ein Termin kann nicht rückwirkend verlegt werden: ${named('de')}.`, en: `A date cannot be moved retroactively: ${named('en')}.` },
      remedy: { de: 'Einen Tag wählen, der noch bevorsteht.', en: 'Choose a day that still lies ahead.' },
    }]),
  ];
}

const ROUND_EXISTS: Reason = {
  code: 'roundExists', retry: 'never',
  text: { de: 'Die Förderrunde dieses Jahres gibt es schon.', en: 'The round of this year exists already.' },
  remedy: { de: 'Die bestehende Runde ändern.', en: 'Revise the existing round.' },
};

const BUDGET_SHRINKS: Reason = {
  code: 'budgetShrinks', retry: 'afterChange',
  text: { de: 'Das Budget einer Förderrunde kann nicht kleiner werden; was vorgemerkt ist, lässt sich so nicht zurückholen.', en: 'The budget of a round cannot shrink; what is reserved cannot be taken back like this.' },
  remedy: { de: 'Das Budget lassen, wie es ist, oder erhöhen.', en: 'Leave the budget as it is, or raise it.' },
};
