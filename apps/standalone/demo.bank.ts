import { Bank, type AnswerFile, type BankLedger, type Fate } from '#apps/bank';
import { addDays, addWorkingDays } from '#calendar';
import type { Day } from '#kernel';

/** What comes back comes so many working days after the debit. */
const RETURN_WORKING_DAYS = 3;

/** What left the agency for the bank and what came from there, and how the two ledgers compare. */
export interface BankYear {
  readonly given: number;
  readonly answered: number;
  readonly ledger: BankLedger;
  readonly differences: readonly Difference[];
}

/** Where the bank's ledger says something else than ours. */
export interface Difference {
  readonly where: string;
  readonly what: string;
}

/** What goes with a file: how many payments it holds, when they are carried out, and which of them come back. */
interface Handed {
  readonly count: number;
  readonly executionOn: Day;
  readonly returning: readonly string[];
}

/** The agency's bank in the demo year: it carries out what it is given on the day it is told, and some of it comes back. */
export class HouseBank {
  readonly #fates: { [endToEndId: string]: Fate } = {};
  readonly #bank: Bank;
  #given = 0;
  #answered = 0;

  constructor(seed: number) {
    // Whatever befalls a payment is dealt with the fates; the bank draws nothing of its own.
    this.#bank = new Bank({ seed, script: { fates: this.#fates, otherwise: {} } });
  }

  /** Takes the file of a run; the named payments come back once they are debited. @throws when the bank does not take all of it */
  take(xml: string, { count, executionOn, returning }: Handed): void {
    for (const reference of returning) this.#fates[reference] = { returns: [{ afterDays: daysToReturn(executionOn), reason: 'AC04' }] };
    const { messageId, accepted, refused } = this.#bank.receive(xml);
    if (accepted !== count || refused.length > 0) throw new Error(`the bank took ${accepted} of ${count} payments of ${messageId ?? 'a file'}: ${refused.join(', ')}`);
    this.#given += 1;
  }

  /** What lies ready at the counter on a day and was not fetched before. */
  answers(day: Day): readonly AnswerFile[] {
    const files = this.#bank.answers(day);
    this.#answered += files.length;
    return files;
  }

  /** The year as the bank has booked it, beside what we say was paid to each account, in cents. */
  close(paidByIban: ReadonlyMap<string, bigint>): BankYear {
    const ledger = this.#bank.ledger();
    return { given: this.#given, answered: this.#answered, ledger, differences: differencesOf(ledger, paidByIban) };
  }
}

/** Calendar days, as the bank counts, from a debit to its return: banks book on working days. */
function daysToReturn(debitedOn: Day): number {
  const returnedOn = addWorkingDays(debitedOn, RETURN_WORKING_DAYS);
  let days = 0;
  while (addDays(debitedOn, days) < returnedOn) days += 1;
  return days;
}

/** Every account for which the two ledgers differ, and everything that the bank was told twice; empty when they agree. */
export function differencesOf({ paidByIban, payments, doubled }: BankLedger, ours: ReadonlyMap<string, bigint>): readonly Difference[] {
  const accounts = [...new Set([...paidByIban.keys(), ...ours.keys()])].toSorted();
  return [
    ...accounts.map((iban) => ({ iban, bank: paidByIban.get(iban) ?? 0n, house: ours.get(iban) ?? 0n })).filter(({ bank, house }) => bank !== house)
      .map(({ iban, bank, house }) => ({ where: iban, what: `the bank has paid ${bank} cents, our ledger says ${house}` })),
    ...payments.filter(({ debitedCents, orderedCents }) => debitedCents > orderedCents).map(({ endToEndId }) => ({ where: endToEndId, what: 'the bank has debited more than was ordered' })),
    ...doubled.map((where) => ({ where, what: 'the bank was told to pay twice' })),
  ];
}
