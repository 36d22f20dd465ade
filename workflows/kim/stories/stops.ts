import type { Stored } from '#kernel';
import { changeStories } from './change.ts';
import { decisionStories } from './decision.ts';
import type { Family } from './family.ts';
import { furtherStories } from './further.ts';
import { payeeStories } from './payee.ts';
import { paymentStories } from './payment.ts';
import { readinessStories } from './readiness.ts';
import { regionStories } from './region.ts';
import { returnStories } from './return.ts';
import { play, type Start } from './script.ts';
import { timeInOtherRounds, timeStories } from './time.ts';

/** A case where a story left it standing, with its family. */
export interface Stop {
  readonly family: Family;
  readonly number: number;
  readonly machine: string;
  readonly stored: Stored;
}

const membersOf = (family: Family): readonly Stop[] => [
  { family, number: 0, machine: 'application', stored: family.head },
  ...family.children.map((child) => ({ family, number: child.number, machine: child.machine, stored: child })),
];

/** Every family after every line of a script. */
function stopsOf(script: string, start: Start): readonly Stop[] {
  const lines = script.split('\n').filter((line) => line.trim() !== '');
  return lines.reduce<{ readonly start: Start; readonly stops: readonly Stop[] }>((before, line) => {
    const { family } = play(line, before.start);
    return { start: { family }, stops: [...before.stops, ...membersOf(family)] };
  }, { start, stops: [] }).stops;
}

/** For each machine and state one case that stands there, from the first story that leads to it: `application lapsed`. */
export function stops(): ReadonlyMap<string, Stop> {
  const scripts: readonly (readonly [string, Start])[] = [
    ...[decisionStories, paymentStories, changeStories, payeeStories, readinessStories, regionStories, returnStories, timeStories].flatMap((stories) => Object.values(stories)).map((script) => [script, {}] as const),
    ...[...furtherStories, ...timeInOtherRounds].map(([, script, start]) => [script, start()] as const),
  ];
  const found = new Map<string, Stop>();
  for (const stop of scripts.flatMap(([script, start]) => stopsOf(script, start))) {
    const place = `${stop.machine} ${stop.stored.state}`;
    if (!found.has(place)) found.set(place, stop);
  }
  return found;
}
