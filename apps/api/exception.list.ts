import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { runWaitTold, type KnownRun } from '#apps/installation';
import { CaseList, ClocksService } from '#cases';
import type { Instant, Text } from '#kernel';
import { isDead, LettersService, type Trouble } from '#letters';
import { faultTold } from '#payments';
import { listFailed, listOverdue, Store, type FailedEffect, type OverdueEffect } from '#store';
import type { Found, Place } from './exception.found.ts';
import { BANK_CLERKS, MoneyExceptions } from './exception.money.ts';
import type { exceptions } from './wire.ts';

type Item = z.output<typeof exceptions>['items'][number];

const DAY_MS = 86_400_000;

/** Work that takes longer is looked at by a person: the mail server is away, a released run has no file. Held payments wait on purpose. */
const OVERDUE = { minutes: 60, queues: ['runs'] } as const;

/** What did not go its way, from everywhere it is written down, as one list. */
@Injectable()
export class ExceptionList {
  readonly #store: Store;
  readonly #clocks: ClocksService;
  readonly #letters: LettersService;
  readonly #money: MoneyExceptions;
  readonly #cases: CaseList;

  constructor(store: Store, clocks: ClocksService, letters: LettersService, money: MoneyExceptions, cases: CaseList) {
    this.#store = store;
    this.#clocks = clocks;
    this.#letters = letters;
    this.#money = money;
    this.#cases = cases;
  }

  /** The newest first, older than `before`; each source gives at most as much as the page could need. */
  async page(limit: number, before?: Place): Promise<{ readonly items: Item[]; readonly next: Place | null }> {
    const wanted = { limit: limit + 1, ...(before && { before }) };
    const [effects, overdue, clocks, troubles, money] = await Promise.all([
      listFailed(this.#store, wanted), listOverdue(this.#store, { ...OVERDUE, ...wanted }), this.#clocks.refused(wanted), this.#letters.troubles(wanted), this.#money.page(wanted),
    ]);
    const words = await this.#cases.deadlineWords(clocks);
    const runs = await this.#money.runs([...effects, ...overdue].filter(({ queue }) => queue === 'runs').map(({ caseId }) => caseId));
    const found = [
      ...effects.map((effect) => givenUp(effect, runs)), ...overdue.map((effect) => notYet(effect, runs)), ...clocks.map((clock, index) => notPossible(clock, words[index])), ...troubles.map(notArrived), ...money,
    ].toSorted(newestFirst);
    const items = await this.#told(found.slice(0, limit));
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, next: last === undefined ? null : { at: last.at, id: last.id } };
  }

  async #told(found: readonly Found[]): Promise<Item[]> {
    const [now, names] = [await this.#store.now(), await this.#cases.named([...new Set(found.flatMap((item) => item.case ?? []))])];
    return found.map(({ since, ...item }) => ({ ...item, fileNumber: names.get(item.case ?? '')?.fileNumber ?? null, ageDays: daysFrom(since ?? item.at, now) }));
  }
}

const daysFrom = (at: Instant, now: Instant): number => Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / DAY_MS));

/** As the sources order theirs: by instant, and where it is the same by id, which is ASCII. */
const newestFirst = (a: Place, b: Place): number => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1);

type Runs = ReadonlyMap<string, KnownRun>;

/** Why a run has no file, where that is what the effect says. */
function runTold({ queue, caseId, error }: Pick<FailedEffect, 'queue' | 'caseId' | 'error'>, runs: Runs): Text | null {
  const run = runs.get(caseId);
  return queue === 'runs' && run !== undefined ? runWaitTold(error, run) : null;
}

const givenUp = ({ id, queue, caseId, failedAt, error, failures }: FailedEffect, runs: Runs): Found => ({
  id: `effect-${id}`, kind: 'effect', case: caseId, name: queue, at: failedAt,
  ...(queue === 'runs' && { owner: [...BANK_CLERKS] }),
  text: runTold({ queue, caseId, error }, runs) ?? refusedByBanks(error) ?? { de: `Nach ${failures} Versuchen aufgegeben: ${error}`, en: `Given up after ${failures} attempts: ${error}` },
});

const notYet = ({ id, queue, caseId, putAt, error, failures }: OverdueEffect, runs: Runs): Found => ({
  id: `effect-${id}`, kind: 'effect', case: caseId, name: queue, at: putAt, ...(queue === 'runs' && { owner: [...BANK_CLERKS] }),
  text: runTold({ queue, caseId, error }, runs) ?? {
    de: `Seit über einer Stunde nicht gelungen, nach ${failures} Versuchen: ${error}. Es wird weiter versucht.`,
    en: `Not done for more than an hour, after ${failures} attempts: ${error}. It is tried again.`,
  },
});

/** What a bank would refuse is not given up after attempts, but at once: trying again would not mend it, a person can. */
function refusedByBanks(error: string): Text | null {
  const told = faultTold(error);
  return told && {
    de: `Nichts ging an die Bank (${error}): ${told.text.de} ${told.remedy.de}`,
    en: `Nothing went to the bank (${error}): ${told.text.en} ${told.remedy.en}`,
  };
}

type Refused = Awaited<ReturnType<ClocksService['refused']>>[number];
type Words = Awaited<ReturnType<CaseList['deadlineWords']>>[number];

const notPossible = ({ clockId, caseId, name, event, at }: Refused, words: Words = { deadline: { de: name, en: name }, event: { de: event, en: event } }): Found => ({
  id: `clock-${clockId}`, kind: 'clock', case: caseId, name, at,
  text: {
    de: `Die Frist „${words.deadline.de}“ ist abgelaufen, aber „${words.event.de}“ war nicht möglich.`, en: `The deadline “${words.deadline.en}” has passed, but “${words.event.en}” was not possible.`,
  },
});

const notArrived = (trouble: Trouble): Found =>
  ({ id: trouble.id, kind: trouble.kind, case: trouble.caseId, name: trouble.letter, at: trouble.at, text: trouble.status === null ? keptBack(trouble) : cameBack(trouble, trouble.status) });

const ELSEWHERE: Text = { de: 'Bitte das Schreiben auf anderem Weg bekannt geben', en: 'Please deliver the letter in another way' };
const CLARIFY: Text = { de: 'die Adresse klären und neu laden oder ihre Sperre aufheben', en: 'clarify the address and load it anew, or lift its suppression' };

const keptBack = ({ letter, address }: Trouble): Text => ({
  de: `Das Schreiben „${letter}“ wurde nicht an ${address} gesandt: Post dorthin kam schon als unzustellbar zurück. ${ELSEWHERE.de} und ${CLARIFY.de}.`,
  en: `The letter “${letter}” was not sent to ${address}: mail to it came back as undeliverable before. ${ELSEWHERE.en}, and ${CLARIFY.en}.`,
});

function cameBack({ letter, address, diagnostic }: Trouble, status: string): Text {
  const why = diagnostic === null ? status : `${status}: ${diagnostic}`;
  const came: Text = { de: `Das Schreiben „${letter}“ an ${address} kam nicht an (${why}).`, en: `The letter “${letter}” to ${address} did not arrive (${why}).` };
  if (status.startsWith('4.')) {
    return {
      de: `Das Schreiben „${letter}“ an ${address} ist noch nicht angekommen (${why}). Es kann noch eintreffen; bitte nachfragen, wenn es auf den Zugang ankommt.`,
      en: `The letter “${letter}” to ${address} has not arrived yet (${why}). It may still do so; please ask where its arrival matters.`,
    };
  }
  if (!isDead(status)) return { de: `${came.de} ${ELSEWHERE.de}; die Adresse bleibt in Gebrauch.`, en: `${came.en} ${ELSEWHERE.en}; the address stays in use.` };
  return {
    de: `${came.de} An diese Adresse geht keine Post mehr. ${ELSEWHERE.de} und ${CLARIFY.de}.`,
    en: `${came.en} Nothing more is mailed to this address. ${ELSEWHERE.en}, and ${CLARIFY.en}.`,
  };
}
