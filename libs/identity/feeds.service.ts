import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '#kernel';
import { Store } from '#store';
import { IdentityService } from './identity.service.ts';

/** Feeds a person can have at a time: one for each device, and some to spare. */
export const MOST_FEEDS = 10;

/** A calendar feed of a person. `of`: their own cases, or all that they may see. Instants in legal time; the last use to the hour. */
export interface Feed {
  readonly id: string;
  readonly of: 'mine' | 'all';
  readonly reminders: boolean;
  readonly language: 'de' | 'en';
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** What a feed is to show; the language is the person's own unless told. */
export interface FeedOrder extends Pick<Feed, 'of' | 'reminders'> {
  readonly language?: Feed['language'];
}

const COLUMNS = 'id, scope as "of", reminders, language, created_at as "createdAt", last_used_at as "lastUsedAt"';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Private feeds: made, listed and revoked by their person, opened by whoever knows the token. */
@Injectable()
export class FeedsService {
  readonly #store: Store;
  readonly #identity: IdentityService;

  constructor(store: Store, identity: IdentityService) {
    this.#store = store;
    this.#identity = identity;
  }

  /** A new feed with its token, which is told here and never again. */
  async create(account: string, { of, reminders, language }: FeedOrder): Promise<{ readonly feed: Feed; readonly token: string } | { readonly code: 'tooManyFeeds' }> {
    const token = randomBytes(32).toString('base64url');
    return this.#store.transaction(async (tx) => {
      await tx.query('select 1 from people where account = $1 for update', [account]);
      const [feed] = await tx.query<Feed>(
        `insert into feeds (id, account, token_sha256, scope, reminders, language, created_at)
         select $1, account, $3, $4, $5, coalesce($6, language), tranche_now() from people p
         where account = $2 and (select count(*) from feeds f where f.account = p.account) < $7 returning ${COLUMNS}`,
        [randomUUID(), account, hashOf(token), of, reminders, language ?? null, MOST_FEEDS]);
      return feed === undefined ? { code: 'tooManyFeeds' } : { feed, token };
    });
  }

  /** A person's feeds, the oldest first. */
  list(account: string): Promise<Feed[]> {
    return this.#store.query<Feed>(`select ${COLUMNS} from feeds where account = $1 order by created_at, id`, [account]);
  }

  /** Ends a feed of this person for good. @returns whether there was one */
  async revoke(account: string, id: string): Promise<boolean> {
    return (await this.#store.query('delete from feeds where account = $1 and id = $2 returning id', [account, id])).length > 0;
  }

  /** The feed behind a token, with its person as they are now; null when there is none, or the person may not act any more. */
  async open(token: string): Promise<{ readonly feed: Feed; readonly actor: Actor } | null> {
    if (!/^[\w-]{43}$/.test(token)) return null;
    const [found] = await this.#store.query<Feed & { account: string }>(`select ${COLUMNS}, account from feeds where token_sha256 = $1`, [hashOf(token)]);
    if (found === undefined) return null;
    const { account, ...feed } = found;
    const actor = await this.#identity.actorFor(account);
    if (actor === null) return null;
    await this.#store.query(
      `update feeds set last_used_at = tranche_now() where id = $1 and (last_used_at is null or last_used_at < tranche_now() - interval '1 hour')`, [feed.id]);
    return { feed, actor };
  }
}
