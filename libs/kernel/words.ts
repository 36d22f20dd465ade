/** An instant of legal time: RFC 3339, UTC, milliseconds, `Z`. One fixed width, so that text order is time order. */
export type Instant = string;

/** A calendar day in Berlin: `YYYY-MM-DD`. */
export type Day = string;

/** Every sentence a person may read exists twice. A type and not an interface, so that a context may hold it as JSON. */
export type Text = {
  readonly de: string;
  readonly en: string;
};

/** What survives a snapshot's trip through JSON: no dates, maps, big integers or undefined. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const ROLES = [
  'applicantEditor', 'applicantSignatory', 'caseOfficer', 'secondApprover',
  'financeCertifier', 'financeAuthoriser', 'auditor', 'administrator', 'system',
] as const;

/** The closed list of roles; a programme's `senders.ts` says what each may do. */
export type Role = (typeof ROLES)[number];

/** Whoever sends an event: a person with an account, or the system (clocks, queues, banks). */
export interface Actor {
  readonly account: string;
  readonly roles: readonly Role[];
  /** Key of the municipality the person acts for; null for the agency and the system. */
  readonly organisation: string | null;
}

/** The sender of everything that no person sends. */
export const SYSTEM: Actor = { account: 'system', roles: ['system'], organisation: null };
