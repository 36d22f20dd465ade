import { addWorkingDays, dayOf, endOfDay, formatEnd, formatInstant, type Derived } from '#calendar';
import { electronicFormatIBAN } from 'ibantools';
import type { Facts, Instant, Member, Role } from '#kernel';
import { applicationIn, formIn, type Application } from './context.ts';
import type { Cycle } from './cycle.ts';
import { span } from './spans.ts';

/** Whom an instalment pays, and which version of the payee's data says so: 0 is the signed form. */
export interface PayeeInForce {
  readonly holder: string;
  readonly iban: string;
  readonly version: number;
}

/** The context of a version of the payee's data: what was proposed, and how it was checked. Null: not yet. */
export type Payee = {
  readonly version: number;
  readonly holder: string;
  /** As banks write it. */
  readonly iban: string;
  readonly bic: string | null;
  readonly reason: string;
  readonly proposedAt: Instant;
  /** What was looked at, and when. */
  readonly checked: { readonly document: string; readonly at: Instant } | null;
  /** Whom the agency called under a number of its own file, and when. */
  readonly callBack: { readonly spokenTo: string; readonly at: Instant } | null;
  readonly approvedAt: Instant | null;
};

/** Children below this number are instalments: a version of the payee's data is numbered from here on. */
const BASE = 10;

/** The number of a version of the payee's data within its family. */
export const numberOf = (version: number): number => BASE + version;

/** For whom a change of the payee's data waits in which state: for the office until it has called back, then for another person. */
export const WAITS_FOR: { readonly [state: string]: Role } = { proposed: 'caseOfficer', documentChecked: 'caseOfficer', calledBack: 'secondApprover' };

/** The states in which a change of the payee's data waits for people, and all in which it is not decided yet. */
export const UNAPPROVED: readonly string[] = Object.keys(WAITS_FOR);
export const UNDECIDED: readonly string[] = [...UNAPPROVED, 'coolingDown'];

/** A version of the payee's data as what it is. */
export const payeeIn = ({ context }: { readonly context: Member['context'] }): Payee => context as unknown as Payee;

/** The versions of the payee's data among the children of an application, by number. */
export const payeesAmong = (children: readonly Member[]): readonly Member[] => children.filter(({ machine }) => machine === 'payee');

/** The change of the payee's data that is not decided yet; there is at most one. */
export const openChange = (children: readonly Member[]): Member | undefined => payeesAmong(children).find(({ state }) => UNDECIDED.includes(state));

/** An IBAN without what people type between its characters. */
export const plainIban = (iban: string): string => electronicFormatIBAN(iban) ?? iban;

/** All of an IBAN that goes into letters and sentences: whoever reads them along learns no account number. */
export const lastFour = (iban: string): string => `••${plainIban(iban).slice(-4)}`;

/** The payee of an application: the newest version that is active, else that of the signed form; null while that is missing. */
export function payeeOf(application: Pick<Application, 'form'>, children: readonly Member[]): PayeeInForce | null {
  const active = payeesAmong(children).filter(({ state }) => state === 'active').map(payeeIn).toSorted((a, b) => b.version - a.version)[0];
  if (active !== undefined) return { holder: active.holder, iban: active.iban, version: active.version };
  const { holder, iban } = formIn(application).payee ?? {};
  return holder === undefined || iban === undefined ? null : { holder, iban: plainIban(iban), version: 0 };
}

/** The payee that holds now, as the children of an application see it. */
export const payeeInForce = (facts: Pick<Facts, 'parent' | 'children'>): PayeeInForce | null => payeeOf(applicationIn(facts), facts.children);

/** Until when an approved version waits, so that whoever did not want it can object; null before the approval. */
export function coolingDownUntil({ approvedAt }: Pick<Payee, 'approvedAt'>, { coolingDownWorkingDays: days }: Cycle): Derived<Instant> | null {
  if (approvedAt === null) return null;
  const value = days === 0 ? approvedAt : endOfDay(addWorkingDays(dayOf(approvedAt), days));
  return {
    value,
    because: {
      de: `freigegeben am ${formatInstant(approvedAt, 'de')}, danach ${span(days).de} Wartezeit bis ${formatEnd(value, 'de')}`,
      en: `approved on ${formatInstant(approvedAt, 'en')}, then ${span(days).en} of cooling down until ${formatEnd(value, 'en')}`,
    },
  };
}
