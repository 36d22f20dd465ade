import { Injectable } from '@nestjs/common';
import { AroundPayments, frozenTold } from '#apps/installation';
import { ClocksService, Programmes, Survey, type Lying } from '#cases';
import { SYSTEM, type Effect, type Text } from '#kernel';
import type { Freeze } from '#payments';
import { Store } from '#store';
import type { Found } from './exception.found.ts';

type Page = Parameters<ClocksService['refused']>[0];
type Letter = Extract<Effect, { readonly type: 'letter' }>;

/** What went no wrong way and still waits for a person: payments that nobody moves, runs that nobody releases, and a freeze that nobody lifts. */
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
    return [...await this.#frozen(page), ...await this.#lying(page)];
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

  /** What each of them would be reminded of now, in the words of its reminder. */
  async #lying(page: Page): Promise<readonly Found[]> {
    const found = await this.#clocks.lying({ ...page, events: this.#reminders() });
    const at = await this.#store.now();
    const alike = new Map<string, Lying[]>();
    for (const lying of found) {
      const key = JSON.stringify([lying.event, lying.data]);
      alike.set(key, [...alike.get(key) ?? [], lying]);
    }
    const places = await this.#around.places(found.map(({ caseId }) => caseId));
    const items: Found[] = [];
    for (const [first, ...others] of alike.values()) {
      if (first === undefined) continue;
      const { event, data } = first;
      const letters = new Map(await this.#survey.each([first, ...others].map(({ caseId }) => caseId), { event, data, actor: SYSTEM, at }, ({ view, effects }) => [view.id, effects] as const));
      items.push(...[first, ...others].flatMap((lying) => lyingItem(lying, letters.get(lying.caseId) ?? [], places.get(lying.caseId))));
    }
    return items;
  }

  /** The events that remind of what lies, of every programme here. */
  #reminders(): readonly string[] {
    const events = this.#programmes.list.flatMap(({ machines }) => Object.values(machines)).flatMap((machine) => Object.entries(machine.events));
    return [...new Set(events.flatMap(([event, { lies }]) => (lies === true ? [event] : [])))];
  }
}

function lyingItem({ clockId, caseId, event, at, since }: Lying, effects: readonly Effect[], place: Text | undefined): readonly Found[] {
  const letter = effects.find((effect): effect is Letter => effect.type === 'letter');
  if (letter === undefined) return [];
  const line = letter.digest?.line ?? letter.words.subject;
  const text = place === undefined ? line : { de: `${line.de} ${place.de}`, en: `${line.en} ${place.en}` };
  return [{ id: `lying-${clockId}`, kind: 'lying', case: caseId, name: event, at, owner: [...letter.to], since, text }];
}

const standingStill = (freeze: Freeze): Found =>
  ({ id: `freeze-${freeze.id}`, kind: 'freeze', case: null, name: 'paymentsFrozen', at: freeze.at, owner: ['financeAuthoriser'], text: frozenTold(freeze) });
