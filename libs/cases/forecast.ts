import type { Actor, Instant, Role, Text } from '#kernel';
import type { Store } from '#store';
import { loadFamilies, type LoadedFamily } from './family.load.ts';
import { memberOf } from './family.ts';
import { Motion, NOTHING_LOADED } from './motion.ts';
import type { Programmes } from './programmes.ts';

/** Whose coming letters are asked for: of one family, or of a round, page by page of its families. */
export interface ForecastFilter {
  readonly cycle?: string;
  /** A case, which means its whole family. */
  readonly case?: string;
  readonly until: Instant;
  /** Families a page, 1 to 200. */
  readonly limit: number;
  readonly after?: string;
}

/** A letter that will go out unless somebody acts before. */
export interface ComingLetter {
  readonly at: Instant;
  readonly case: string;
  readonly fileNumber: string;
  readonly applicant: { readonly key: string; readonly name: string };
  readonly event: string;
  readonly kind: string;
  readonly subject: Text;
  readonly optional: boolean;
  readonly to: readonly Role[];
  readonly person: string | null;
}

/**
 * What will go out to whom on which day, if nobody does anything: each family is played forwards by the same code that
 * will move it, and nothing of that is kept.
 */
export class Forecast {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /** The letters of a page of families, by date; `next` is where the next page of families begins. */
  async letters({ cycle, case: caseId, until, limit, after }: ForecastFilter, actor: Actor): Promise<{ readonly items: readonly ComingLetter[]; readonly next: string | null }> {
    const heads = await this.store.query<{ id: string }>(
      `select id from cases where parent_id is null and not ended and ($1::text is null or applicant_key = $1) and ($2::text is null or cycle_id = $2)
         and ($3::text is null or id = (select root_id from cases where id = $3)) and id > $4 order by id limit $5`,
      [actor.organisation, cycle ?? null, caseId ?? null, after ?? '', limit + 1]);
    const page = heads.slice(0, limit).map(({ id }) => id);
    const families = await loadFamilies(this.store, page);
    const items = families.flatMap((family) => this.comingTo(family, until));
    return { items: items.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.fileNumber < b.fileNumber ? -1 : 1)), next: heads.length > limit ? page.at(-1) ?? null : null };
  }

  private comingTo(family: LoadedFamily, until: Instant): readonly ComingLetter[] {
    const { programme, programmeVersion } = memberOf(family.members, family.rootId);
    const motion = new Motion(family, this.programmes.pinned(programme, programmeVersion), this.programmes, NOTHING_LOADED);
    motion.passTo(family.now);
    // Date by date: what is due together counts as an outage, after which only the last reminder goes out.
    for (let at = motion.nextDue(until); at !== null; at = motion.nextDue(until)) motion.passTo(at);
    return motion.effects.flatMap(({ caseId, seq, effect }) => {
      const entry = motion.journal.find((row) => row.seq === seq);
      if (effect.type !== 'letter' || entry === undefined) return [];
      const { fileNumber, applicant } = memberOf(motion.members, caseId);
      return [{
        at: entry.at, case: caseId, fileNumber, applicant: { key: applicant.key, name: applicant.name }, event: entry.event, kind: effect.kind,
        subject: effect.words.subject, optional: effect.optional === true, to: effect.to, person: effect.person ?? null,
      }];
    });
  }
}
