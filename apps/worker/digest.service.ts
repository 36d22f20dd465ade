import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Digest } from '#kernel';
import { gatheredWords, LettersService } from '#letters';
import { finishEffects, Store, type Tx } from '#store';
import type { Carried, EffectOf } from './effects.ts';
import { RecipientsService, type Addressee } from './recipients.service.ts';

type Letter = EffectOf<'letter'>;

/** An effect that another one's mail speaks for. */
interface Companion extends Pick<Letter, 'id' | 'payload'> {
  readonly overtaken: boolean;
}

/** Milliseconds of real time for which a mail waits until all cases of its instant have been settled; then it goes without the rest. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 50;
/** No mail gathers more; the rest makes another one. */
const MOST_LINES = 500;

/**
 * Gathers letters of one kind that the same instant has caused: whoever pays fifty instalments on a day gets one mail
 * and not fifty. The first of their effects to be worked off speaks for all; in one transaction its letter is written
 * and the others are done.
 */
@Injectable()
export class DigestService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(RecipientsService) private readonly recipients: RecipientsService,
    @Inject(LettersService) private readonly letters: LettersService,
  ) {}

  /** Sends the mail in which this letter has its line. */
  async send(effect: Letter, digest: Digest): Promise<Carried> {
    await this.allSettled(digest);
    const recipients = await this.recipients.of(effect.payload, null);
    if (recipients.length === 0) return { is: 'refused', why: `nobody of the agency is ${effect.payload.to.join(' or ')}` };
    const frozen = await this.store.transaction((tx) => this.gather(tx, effect, digest, recipients));
    if (frozen === null) return { is: 'done' };
    if ('code' in frozen) return { is: 'refused', why: `${frozen.code}: ${frozen.accounts.join(', ')}` };
    await this.letters.sendAll(frozen);
    return { is: 'done' };
  }

  /** Writes the letter for all open companions, and ends them; null when this effect has been spoken for, or nothing is left to say. */
  private async gather(tx: Tx, effect: Letter, { event, at }: Digest, recipients: readonly Addressee[]): Promise<Awaited<ReturnType<LettersService['freeze']>> | null> {
    const { id, caseId, rootId, payload: { kind, person = null, optional } } = effect;
    // One speaker at a time, so that two of a group never wait for each other's rows.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`digest ${kind} ${event} ${at} ${person ?? ''}`]);
    const open = await tx.query<Companion>(COMPANIONS, [kind, event, at, person, id, MOST_LINES]);
    if (!open.some((companion) => companion.id === id)) return null;
    await finishEffects(tx, open.map((companion) => companion.id).filter((companion) => companion !== id), id);
    const spoken = open.filter(({ overtaken }) => !overtaken).map(({ payload }) => payload);
    const [first, ...others] = spoken.flatMap(({ digest }) => digest ?? []);
    const [alone] = spoken;
    if (first === undefined || alone === undefined) return null;
    const words = others.length === 0 ? alone.words : gatheredWords([first, ...others]);
    return this.letters.freeze(tx, { effectId: id, caseId, rootId, kind, words, recipients, ...(optional && { optional }) });
  }

  /** Waits until every case that the same instant concerns has been settled. */
  private async allSettled({ event, at }: Digest): Promise<void> {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await pause(LOOK_AGAIN_MS)) {
      const open = await this.store.query(`select 1 from clocks where settled_at is null and event = $1 and due_at <= $2 limit 1`, [event, at]);
      if (open.length === 0) return;
    }
  }
}

/** A clock's event only reminded: where the case has moved on since, its line is left out. */
const COMPANIONS = `
  select o.id, o.payload, j.from_state = j.to_state and c.state <> j.to_state as overtaken
  from outbox o join journal j on j.root_id = o.root_id and j.seq = o.journal_seq join cases c on c.id = o.case_id
  where o.queue = 'letters' and o.done_at is null and o.failed_at is null and o.payload->>'kind' = $1
    and o.payload->'digest'->>'event' = $2 and o.payload->'digest'->>'at' = $3 and o.payload->>'person' is not distinct from $4
  order by (o.id = $5) desc, c.file_number, o.id limit $6 for update of o`;
