import { Injectable } from '@nestjs/common';
import { doubtOf, PaymentAnswers, type PaymentAnswer } from '#apps/installation';
import type { Role } from '#kernel';
import { BankList, EXCEPTION_WORDS, type ListedEntry } from '#payments';
import type { Found, Place } from './exception.found.ts';
import { WaitingList } from './waiting.list.ts';

/** Whoever pays clarifies what the bank says of it. */
export const BANK_CLERKS: readonly Role[] = ['financeCertifier', 'financeAuthoriser'];

/** What is to be clarified about money: what the bank says that fits no payment, what was said of one that it does not bear out, and what nobody moves. */
@Injectable()
export class MoneyExceptions {
  readonly #bank: BankList;
  readonly #answers: PaymentAnswers;
  readonly #waiting: WaitingList;

  constructor(bank: BankList, answers: PaymentAnswers, waiting: WaitingList) {
    this.#bank = bank;
    this.#answers = answers;
    this.#waiting = waiting;
  }

  /** Of each source the newest, older than `before`. */
  async page(wanted: { readonly limit: number; readonly before?: Place }): Promise<Found[]> {
    const [entries, answers, waiting] = await Promise.all([this.#bank.exceptions(wanted), this.#answers.list({ confirmed: false, ...wanted }), this.#waiting.page(wanted)]);
    return [...entries.map(notMatched), ...answers.map(notBorneOut), ...waiting];
  }

  /** Runs by their ids: their file numbers and execution days. */
  runs(ids: readonly string[]): ReturnType<WaitingList['runs']> {
    return this.#waiting.runs(ids);
  }
}

function notMatched({ id, order, code, answer, endToEndId, at }: ListedEntry): Found {
  const { text, remedy, suggestedAction } = EXCEPTION_WORDS[code ?? 'possibleHere'];
  const about = endToEndId ?? order?.endToEndId ?? '–';
  return {
    id: `bank-${id}`, kind: 'bank', case: order?.caseId ?? null, name: answer, at, owner: [...BANK_CLERKS], suggestedAction,
    text: { de: `Bankmeldung zu ${about}: ${text.de} ${remedy.de}`, en: `Bank message about ${about}: ${text.en} ${remedy.en}` },
  };
}

function notBorneOut(answer: PaymentAnswer): Found {
  const [{ text, remedy }, { id, caseId, code, at }] = [doubtOf(answer), answer];
  return {
    id, kind: 'payment', case: caseId, name: code, at, owner: [...BANK_CLERKS], suggestedAction: 'confirm',
    text: { de: `${text.de} ${remedy.de}`, en: `${text.en} ${remedy.en}` },
  };
}
