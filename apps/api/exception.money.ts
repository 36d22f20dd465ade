import { Injectable } from '@nestjs/common';
import { doubtOf, PaymentAnswers, type PaymentAnswer } from '#apps/installation';
import { dayOf, formatDay } from '#calendar';
import type { Role, Text } from '#kernel';
import { BankList, EXCEPTION_WORDS, type ExceptionCode, type ListedEntry, type ResolveAction } from '#payments';
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

/** In words, why an entry waits for a person and what to do; whatever was told before was answered for before. */
export function exceptionTold(code: ExceptionCode, before: ListedEntry['toldBefore']): { readonly text: Text; readonly remedy: Text; readonly suggestedAction: ResolveAction } {
  const { text, remedy, suggestedAction } = EXCEPTION_WORDS[code];
  if (before === null) return { text, remedy, suggestedAction };
  const { id, at, resolution } = before;
  const [de, en] = [formatDay(dayOf(at), 'de'), formatDay(dayOf(at), 'en')];
  return {
    suggestedAction: 'ignore',
    text: {
      de: `${text.de} Wohl dieselbe Buchung steht schon in der Meldung bank-${id} vom ${de}${resolution === null ? '' : `, die ${resolution.account} aufgelöst hat: „${resolution.reason}“`}.`,
      en: `${text.en} Probably the same booking stands in the message bank-${id} of ${en} already${resolution === null ? '' : `, which ${resolution.account} resolved: “${resolution.reason}”`}.`,
    },
    remedy: {
      de: `Beide Meldungen vergleichen; ist es dieselbe Buchung, diese übergehen und nichts ein zweites Mal melden. Sonst: ${remedy.de}`,
      en: `Compare both messages; if it is the same booking, ignore this one and report nothing a second time. Otherwise: ${remedy.en}`,
    },
  };
}

function notMatched({ id, order, code, answer, endToEndId, at, toldBefore }: ListedEntry): Found {
  const { text, remedy, suggestedAction } = exceptionTold(code ?? 'possibleHere', toldBefore);
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
