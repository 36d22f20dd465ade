import type { Instant, Runner, Tx } from '#store';
import { isDead } from './refusal.ts';

/** A delivery report, as a mail gateway passes it on. `messageId` with or without angle brackets, `status` as RFC 3463 has it. */
export interface BounceReport {
  readonly messageId: string;
  /** The recipient. Where it is given it must be the letter's own: a wrong pair would silence the wrong mailbox. */
  readonly address?: string;
  readonly status: string;
  readonly diagnostic?: string;
}

/** A bounce, and the letter it concerns: which case, which kind, whose. */
export interface Bounce {
  readonly id: number;
  readonly letterId: number;
  readonly effectId: number;
  readonly caseId: string;
  readonly rootId: string;
  readonly kind: string;
  readonly account: string;
  readonly address: string;
  readonly status: string;
  readonly diagnostic: string | null;
  readonly at: Instant;
  /** Nothing is mailed to this address any more. */
  readonly suppressed: boolean;
  /** It was known before: nothing has changed. */
  readonly repeated: boolean;
}

/** The letter of a report: the newest with this Message-ID, to this address where one is given. */
export async function letterOf(tx: Tx, { messageId, address }: BounceReport): Promise<number | { readonly code: 'unknownMessage' | 'otherAddress' }> {
  const letters = await tx.query<{ id: number; own: boolean }>(
    'select id, $2::text is null or lower(address) = lower($2) as own from letters where message_id = $1 order by id desc',
    [`<${messageId.replace(/^<|>$/g, '')}>`, address ?? null],
  );
  const found = letters.find(({ own }) => own);
  return found?.id ?? { code: letters.length === 0 ? 'unknownMessage' : 'otherAddress' };
}

/**
 * Records once that a letter did not arrive. A permanent one ends the sending; where it says that the address is dead,
 * nothing more is mailed there. A repetition changes nothing, not even after somebody has lifted the suppression.
 */
export async function recordBounce(tx: Tx, letterId: number, { status, diagnostic }: Pick<BounceReport, 'status' | 'diagnostic'>): Promise<Bounce> {
  const [recorded] = await tx.query<{ id: number }>(
    `insert into bounces (letter_id, address, status, diagnostic, at)
     select id, address, $2, $3, tranche_now() from letters where id = $1 on conflict (letter_id, status) do nothing returning id`,
    [letterId, status, diagnostic ?? null],
  );
  if (recorded !== undefined && status.startsWith('5.')) await endSending(tx, letterId);
  if (recorded !== undefined && isDead(status)) await suppress(tx, recorded.id);
  const [bounce] = await tx.query<Omit<Bounce, 'repeated'>>(
    `select b.id, b.letter_id as "letterId", l.effect_id as "effectId", l.case_id as "caseId", l.root_id as "rootId", l.kind, l.account, b.address, b.status, b.diagnostic, b.at,
       exists (select from suppressions s where s.address = lower(b.address) and s.lifted_at is null) as suppressed
     from bounces b join letters l on l.id = b.letter_id where b.letter_id = $1 and b.status = $2`, [letterId, status]);
  if (bounce === undefined) throw new Error(`there is no letter ${letterId}`);
  return { ...bounce, repeated: recorded === undefined };
}

const endSending = (tx: Tx, letterId: number) => tx.query(
  `update letters set withheld = 'bounced', withheld_at = tranche_now(), sending_until = null where id = $1 and sent_at is null and withheld_at is null`, [letterId]);

const suppress = (tx: Tx, bounceId: number) => tx.query(
  `insert into suppressions (address, bounce_id, since) select lower(address), id, at from bounces where id = $1
   on conflict (address) where lifted_at is null do nothing`, [bounceId]);

/** A letter that did not reach its reader, for the list of exceptions. */
export interface Trouble {
  readonly id: string;
  readonly kind: 'bounce' | 'suppressed';
  readonly caseId: string;
  readonly letter: string;
  readonly at: Instant;
  readonly address: string;
  /** Of a bounce. */
  readonly status: string | null;
  readonly diagnostic: string | null;
}

/** Bounces and letters kept back from dead addresses, newest first, from `before` on. Ids are ASCII and sort as text. */
export function listTroubles(runner: Runner, { before, limit }: { readonly before?: { readonly at: Instant; readonly id: string }; readonly limit: number }): Promise<Trouble[]> {
  return runner.query<Trouble>(
    `select * from (
       select 'bounce-' || b.id as id, 'bounce' as kind, l.case_id as "caseId", l.kind as letter, b.at, b.address, b.status, b.diagnostic
       from bounces b join letters l on l.id = b.letter_id
       union all
       select 'letter-' || id, 'suppressed', case_id, kind, withheld_at, address, null, null from letters where withheld = 'suppressed'
     ) trouble
     where $1::timestamptz is null or (at, id collate "C") < ($1, $2)
     order by at desc, id collate "C" desc limit $3`,
    [before?.at ?? null, before?.id ?? null, limit],
  );
}
