import type { IncomingMessage } from 'node:http';
import type { Actor, Instant, Text } from '#kernel';
import type { Place } from './case.guard.ts';

export type Language = keyof Text;

/** A request as the API's own steps complete it, in the order in which they run. */
export interface ApiRequest extends IncomingMessage {
  /** Named by the caller in X-Request-Id or made here; stands in every answer, problem and log line. */
  id: string;
  language: Language;
  /** The legal time at arrival, asked for before anything else; only where something may be received. */
  arrivedAt?: Promise<Instant>;
  /** The parsed body, or the `Problem` that it is: reported only when its turn comes. */
  body?: unknown;
  /** Who asks; set by the guard on every route that is not public. */
  actor?: Actor;
  /** The case of the route; set by the guard of the routes below a case. */
  place?: Place;
  readonly originalUrl: string;
  readonly path: string;
  readonly params: { readonly [name: string]: string };
  readonly route?: { readonly path: string };
}

const LANGUAGES = /^\s*(de|en|\*)(?:-[\w-]+)?\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

/** The language an Accept-Language header prefers; German when it names neither German nor English. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '').slice(0, 500).split(',').flatMap((range) => {
    const [, name, weight] = LANGUAGES.exec(range) ?? [];
    return name === undefined ? [] : [{ language: name.toLowerCase() === 'en' ? 'en' as const : 'de' as const, weight: Number(weight ?? 1) }];
  });
  const best = wanted.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight)[0];
  return best?.language ?? 'de';
}

/** The caller's name for the request where it is one, else a new one. */
export const requestIdOf = (header: string | string[] | undefined, make: () => string): string =>
  typeof header === 'string' && /^[\w.:-]{1,64}$/.test(header) ? header : make();

/** The legal time at which a command arrived. Asking where nothing is received is a bug. */
export function arrivalOf({ arrivedAt }: ApiRequest): Promise<Instant> {
  if (arrivedAt === undefined) throw new Error('nobody looked at the clock when this request arrived');
  return arrivedAt;
}
