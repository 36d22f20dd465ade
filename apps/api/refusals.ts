import { Injectable } from '@nestjs/common';
import { formatInstant, type Language } from '#calendar';
import type { Refusal } from '#cases';
import { IdentityService } from '#identity';
import { ROLE_NAMES, roleNames, SYSTEM, type Actor, type LastAct, type Reason, type Role, type Text } from '#kernel';
import { Problem, type WireReason } from './problem.ts';

/** The agency: its staff, and those who look over its shoulder. */
export const AGENCY: readonly Role[] = ['caseOfficer', 'secondApprover', 'financeCertifier', 'financeAuthoriser', 'auditor', 'administrator'];

/** Those of the agency who read what names accounts: its books, and what goes to the bank. */
export const FINANCE_READERS: readonly Role[] = ['financeCertifier', 'financeAuthoriser', 'auditor', 'administrator'];

/** Whose question a refusal answers, about which applicant's case. */
export interface Asker {
  readonly actor: Actor;
  readonly applicant: string;
}

/** Turns what the kernel refuses into what people can read: above all, who could do it instead. */
@Injectable()
export class Refusals {
  readonly #identity: IdentityService;

  constructor(identity: IdentityService) {
    this.#identity = identity;
  }

  /** The problem that a refused command becomes. */
  async problem(refusal: Refusal, asker: Asker): Promise<Problem> {
    if ('reasons' in refusal) {
      const errors = refusal.reasons.flatMap(({ findings = [] }) => findings).map(({ path, code, text }) => ({ path, code, text }));
      return new Problem(refusal.code, { reasons: await this.reasons(refusal.reasons, asker), ...(errors.length > 0 ? { errors } : {}) });
    }
    if ('changed' in refusal) return new Problem(refusal.code, { current: refusal.current, changed: refusal.changed, ...(refusal.by && { reasons: [changedBy(refusal.by)] }) });
    return new Problem(refusal.code);
  }

  /** Reasons as the wire has them. Nobody is told the people of another municipality. */
  async reasons(reasons: readonly Reason[], { actor, applicant }: Asker): Promise<WireReason[]> {
    return Promise.all(reasons.map(async ({ code, text, remedy, who, from, by }) => ({
      code, text: by === undefined ? text : afterwards(text, by), remedy,
      ...(who === undefined ? {} : { who: await this.#identity.whoCould(who.roles, actor.organisation ?? applicant, who.except) }),
      ...(from === undefined ? {} : { from }),
    })));
  }

  /** Refuses who has acted before, and says by what; people of these roles could. */
  async demandAnother(actor: Actor, { account, text }: { readonly account: string; readonly text: Text }, roles: readonly Role[]): Promise<void> {
    if (account !== actor.account) return;
    const names = roleNames(roles);
    throw new Problem('differentPerson', { reasons: [{
      code: 'differentPerson', text,
      remedy: { de: `Eine andere Person mit dieser Funktion muss handeln: ${names.de}.`, en: `Another person who holds this function must act: ${names.en}.` },
      who: await this.#identity.whoCould(roles, null, [account]),
    }] });
  }

  /** Refuses everyone without one of these roles, on routes that are about no case. */
  async demand(actor: Actor, roles: readonly Role[]): Promise<void> {
    if (roles.some((role) => actor.roles.includes(role))) return;
    const names = roleNames(roles);
    throw new Problem('wrongRole', { reasons: [{
      code: 'wrongRole',
      text: { de: `Das ist folgender Funktion vorbehalten: ${names.de}.`, en: `This is reserved for: ${names.en}.` },
      remedy: { de: `Bitten Sie: ${names.de}.`, en: `Ask: ${names.en}.` },
      who: await this.#identity.whoCould(roles, null),
    }] });
  }
}

/** A text with who acted before: two who do the same at once are told of each other. */
export function afterwards(text: Text, { account, at, label }: LastAct): Text {
  const name = (language: Language): string => (account === SYSTEM.account ? ROLE_NAMES.system[language] : account);
  return {
    de: `${text.de} Zuletzt gehandelt: ${name('de')}, ${formatInstant(at, 'de')} („${label.de}“).`,
    en: `${text.en} Last act: ${name('en')}, ${formatInstant(at, 'en')} (“${label.en}”).`,
  };
}

const changedBy = (by: LastAct): WireReason => ({ code: 'staleVersion', text: afterwards(CHANGED_SINCE, by), remedy: STALE_REMEDY });

const CHANGED_SINCE: Text = { de: 'Der Vorgang wurde geändert, seit Sie ihn gelesen haben.', en: 'The case was changed since you read it.' };
const STALE_REMEDY: Text = { de: 'Unter „changed“ steht, was; lesen Sie ihn neu.', en: '“changed” says what; read it again.' };
