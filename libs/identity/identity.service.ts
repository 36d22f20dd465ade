import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, Json, Role } from '#kernel';
import { Store } from '#store';
import { accountSchema, type Organisation, type Person } from './people.ts';
import { accountOf, keyOf, signToken, type Token } from './tokens.ts';

/** What identity needs to know of the installation. `tokenKey` null (demo only): a key is made once and kept in the database. */
export class IdentitySettings {
  constructor(readonly tokenKey: string | null) {}
}

/** Someone who could do what another may not, named by function. */
export interface Candidate {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
}

/** Someone a letter goes to. */
export interface Recipient extends Candidate {
  readonly email: string;
  readonly language: 'de' | 'en';
}

const DEMO_KEY = 'token';
const MOST_CANDIDATES = 20;

/** Who someone is, what they may be and who else there is. Every answer is read afresh: a removed role is gone at once. */
@Injectable()
export class IdentityService {
  readonly #store: Store;
  readonly #configured: Uint8Array | null;
  #made: Promise<Uint8Array> | null = null;

  /** Throws when the configured token key is too weak. */
  constructor(store: Store, settings: IdentitySettings) {
    this.#store = store;
    this.#configured = settings.tokenKey === null ? null : keyOf(settings.tokenKey);
  }

  /** The actor behind an account, or null when there is none, it is not active, or it holds no role. */
  async actorFor(account: string): Promise<Actor | null> {
    if (!accountSchema.safeParse(account).success) return null;
    const [actor] = await this.#store.query<Actor>(
      `select p.account, p.roles, case when o.kind = 'agency' then null else o.key end as organisation
       from people p join organisations o on o.key = p.organisation
       where p.account = $1 and p.active and cardinality(p.roles) > 0`,
      [account],
    );
    return actor ?? null;
  }

  /** A bearer token for an account that may act, valid `ttlSeconds` of real time. */
  async issueToken(account: string, ttlSeconds: number): Promise<Token | { readonly code: 'unknownAccount' }> {
    return await this.actorFor(account) === null ? { code: 'unknownAccount' } : signToken(await this.#key(), account, ttlSeconds);
  }

  /** Who sends this token, as they are now; never what the token may claim about them. */
  async verify(token: string): Promise<Actor | { readonly code: 'tokenInvalid' }> {
    const account = await accountOf(await this.#key(), token);
    const actor = account === null ? null : await this.actorFor(account);
    return actor ?? { code: 'tokenInvalid' };
  }

  /**
   * Who holds one of the roles: in the agency, or in the applicant's organisation; without the accounts excepted.
   * At most 20, ordered by the roles as given, then by account.
   */
  async whoCould(roles: readonly Role[], organisation: string | null, except: readonly string[] = []): Promise<Candidate[]> {
    const found = await this.#holders(roles, organisation);
    return found.filter(({ account }) => !except.includes(account)).slice(0, MOST_CANDIDATES)
      .map(({ account, name, role }) => ({ account, name, role }));
  }

  /** Everyone a letter to these roles reaches: people of the agency and of the applicant's organisation, each once. */
  recipients(roles: readonly Role[], organisation: string | null): Promise<Recipient[]> {
    return this.#holders(roles, organisation);
  }

  /** An organisation by its key, or null. */
  async organisation(key: string): Promise<Organisation | null> {
    return (await this.organisations([key]))[0] ?? null;
  }

  /** The organisations of these keys, or all of them, by key. */
  organisations(keys?: readonly string[]): Promise<Organisation[]> {
    return this.#store.query<Organisation & { facts: Record<string, Json> }>(
      'select key, name, kind, facts from organisations where $1::text[] is null or key = any($1) order by key', [keys ?? null]);
  }

  /** All accounts, by name of account. */
  people(): Promise<Person[]> {
    return this.#store.query<Person>('select account, name, organisation, roles, email, language, active from people order by account');
  }

  #holders(roles: readonly Role[], organisation: string | null): Promise<Recipient[]> {
    return this.#store.query<Recipient>(
      `select account, name, role, email, language from (
         select distinct on (p.account) p.account, p.name, r.role, r.rank, p.email, p.language
         from unnest($1::text[]) with ordinality r(role, rank)
         join people p on p.active and r.role = any(p.roles)
         join organisations o on o.key = p.organisation
         where o.kind = 'agency' or o.key = $2
         order by p.account, r.rank
       ) holder order by rank, account`,
      [roles, organisation],
    );
  }

  /** The configured key, or the installation's own: made by whoever comes first, then the same for every process. */
  async #key(): Promise<Uint8Array> {
    if (this.#configured !== null) return this.#configured;
    this.#made ??= this.#demoKey().catch((problem: unknown) => {
      this.#made = null;
      throw problem;
    });
    return this.#made;
  }

  async #demoKey(): Promise<Uint8Array> {
    await this.#store.query('insert into installation_keys (name, secret) values ($1, $2) on conflict do nothing', [DEMO_KEY, randomBytes(32)]);
    const [row] = await this.#store.query<{ secret: Buffer }>('select secret from installation_keys where name = $1', [DEMO_KEY]);
    if (row === undefined) throw new Error('the installation key is gone');
    return new Uint8Array(row.secret);
  }
}
