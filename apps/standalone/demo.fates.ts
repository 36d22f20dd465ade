/** What befalls a municipality in the demo year. Fictitious, all of it. */
export const FATES = [
  'smooth', 'lastSecond', 'lateAdmitted', 'lateRejected', 'completed', 'incomplete', 'ineligible', 'withdrawnDraft', 'withdrawnInReview', 'lapsed',
  'cut', 'refused', 'sentBack', 'waived', 'sued', 'returned', 'held', 'heldAndLifted',
] as const;

export type Fate = (typeof FATES)[number];

/** How many of the 53 each fate befalls; everyone else goes smoothly. */
const SHARES: { readonly [fate in Exclude<Fate, 'smooth'>]: number } = {
  lastSecond: 4, lateAdmitted: 2, lateRejected: 1, completed: 4, incomplete: 1, ineligible: 2, withdrawnDraft: 1, withdrawnInReview: 2, lapsed: 1,
  cut: 5, refused: 2, sentBack: 2, waived: 4, sued: 1, returned: 2, held: 1, heldAndLifted: 1,
};

/** What the table says about each fate. */
export const FATE_WORDS: { readonly [fate in Fate]: string } = {
  smooth: 'ohne Besonderheit', lastSecond: 'in letzter Minute unterzeichnet', lateAdmitted: 'verspätet, zugelassen', lateRejected: 'verspätet, abgelehnt',
  completed: 'Unterlagen nachgereicht', incomplete: 'Ergänzungsfrist verstrichen', ineligible: 'nicht förderfähig, Entwurf verfallen',
  withdrawnDraft: 'Entwurf zurückgezogen', withdrawnInReview: 'in der Prüfung zurückgezogen', lapsed: 'nie unterzeichnet, verfallen', cut: 'gekürzt',
  refused: 'abgelehnt', sentBack: 'vor der Gegenzeichnung zurückgegeben', waived: 'Rechtsbehelfsverzicht', sued: 'Klage, Bescheid hat Bestand',
  returned: 'Rate 1 kam von der Bank zurück', held: 'Rate 2 gesperrt', heldAndLifted: 'Sperre der Rate 2 aufgehoben',
};

/** A stream of numbers in [0, 1) that the seed fixes (mulberry32). */
export type Draw = () => number;

export function drawFrom(seed: number): Draw {
  const state = new Uint32Array([seed]);
  return () => {
    state[0] = (state[0] as number) + 0x6d2b79f5;
    let mixed = Math.imul((state[0] as number) ^ ((state[0] as number) >>> 15), 1 | (state[0] as number));
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export const between = (draw: Draw, least: number, most: number): number => least + Math.floor(draw() * (most - least + 1));

/** One fate for each key, dealt from a shuffled pack. */
export function deal(keys: readonly string[], draw: Draw): ReadonlyMap<string, Fate> {
  const pack = [...keys];
  for (let last = pack.length - 1; last > 0; last -= 1) {
    const other = between(draw, 0, last);
    [pack[last], pack[other]] = [pack[other] as string, pack[last] as string];
  }
  const dealt = Object.entries(SHARES).flatMap(([fate, count]) => Array.from({ length: count }, () => fate as Fate));
  return new Map(pack.map((key, index) => [key, dealt[index] ?? 'smooth']));
}
