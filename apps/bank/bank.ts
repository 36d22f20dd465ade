import { createHash } from 'node:crypto';
import { bookings, grouped, statusReport, type AnswerFile, type Line } from './answer-file.ts';
import { readOrderFile, type Instruction } from './order-file.ts';
import { fateOf, shuffled, type Fate, type Script } from './script.ts';

/** What the bank knows of one payment: the truth that everybody else's books are compared with. Money in cents. */
export interface BankedPayment {
  readonly endToEndId: string;
  readonly iban: string;
  readonly messageId: string;
  readonly orderedCents: bigint;
  readonly debitedCents: bigint;
  readonly returnedCents: bigint;
}

/** The bank's own books. `doubled` names everything that somebody tried to have paid a second time. */
export interface BankLedger {
  readonly payments: readonly BankedPayment[];
  /** Net of returns, by the payee's account. */
  readonly paidByIban: ReadonlyMap<string, bigint>;
  readonly paidCents: bigint;
  readonly doubled: readonly string[];
}

/** What the bank said when it was given a file. */
export interface Receipt {
  readonly messageId: string | null;
  readonly accepted: number;
  readonly refused: readonly string[];
}

/** What a bank remembers between two days at its counter. */
export interface BankMemory {
  readonly messages: readonly string[];
  readonly instructions: readonly Instruction[];
  /** What becomes of each instruction, decided when it was taken: another script later changes nothing of it. */
  readonly fates: { readonly [endToEndId: string]: Fate };
  readonly doubled: readonly string[];
}

export interface BankOptions {
  readonly seed: number;
  readonly script?: Script;
  readonly memory?: BankMemory;
}

interface Booking extends Line {
  readonly debtorIban: string;
  readonly messageId: string;
}

/**
 * A bank that is not: it reads payment files, keeps its own books and answers over files, the same for the same seed and
 * script. It shares no code with the house that pays, so that where both agree neither has copied the other's mistake.
 */
export class Bank {
  readonly #seed: number;
  readonly #script: Script;
  readonly #messages: Set<string>;
  readonly #instructions: Map<string, Instruction>;
  readonly #fates: Map<string, Fate>;
  readonly #doubled: string[];
  #waiting: AnswerFile[] = [];

  constructor({ seed, script = {}, memory }: BankOptions) {
    this.#seed = seed;
    this.#script = script;
    this.#messages = new Set(memory?.messages);
    this.#instructions = new Map(memory?.instructions.map((instruction) => [instruction.endToEndId, instruction]));
    this.#fates = new Map(Object.entries(memory?.fates ?? {}));
    this.#doubled = [...memory?.doubled ?? []];
  }

  /** Takes a pain.001. A message or payment that the bank has had before is refused and remembered as doubled. */
  receive(xml: string | Uint8Array): Receipt {
    const file = readOrderFile(xml);
    if ('refused' in file) return { messageId: file.messageId, accepted: 0, refused: [file.refused] };
    const { messageId, instructions } = file;
    const on = instructions[0]?.executionOn ?? '';
    if (this.#messages.has(messageId)) {
      this.#doubled.push(messageId);
      this.#waiting.push(statusReport({ messageId: this.#name(messageId, 'again', this.#doubled.length), on }, messageId, { status: 'RJCT', reason: 'DU01' }));
      return { messageId, accepted: 0, refused: [messageId] };
    }
    this.#messages.add(messageId);
    const refused = instructions.filter((instruction) => !this.#isNew(instruction)).map(({ endToEndId }) => endToEndId);
    this.#doubled.push(...refused);
    const accepted = instructions.filter((instruction) => this.#instructions.get(instruction.endToEndId) === instruction);
    this.#waiting.push(...this.#arranged(messageId, this.#answersTo(messageId, on, accepted, instructions.filter((instruction) => !accepted.includes(instruction)))));
    return { messageId, accepted: accepted.length, refused };
  }

  /** The files that were not fetched before, up to and with a day; each is given once. */
  answers(until = '9999-12-31'): readonly AnswerFile[] {
    const due = this.#waiting.filter(({ on }) => on <= until);
    this.#waiting = this.#waiting.filter(({ on }) => on > until);
    return due;
  }

  /** The books as they stand at the end of a day. */
  ledger(until = '9999-12-31'): BankLedger {
    const payments = [...this.#instructions.values()].map((instruction): BankedPayment => {
      const booked = this.#bookingsOf(instruction).filter(({ on }) => on <= until);
      const total = (isReturn: boolean) => booked.reduce((sum, { cents, reason }) => sum + ((reason !== undefined) === isReturn ? cents : 0n), 0n);
      const { endToEndId, iban, messageId, cents } = instruction;
      return { endToEndId, iban, messageId, orderedCents: cents, debitedCents: total(false), returnedCents: total(true) };
    });
    const paidByIban = new Map<string, bigint>();
    for (const { iban, debitedCents, returnedCents } of payments) paidByIban.set(iban, (paidByIban.get(iban) ?? 0n) + debitedCents - returnedCents);
    return { payments, paidByIban, paidCents: [...paidByIban.values()].reduce((sum, cents) => sum + cents, 0n), doubled: [...this.#doubled] };
  }

  /** Everything that another `Bank` of the same seed needs to go on, whatever its script. */
  memory(): BankMemory {
    return { messages: [...this.#messages], instructions: [...this.#instructions.values()], fates: Object.fromEntries(this.#fates), doubled: [...this.#doubled] };
  }

  #isNew(instruction: Instruction): boolean {
    if (this.#instructions.has(instruction.endToEndId)) return false;
    this.#instructions.set(instruction.endToEndId, instruction);
    this.#fates.set(instruction.endToEndId, fateOf(this.#seed, this.#script, instruction));
    return true;
  }

  /** As it was decided when the instruction was taken; memories of earlier days did not keep it. */
  #fateOf(instruction: Instruction): Fate {
    return this.#fates.get(instruction.endToEndId) ?? fateOf(this.#seed, this.#script, instruction);
  }

  /** What happens on the accounts because of a payment, by its fate. Returns never exceed what was debited. */
  #bookingsOf(instruction: Instruction): readonly Booking[] {
    const { endToEndId, batchId, cents, executionOn, debtorIban, messageId } = instruction;
    const { rejected, delayDays = 0, returns = [] } = this.#fateOf(instruction);
    if (rejected !== undefined) return [];
    const debitedOn = dayAfter(executionOn, delayDays);
    const common = { endToEndId, batchId, debtorIban, messageId };
    const made: Booking[] = [{ ...common, cents, on: debitedOn, reference: this.#name(endToEndId, 'debit', 0) }];
    let left = cents;
    for (const [index, back] of returns.entries()) {
      const part = back.cents === undefined || back.cents > left ? left : back.cents;
      if (part === 0n) break;
      left -= part;
      made.push({ ...common, cents: part, on: dayAfter(debitedOn, back.afterDays), reference: this.#name(endToEndId, 'return', index), reason: back.reason });
    }
    return made;
  }

  #answersTo(messageId: string, on: string, accepted: readonly Instruction[], again: readonly Instruction[]): readonly AnswerFile[] {
    const lineOf = ({ endToEndId, batchId, cents }: Instruction) => ({ endToEndId, batchId, cents, on, reference: '' });
    const statuses = [
      ...accepted.map((instruction) => {
        const { rejected } = this.#fateOf(instruction);
        return { ...lineOf(instruction), status: rejected === undefined ? 'ACCP' : 'RJCT', ...(rejected === undefined ? {} : { reason: rejected }) };
      }),
      ...again.map((instruction) => ({ ...lineOf(instruction), status: 'RJCT', reason: 'AM05' })),
    ];
    const report = statusReport({ messageId: this.#name(messageId, 'status', 0), on }, messageId, statuses);
    const days = [...grouped(accepted.flatMap((instruction) => this.#bookingsOf(instruction)), (line) => `${line.on} ${line.debtorIban}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [report, ...days.flatMap(([key, lines], index) => this.#booked(messageId, key, index === 0 ? lines : this.#withRepeats(lines, days[index - 1]?.[1] ?? [])))];
  }

  #booked(messageId: string, key: string, lines: readonly Line[]): readonly AnswerFile[] {
    const [on = '', account = ''] = key.split(' ');
    const told = this.#script.shuffle === true ? shuffled(lines, this.#seed, messageId, key) : lines;
    const statement = bookings('camt.053', { messageId: this.#name(messageId, `statement ${key}`, 0), on }, account, told, this.#script.batch);
    return this.#script.notify === true ? [bookings('camt.054', { messageId: this.#name(messageId, `notice ${key}`, 0), on }, account, told, this.#script.batch), statement] : [statement];
  }

  /** Banks repeat a line of yesterday now and then: the same booking with the same reference. */
  #withRepeats(lines: readonly Booking[], yesterday: readonly Booking[]): readonly Booking[] {
    return this.#script.repeat === true ? [...lines, ...yesterday.filter(({ debtorIban }) => debtorIban === lines[0]?.debtorIban)] : lines;
  }

  #arranged(messageId: string, files: readonly AnswerFile[]): readonly AnswerFile[] {
    const sent = this.#script.repeat === true ? files.flatMap((file) => [file, file]) : files;
    return this.#script.shuffle === true ? shuffled(sent, this.#seed, messageId, 'files') : sent;
  }

  /** A name of at most 35 characters that nobody else gives. */
  #name(about: string, what: string, number: number): string {
    return `SIM${createHash('sha256').update([this.#seed, about, what, number].join('\n')).digest('hex').slice(0, 24).toUpperCase()}`;
  }
}

/** The day so many days later. */
function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 'yyyy-mm-dd'.length);
}
