import { z } from 'zod';
import { ROLES, type Role } from '#kernel';
import type { Tx } from '#store';

const APPLICANT_ROLES: readonly Role[] = ['applicantEditor', 'applicantSignatory'];
const PERSON_ROLES = ROLES.filter((role) => role !== 'system');

const line = (longest: number) => z.string().trim().min(1).max(longest).regex(/^\P{C}*$/u, 'no control characters');

/** An account's name: what tokens, journals and mail headers carry, so letters, digits, dot, dash and underscore only. */
export const accountSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** A municipality (five-digit official key) or the funding agency. `facts` is what the agency knows about it. */
export const organisationSchema = z.strictObject({
  key: z.string().regex(/^[A-Za-z0-9-]{1,32}$/),
  name: line(120),
  kind: z.enum(['Kreis', 'kreisfreie Stadt', 'agency']),
  facts: z.record(z.string(), z.json()).default({}),
});
export type Organisation = z.infer<typeof organisationSchema>;

/** One address and nothing else: no list, no name, no line break. Its local part is bounded as mail servers bound it. */
const mailbox = z.email().max(254).refine((address) => address.indexOf('@') <= 64, 'at most 64 characters before the @');

/** An account. `name` is a function such as "Sachbearbeitung 1", never a person's name; nobody is given `system`. */
export const personSchema = z.strictObject({
  account: accountSchema,
  name: line(120),
  organisation: z.string().min(1).max(32),
  roles: z.array(z.enum(PERSON_ROLES)).max(PERSON_ROLES.length).refine((roles) => new Set(roles).size === roles.length, 'each role once'),
  email: mailbox,
  language: z.enum(['de', 'en']),
  active: z.boolean().default(true),
});
export type Person = z.infer<typeof personSchema>;

/** Why a list was not loaded, and the keys or accounts to blame. Nothing of the list was written. */
export interface LoadRefusal {
  readonly code: 'doubleEntry' | 'unknownOrganisation' | 'roleNotForOrganisation';
  readonly entries: readonly string[];
}
export type Loaded = { readonly written: number } | LoadRefusal;

/** Adds or replaces organisations in the caller's transaction. Those not on the list stay as they are. */
export async function loadOrganisations(tx: Tx, organisations: readonly Organisation[]): Promise<Loaded> {
  const twice = doubles(organisations.map(({ key }) => key));
  if (twice.length > 0) return { code: 'doubleEntry', entries: twice };
  await tx.query(
    `insert into organisations (key, name, kind, facts)
     select key, name, kind, facts from jsonb_to_recordset($1::jsonb) as o(key text, name text, kind text, facts jsonb)
     on conflict (key) do update set name = excluded.name, kind = excluded.kind, facts = excluded.facts`,
    [JSON.stringify(organisations)],
  );
  return { written: organisations.length };
}

/**
 * Adds or replaces people in the caller's transaction; who is not on the list stays as they are, and leaves by
 * `active: false`. Applicants' roles belong to municipalities, all others to the agency: nobody acts on both sides.
 */
export async function loadPeople(tx: Tx, people: readonly Person[]): Promise<Loaded> {
  const twice = doubles(people.map(({ account }) => account));
  if (twice.length > 0) return { code: 'doubleEntry', entries: twice };
  const kinds = new Map((await tx.query<{ key: string; kind: string }>(
    'select key, kind from organisations where key = any($1)', [people.map(({ organisation }) => organisation)],
  )).map(({ key, kind }) => [key, kind]));
  const lost = people.filter(({ organisation }) => !kinds.has(organisation));
  if (lost.length > 0) return { code: 'unknownOrganisation', entries: lost.map(({ account }) => account) };
  const misplaced = people.filter(({ roles, organisation }) =>
    roles.some((role) => APPLICANT_ROLES.includes(role) === (kinds.get(organisation) === 'agency')));
  if (misplaced.length > 0) return { code: 'roleNotForOrganisation', entries: misplaced.map(({ account }) => account) };
  await tx.query(
    `insert into people (account, name, organisation, roles, email, language, active)
     select account, name, organisation, roles, email, language, active from jsonb_to_recordset($1::jsonb)
       as p(account text, name text, organisation text, roles text[], email text, language text, active boolean)
     on conflict (account) do update set name = excluded.name, organisation = excluded.organisation, roles = excluded.roles,
       email = excluded.email, language = excluded.language, active = excluded.active`,
    [JSON.stringify(people)],
  );
  return { written: people.length };
}

const doubles = (keys: readonly string[]): string[] => [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))];
