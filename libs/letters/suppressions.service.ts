import { Injectable } from '@nestjs/common';
import { Store, type Instant } from '#store';

/** An address to which nothing is mailed, since when and because of which letter. */
export interface Suppression {
  readonly id: number;
  readonly address: string;
  readonly since: Instant;
  readonly status: string;
  readonly diagnostic: string | null;
  readonly caseId: string;
  readonly kind: string;
}

const SUPPRESSIONS = `select s.id, s.address, s.since, b.status, b.diagnostic, l.case_id as "caseId", l.kind
  from suppressions s join bounces b on b.id = s.bounce_id join letters l on l.id = b.letter_id`;

/** The addresses that mail no longer goes to. They come by bounces; only a person takes one away. */
@Injectable()
export class SuppressionsService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those in force, newest first, at most `limit`, older than the one with the id `before`. */
  list({ before, limit }: { readonly before?: number; readonly limit: number }): Promise<Suppression[]> {
    return this.#store.query<Suppression>(
      `${SUPPRESSIONS} where s.lifted_at is null and ($1::bigint is null or s.id < $1) order by s.id desc limit $2`, [before ?? null, limit]);
  }

  /** Lets mail go to an address again, and notes who said so; null when it is not suppressed. Capitals make no difference. */
  async lift(address: string, account: string): Promise<(Suppression & { readonly liftedAt: Instant }) | null> {
    const [lifted] = await this.#store.query<{ id: number; liftedAt: Instant }>(
      `update suppressions set lifted_at = tranche_now(), lifted_by = $2 where address = lower($1) and lifted_at is null
       returning id, lifted_at as "liftedAt"`, [address, account]);
    if (lifted === undefined) return null;
    const [suppression] = await this.#store.query<Suppression>(`${SUPPRESSIONS} where s.id = $1`, [lifted.id]);
    return suppression === undefined ? null : { ...suppression, liftedAt: lifted.liftedAt };
  }
}
