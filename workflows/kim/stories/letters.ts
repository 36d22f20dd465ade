import type { Effect, Json } from '#kernel';
import { send, type Family } from './family.ts';
import { BODIES, PEOPLE, play } from './script.ts';

export type Letter = Extract<Effect, { readonly type: 'letter' }>;

/** The letters that one act sends at the end of a script. */
export function lettersAfter(script: string, number: number, type: string, who: string, data: NonNullable<Json> = BODIES[type] ?? {}, family: Family = play(script).family): readonly Letter[] {
  const actor = PEOPLE[who];
  if (actor === undefined) throw new Error(`nobody is called ${who}`);
  const { effects, refused } = send(family, number, { type, at: family.now, actor, data: data as { readonly [field: string]: Json } });
  if (refused !== null) throw new Error(`${type} is refused: ${refused}`);
  return effects.filter((effect): effect is Letter => effect.type === 'letter');
}
