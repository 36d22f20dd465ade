import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AroundPayments, frozenTold } from '#apps/installation';
import type { Digest, Role, Text } from '#kernel';
import { gatheredWords, LettersService, withNote, type LetterCopy } from '#letters';
import { finishEffects, Store, type Tx } from '#store';
import type { Carried, EffectOf } from './effects.ts';
import { RecipientsService, type Addressee } from './recipients.service.ts';

type Letter = EffectOf<'letter'>;

/** An effect that another one's mail speaks for. */
interface Companion extends Pick<Letter, 'id' | 'caseId' | 'rootId' | 'payload'> {
  readonly overtaken: boolean;
}

/** A reader, and what of it all is for them. */
interface Reading {
  readonly reader: Addressee;
  readonly lines: Companion[];
}

/** Milliseconds of real time for which a mail waits until all cases of its instant have been settled; then it goes without the rest. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 50;
/** No mail gathers more; the rest makes another one. */
const MOST_LINES = 500;

/**
 * Gathers letters of one kind that the same instant has caused: whoever pays fifty instalments on a day gets one mail
 * and not fifty. The first of their effects to be worked off speaks for all; in one transaction its letter is written
 * and the others are done. Each reader finds what is addressed to them: superiors only what has lain for long.
 */
@Injectable()
export class DigestService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(RecipientsService) private readonly recipients: RecipientsService,
    @Inject(LettersService) private readonly letters: LettersService,
    @Inject(AroundPayments) private readonly around: AroundPayments,
  ) {}

  /** Sends the mail in which this letter has its line. */
  async send(effect: Letter, digest: Digest): Promise<Carried> {
    await this.allSettled(digest);
    const recipients = await this.recipients.of(effect.payload, null);
    if (recipients.length === 0) return { is: 'refused', why: `nobody of the agency is ${effect.payload.to.join(' or ')}` };
    const frozen = await this.store.transaction((tx) => this.gather(tx, effect, digest));
    if (frozen === null) return { is: 'done' };
    if ('code' in frozen) return { is: 'refused', why: `${frozen.code}: ${frozen.accounts.join(', ')}` };
    await this.letters.sendAll(frozen);
    return { is: 'done' };
  }

  /** Writes the letter for all open companions, and ends them; null when this effect has been spoken for, or nothing is left to say. */
  private async gather(tx: Tx, effect: Letter, { event, at }: Digest): Promise<Awaited<ReturnType<LettersService['freeze']>> | null> {
    const { id, payload: { kind, person = null, optional } } = effect;
    // One speaker at a time, so that two of a group never wait for each other's rows.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`digest ${kind} ${event} ${at} ${person ?? ''}`]);
    const open = await tx.query<Companion>(COMPANIONS, [kind, event, at, person, id, MOST_LINES]);
    if (!open.some((companion) => companion.id === id)) return null;
    // Written by an attempt that died before it was sent: it speaks for others, too, whatever has become of this one since.
    const written = await this.letters.written(tx, id);
    if (written.length > 0) return written;
    const readings = await this.readings(open.filter(({ overtaken }) => !overtaken));
    const read = new Set(readings.flatMap(({ lines }) => lines.map((line) => line.id)));
    // What has no reader is left to its own attempt, which says so.
    await finishEffects(tx, open.filter((companion) => companion.id !== id && (companion.overtaken || read.has(companion.id))).map((companion) => companion.id), id);
    const [first, ...copies] = copiesOf(readings, await this.surroundings(open));
    return first === undefined ? null : this.letters.freeze(tx, { effectId: id, kind, ...first, copies, ...(optional && { optional }) });
  }

  /** What letters of payments do not know themselves: whether all of them stand still, and in which run each is. */
  private async surroundings(spoken: readonly Companion[]): Promise<Surroundings> {
    const ofPayments = spoken.filter(({ payload }) => payload.to.includes(PAYS));
    const freeze = ofPayments.length === 0 ? null : await this.around.freeze();
    const places = await this.around.places(ofPayments.map(({ caseId }) => caseId));
    return { frozen: freeze === null ? null : frozenTold(freeze), places };
  }

  private async readings(spoken: readonly Companion[]): Promise<readonly Reading[]> {
    const [readings, known] = [new Map<string, Reading>(), new Map<string, readonly Addressee[]>()];
    for (const companion of spoken) {
      const { to, person } = companion.payload;
      const roles = JSON.stringify([to, person]);
      const readers = known.get(roles) ?? await this.recipients.of({ to, ...(person !== undefined && { person }) }, null);
      known.set(roles, readers);
      for (const reader of readers) {
        const reading = readings.get(reader.account) ?? { reader, lines: [] };
        reading.lines.push(companion);
        readings.set(reader.account, reading);
      }
    }
    return [...readings.values()];
  }

  /** Waits until every case that the same instant concerns has been settled. */
  private async allSettled({ event, at }: Digest): Promise<void> {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await pause(LOOK_AGAIN_MS)) {
      const open = await this.store.query(`select 1 from clocks where settled_at is null and event = $1 and due_at <= $2 limit 1`, [event, at]);
      if (open.length === 0) return;
    }
  }
}

/** Whoever orders payments and lets them go on again: letters to them are about payments. */
const PAYS: Role = 'financeAuthoriser';

/** What stands beside the words of letters about payments. */
interface Surroundings {
  readonly frozen: Text | null;
  /** Where an order is that the bank has not answered, or what is certified waits for a release, by case. */
  readonly places: ReadonlyMap<string, Text>;
}

/** One copy for all who read the same lines. */
function copiesOf(readings: readonly Reading[], around: Surroundings): readonly LetterCopy[] {
  const what = ({ lines }: Reading): string => lines.map(({ id }) => id).join();
  return [...new Set(readings.map(what))].flatMap((group): LetterCopy[] => {
    const readers = readings.filter((reading) => what(reading) === group);
    const [alone, ...more] = readers[0]?.lines ?? [];
    if (alone?.payload.digest === undefined) return [];
    const noted = around.frozen !== null && [alone, ...more].some(({ payload }) => payload.to.includes(PAYS));
    const words = more.length === 0 ? wordsOf(alone, around) : gatheredWords([lineOf(alone.caseId, alone.payload.digest, around), ...more.flatMap(({ caseId, payload }) => (payload.digest === undefined ? [] : [lineOf(caseId, payload.digest, around)]))]);
    return [{ caseId: alone.caseId, rootId: alone.rootId, words: noted ? withNote(words, around.frozen, alone.payload.digest.closing) : words, recipients: readers.map(({ reader }) => reader) }];
  });
}

function wordsOf({ caseId, payload: { words, digest } }: Companion, { places }: Surroundings): LetterCopy['words'] {
  const place = places.get(caseId);
  return place === undefined ? words : withNote(words, place, digest?.closing);
}

function lineOf(caseId: string, digest: Digest, { places }: Surroundings): Digest {
  const place = places.get(caseId);
  return place === undefined ? digest : { ...digest, line: { de: `${digest.line.de} ${place.de}`, en: `${digest.line.en} ${place.en}` } };
}

/** A clock's event only reminded: where the case has moved on since, its line is left out. */
const COMPANIONS = `
  select o.id, o.case_id as "caseId", o.root_id as "rootId", o.payload, j.from_state = j.to_state and c.state <> j.to_state as overtaken
  from outbox o join journal j on j.root_id = o.root_id and j.seq = o.journal_seq join cases c on c.id = o.case_id
  where o.queue = 'letters' and o.done_at is null and o.failed_at is null and o.payload->>'kind' = $1
    and o.payload->'digest'->>'event' = $2 and o.payload->'digest'->>'at' = $3 and o.payload->>'person' is not distinct from $4
  order by (o.id = $5) desc, c.file_number, o.id limit $6 for update of o`;
