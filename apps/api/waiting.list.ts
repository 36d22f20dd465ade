import { Injectable } from '@nestjs/common';
import { AroundPayments, frozenTold } from '#apps/installation';
import { broughtBy, ClocksService, Programmes, Survey, type Brought, type Lying } from '#cases';
import { edgesOf, machineOf, SYSTEM, type Effect, type Role, type Text } from '#kernel';
import type { Freeze } from '#payments';
import { Store } from '#store';
import type { Found } from './exception.found.ts';

type Page = Parameters<ClocksService['refused']>[0];
type Letter = Extract<Effect, { readonly type: 'letter' }>;

/** What went no wrong way and still waits for a person: payments that came back, payments that nobody moves, runs that nobody releases, and a freeze that nobody lifts. */
@Injectable()
export class WaitingList {
  readonly #store: Store;
  readonly #clocks: ClocksService;
  readonly #survey: Survey;
  readonly #programmes: Programmes;
  readonly #around: AroundPayments;

  constructor(store: Store, clocks: ClocksService, survey: Survey, programmes: Programmes, around: AroundPayments) {
    this.#store = store;
    this.#clocks = clocks;
    this.#survey = survey;
    this.#programmes = programmes;
    this.#around = around;
  }

  /** The newest first, older than `before`; nothing of it is stored, so that it is gone with its cause. */
  async page(page: Page): Promise<readonly Found[]> {
    return [...await this.#frozen(page), ...await this.#returned(page), ...await this.#lying(page)];
  }

  /** Runs by their ids: their file numbers and execution days. */
  runs(ids: readonly string[]): ReturnType<AroundPayments['known']> {
    return this.#around.known(ids);
  }

  async #frozen({ before }: Page): Promise<readonly Found[]> {
    const freeze = await this.#around.freeze();
    if (freeze === null) return [];
    const item = standingStill(freeze);
    return before === undefined || item.at < before.at || (item.at === before.at && item.id < before.id) ? [item] : [];
  }

  /** What the bank has rejected or sent back, or a person has reported as that: from then on until somebody takes it further. */
  async #returned(page: Page): Promise<readonly Found[]> {
    const found = await broughtBy(this.#store, { ...page, ...this.#ofReturns() });
    const lying = await this.#clocks.lying({ events: this.#reminders(), of: found.map(({ caseId }) => caseId), limit: found.length });
    const letters = await this.#letters(lying);
    return found.map((brought) => returnedItem(brought, {
      sentence: this.#programmes.speaking(brought.programme, brought.programmeVersion).machines[brought.machine]?.events[brought.event]?.sentence(brought.data), reminded: letters.get(brought.caseId)?.to ?? [],
    }));
  }

  /** By which events payments come back, and where that brings them. */
  #ofReturns(): { readonly machines: readonly string[]; readonly events: readonly string[]; readonly states: readonly string[] } {
    const returns = this.#programmes.list.flatMap(({ payment, ...programme }) => (payment === undefined ? [] : edgesOf(machineOf(programme, payment.machine))
      .filter(({ event }) => event === payment.answer.returned).map(({ event, to }) => ({ machine: payment.machine, event, to }))));
    return { machines: [...new Set(returns.map(({ machine }) => machine))], events: [...new Set(returns.map(({ event }) => event))], states: [...new Set(returns.map(({ to }) => to))] };
  }

  /** What each of them would be reminded of now, in the words of its reminder; what came back stands on the list anyway. */
  async #lying(page: Page): Promise<readonly Found[]> {
    const { machines, states } = this.#ofReturns();
    const found = await this.#clocks.lying({ ...page, events: this.#reminders(), besides: { machines, states } });
    const [letters, places] = await Promise.all([this.#letters(found), this.#around.places(found.map(({ caseId }) => caseId))]);
    return found.flatMap((lying) => lyingItem(lying, letters.get(lying.caseId), places.get(lying.caseId)));
  }

  /** The reminder that each of them would get now, by case. */
  async #letters(found: readonly Lying[]): Promise<ReadonlyMap<string, Letter>> {
    const at = await this.#store.now();
    const alike = new Map<string, Lying[]>();
    for (const lying of found) {
      const key = JSON.stringify([lying.event, lying.data]);
      alike.set(key, [...alike.get(key) ?? [], lying]);
    }
    const letters = new Map<string, Letter>();
    for (const [first, ...others] of alike.values()) {
      if (first === undefined) continue;
      const { event, data } = first;
      for (const [id, letter] of await this.#survey.each([first, ...others].map(({ caseId }) => caseId), { event, data, actor: SYSTEM, at }, ({ view, effects }) => [view.id, letterAmong(effects)] as const)) {
        if (letter !== undefined) letters.set(id, letter);
      }
    }
    return letters;
  }

  /** The events that remind of what lies, of every programme here. */
  #reminders(): readonly string[] {
    const events = this.#programmes.list.flatMap(({ machines }) => Object.values(machines)).flatMap((machine) => Object.entries(machine.events));
    return [...new Set(events.flatMap(([event, { lies }]) => (lies === true ? [event] : [])))];
  }
}

const letterAmong = (effects: readonly Effect[]): Letter | undefined => effects.find((effect): effect is Letter => effect.type === 'letter');

/** The office speaks with the municipality, finance takes the payment on. */
const CLARIFY: readonly Role[] = ['caseOfficer', 'financeCertifier', 'financeAuthoriser'];

const WHAT_TO_DO: Text = {
  de: 'Bitte mit der Kommune klären, woran es lag, die Bankverbindung prüfen und wenn nötig eine neue vorschlagen lassen (Sachbearbeitung); danach die Rate erneut fällig stellen (Feststellung oder Anordnung). War die Meldung einer Person ein Irrtum, nimmt eine andere sie zurück.',
  en: 'Please find out with the municipality what caused it, check the bank data and have new data proposed if needed (case officer); then reopen the instalment (finance). If a person reported it by mistake, another one withdraws the report.',
};

function returnedItem({ caseId, event, at }: Brought, { sentence, reminded }: { readonly sentence: Text | undefined; readonly reminded: readonly Role[] }): Found {
  const [de, en] = sentence === undefined ? [WHAT_TO_DO.de, WHAT_TO_DO.en] : [`${sentence.de} ${WHAT_TO_DO.de}`, `${sentence.en} ${WHAT_TO_DO.en}`];
  return { id: `returned-${caseId}`, kind: 'returned', case: caseId, name: event, at, owner: [...new Set([...CLARIFY, ...reminded])], text: { de, en } };
}

function lyingItem({ clockId, caseId, event, at, since }: Lying, letter: Letter | undefined, place: Text | undefined): readonly Found[] {
  if (letter === undefined) return [];
  const line = letter.digest?.line ?? letter.words.subject;
  const text = place === undefined ? line : { de: `${line.de} ${place.de}`, en: `${line.en} ${place.en}` };
  return [{ id: `lying-${clockId}`, kind: 'lying', case: caseId, name: event, at, owner: [...letter.to], since, text }];
}

const standingStill = (freeze: Freeze): Found =>
  ({ id: `freeze-${freeze.id}`, kind: 'freeze', case: null, name: 'paymentsFrozen', at: freeze.at, owner: ['financeAuthoriser'], text: frozenTold(freeze) });
