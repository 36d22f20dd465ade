import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { UnbookedPayments, type Unbooked } from '#apps/installation';
import { CaseList, placeOf, Programmes, type CaseName } from '#cases';
import type { Text } from '#kernel';
import { ACCOUNTS, statement, statementEntries, statementPages, type Account, type StatementEntry, type StatementScope } from '#ledger';
import { Store } from '#store';
import { CURSORS } from './cursor.ts';
import type { Sheet, SheetCell, SheetColumn } from './sheet.ts';
import type { statementAnswer } from './wire.statements.ts';

/** What a statement is asked for: a round's, or that of one family in it. */
export interface StatementOrder extends StatementScope {
  /** By its id: it says what its postings are called. */
  readonly programme: string;
  /** The family as people call it; absent for a whole round. */
  readonly fileNumber?: string;
  /** Whether what the bank reports beyond the books is told: to those who clarify it, of now. */
  readonly withUnbooked: boolean;
}

/** What is said of each account. */
export const ACCOUNT_WORDS: { readonly [account in Account | 'appropriation']: Text } = {
  appropriation: { de: 'Bereitstellung', en: 'appropriation' },
  budget: { de: 'verfügbar', en: 'available' },
  reserved: { de: 'vorgemerkt', en: 'reserved' },
  committed: { de: 'gebunden', en: 'committed' },
  ordered: { de: 'angeordnet', en: 'ordered' },
  paid: { de: 'ausgezahlt', en: 'paid' },
  claimed: { de: 'zurückgefordert', en: 'claimed back' },
  recovered: { de: 'erstattet', en: 'recovered' },
};

/** A part of a round has no budget of its own. */
const IN_PART: Text = { de: ' „verfügbar“ steht hier mit Minus: So viel ist dem Haushalt der Förderrunde entnommen.', en: ' “available” is below zero here: so much was taken from the budget of the round.' };

const CHECK_WORDS: { readonly [code: string]: Text } = {
  balancesAddUp: { de: 'Die Salden aller Konten ergeben zusammen, was bereitgestellt wurde.', en: 'The balances of all accounts add up to what was appropriated.' },
  nothingOverdrawn: { de: 'Kein Konto ist überzogen.', en: 'No account is overdrawn.' },
};

const COLUMNS: readonly SheetColumn[] = [
  { title: { de: 'Zeitpunkt', en: 'When' }, kind: 'instant', width: 20 },
  { title: { de: 'Aktenzeichen', en: 'File number' }, kind: 'text', width: 18 },
  { title: { de: 'Antragsteller', en: 'Applicant' }, kind: 'text', width: 32 },
  { title: { de: 'Haushaltslinie', en: 'Budget line' }, kind: 'text', width: 14 },
  { title: { de: 'Buchung', en: 'Posting' }, kind: 'text', width: 28 },
  { title: { de: 'von', en: 'from' }, kind: 'text', width: 16 },
  { title: { de: 'nach', en: 'to' }, kind: 'text', width: 16 },
  { title: { de: 'Betrag in EUR', en: 'Amount in EUR' }, kind: 'cents', width: 18 },
  { title: { de: 'danach auf „von“', en: 'then on “from”' }, kind: 'cents', width: 18 },
  { title: { de: 'danach auf „nach“', en: 'then on “to”' }, kind: 'cents', width: 18 },
  { title: { de: 'Wertstellung', en: 'Value date' }, kind: 'day', width: 14 },
];

/** Statements as answers and as tables, with what the cases are called. */
@Injectable()
export class StatementPapers {
  readonly #store: Store;
  readonly #list: CaseList;
  readonly #programmes: Programmes;
  readonly #unbooked: UnbookedPayments;

  constructor(store: Store, list: CaseList, programmes: Programmes, unbooked: UnbookedPayments) {
    this.#unbooked = unbooked;
    this.#store = store;
    this.#list = list;
    this.#programmes = programmes;
  }

  /** One page of entries, and the figures of the whole statement. */
  async answer(order: StatementOrder, { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }): Promise<z.output<typeof statementAnswer>> {
    const after = cursor === undefined ? undefined : CURSORS.statement.read(cursor);
    const [figures, entries] = await Promise.all([statement(this.#store, order), statementEntries(this.#store, order, { after, limit: limit + 1 })]);
    const page = entries.slice(0, limit);
    const [names, values] = [await this.#names(page), await this.#valueDates(page)];
    const [last, unbooked] = [page.at(-1), await this.#unbookedOf(order)];
    return {
      cycle: order.cycleId, case: order.rootId ?? null, fileNumber: order.fileNumber ?? null, budgetLine: order.budgetLine ?? null, at: order.at, openingCents: 0,
      appropriatedCents: figures.appropriatedCents, balances: figures.balances, lines: [...figures.lines],
      checks: figures.checks.map(({ code, ok }) => ({ code, ok, text: checkWords(code, figures.balances.budget < 0 && ok) })),
      unbooked: unbooked && { sumCents: unbooked.reduce((sum, { amountCents }) => sum + amountCents, 0), items: unbooked.map(({ caseId, ...item }) => ({ case: caseId, ...item })) },
      items: page.map(({ id, caseId, journalSeq: seq, name, ...entry }) => ({
        id: String(id), case: caseId, fileNumber: nameOf(names, caseId)?.fileNumber ?? null, applicant: nameOf(names, caseId)?.applicantName ?? null, posting: name, ...entry, valueDate: values({ caseId, seq }),
      })),
      next: entries.length > limit && last ? CURSORS.statement.of({ at: last.at, id: last.id }) : null,
    };
  }

  /** Every entry as a table, and below it what the accounts hold in the end. */
  sheet(order: StatementOrder, language: keyof Text): Sheet {
    const about = [order.fileNumber?.replaceAll('/', '-') ?? order.cycleId, order.at.slice(0, 10)].join('-');
    return { name: language === 'de' ? `kontoauszug-${about}` : `statement-${about}`, columns: COLUMNS, rows: this.#rows(order, language) };
  }

  async* #rows(order: StatementOrder, language: keyof Text): AsyncGenerator<readonly SheetCell[]> {
    const labels = this.#programmes.current(order.programme)?.postingLabels ?? {};
    const closing = new Map<Account, number>(ACCOUNTS.map((account) => [account, 0]));
    let appropriated = 0;
    for await (const page of statementPages(this.#store, order)) {
      const [names, values] = [await this.#names(page), await this.#valueDates(page)];
      for (const { at, caseId, journalSeq: seq, budgetLine, name, from, to, amountCents, fromBalanceCents, toBalanceCents } of page) {
        if (from === 'appropriation') appropriated += amountCents;
        else closing.set(from, fromBalanceCents ?? 0);
        closing.set(to, toBalanceCents);
        const { fileNumber = null, applicantName = null } = nameOf(names, caseId) ?? {};
        yield [at, fileNumber, applicantName, budgetLine, caseId === null ? ACCOUNT_WORDS.appropriation[language] : labels[name]?.[language] ?? name, ACCOUNT_WORDS[from][language], ACCOUNT_WORDS[to][language], amountCents, fromBalanceCents, toBalanceCents, values({ caseId, seq })];
      }
    }
    const total = { de: 'Saldo', en: 'Balance' }[language];
    for (const [account, balance] of closing) yield [order.at, order.fileNumber ?? null, null, null, total, null, ACCOUNT_WORDS[account][language], null, null, balance, null];
    yield [order.at, order.fileNumber ?? null, null, null, { de: 'Summe', en: 'Total' }[language], null, ACCOUNT_WORDS.appropriation[language], null, null, appropriated, null];
    for (const { fileNumber, endToEndId, amountCents } of await this.#unbookedOf(order) ?? []) {
      yield [order.at, fileNumber, null, null, { de: `Von der Bank ausgeführt, hier nicht gebucht: ${endToEndId}`, en: `Executed by the bank, not booked here: ${endToEndId}` }[language], null, null, amountCents, null, null, null];
    }
  }

  /** Null where it is not told. */
  #unbookedOf(order: StatementOrder): Promise<readonly Unbooked[]> | null {
    return order.withUnbooked ? this.#unbooked.of(order) : null;
  }

  /** The day of value of each entry that has one: the books keep when something was told, the journal what was told. */
  async #valueDates(entries: readonly StatementEntry[]): Promise<(entry: { readonly caseId: string | null; readonly seq: number | null }) => string | null> {
    const dates = await this.#list.valueDates(entries.flatMap(({ caseId, journalSeq: seq }) => (caseId === null || seq === null ? [] : [{ caseId, seq }])));
    return ({ caseId, seq }) => (caseId === null || seq === null ? null : dates.get(placeOf({ caseId, seq })) ?? null);
  }

  #names(entries: readonly StatementEntry[]): Promise<ReadonlyMap<string, CaseName>> {
    return this.#list.named([...new Set(entries.flatMap(({ caseId }) => caseId ?? []))]);
  }
}

const checkWords = (code: string, inPart: boolean): Text => {
  const text = CHECK_WORDS[code] as Text;
  return code === 'nothingOverdrawn' && inPart ? { de: text.de + IN_PART.de, en: text.en + IN_PART.en } : text;
};

const nameOf = (names: ReadonlyMap<string, CaseName>, caseId: string | null): CaseName | undefined => (caseId === null ? undefined : names.get(caseId));
