import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Store, type Tx } from '#store';

/** What a link in a mail is about. */
export interface Subscription {
  readonly account: string;
  readonly kind: string;
  readonly subscribed: boolean;
}

const newToken = (): string => randomBytes(32).toString('base64url');
const TOKEN = /^[\w-]{43}$/;
const COLUMNS = 'account, kind, unsubscribed_at is null as subscribed';

/** Who wants which of the letters that one may do without. Everybody does until they say otherwise. */
@Injectable()
export class SubscriptionsService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The kinds an account has unsubscribed from. */
  async unsubscribed(account: string): Promise<readonly string[]> {
    const kinds = await this.#store.query<{ kind: string }>('select kind from subscriptions where account = $1 and unsubscribed_at is not null', [account]);
    return kinds.map(({ kind }) => kind);
  }

  /** Who has unsubscribed from these kinds: accounts by kind. */
  async refusers(kinds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await this.#store.query<{ kind: string; accounts: string[] }>(
      'select kind, array_agg(account) as accounts from subscriptions where kind = any($1) and unsubscribed_at is not null group by kind', [kinds]);
    return new Map(found.map(({ kind, accounts }) => [kind, accounts]));
  }

  /** Sets whether an account gets a kind. Whether that kind is optional is for the caller to know. */
  async choose(account: string, kind: string, subscribed: boolean): Promise<void> {
    await this.#store.query(
      `insert into subscriptions (account, kind, token, unsubscribed_at) values ($1, $2, $3, case when not $4 then tranche_now() end)
       on conflict (account, kind) do update set unsubscribed_at = case when not $4 then coalesce(subscriptions.unsubscribed_at, tranche_now()) end`,
      [account, kind, newToken(), subscribed],
    );
  }

  /** What a token stands for; null for anything that is none. Looking changes nothing. */
  async behind(token: string): Promise<Subscription | null> {
    if (!TOKEN.test(token)) return null;
    const [found] = await this.#store.query<Subscription>(`select ${COLUMNS} from subscriptions where token = $1`, [token]);
    return found ?? null;
  }

  /** Unsubscribes by the token of a mail, as often as it is sent; null for anything that is none. */
  async unsubscribe(token: string): Promise<Subscription | null> {
    if (!TOKEN.test(token)) return null;
    const [found] = await this.#store.query<Subscription>(
      `update subscriptions set unsubscribed_at = coalesce(unsubscribed_at, tranche_now()) where token = $1 returning ${COLUMNS}`, [token]);
    return found ?? null;
  }
}

/** Those of the accounts who want a kind of optional letters; each is given the token that its mails will carry. */
export async function willing(tx: Tx, kind: string, accounts: readonly string[]): Promise<ReadonlySet<string>> {
  const sorted = accounts.toSorted();
  await tx.query(
    `insert into subscriptions (account, kind, token)
     select s.account, $1, s.token from jsonb_to_recordset($2::jsonb) as s(account text, token text) on conflict (account, kind) do nothing`,
    [kind, JSON.stringify(sorted.map((account) => ({ account, token: newToken() })))],
  );
  const found = await tx.query<{ account: string }>(
    'select account from subscriptions where kind = $1 and account = any($2) and unsubscribed_at is null', [kind, sorted]);
  return new Set(found.map(({ account }) => account));
}
