/** Letters of other scripts, and digits, that look like a Latin letter. */
const LOOK_LIKE: { readonly [letter: string]: string } = {
  а: 'a', е: 'e', ё: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', к: 'k', м: 'm', т: 't', в: 'b', н: 'h', і: 'i', ї: 'i', ј: 'j', ѕ: 's', ԁ: 'd', ԛ: 'q', ԝ: 'w', г: 'r', ь: 'b',
  α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', β: 'b', η: 'n', γ: 'y', ω: 'w', ς: 's',
  0: 'o', 1: 'l', 3: 'e', 5: 's', 8: 'b', ı: 'i', ł: 'l', đ: 'd', ø: 'oe', œ: 'oe', æ: 'ae', ß: 'ss', þ: 'th', ð: 'd',
};

/** Pairs of letters that look like one, and letters that are told apart only in some typefaces. */
const CLOSE: readonly (readonly [RegExp, string])[] = [[/rn/g, 'm'], [/vv/g, 'w'], [/i/g, 'l']];

const UMLAUTS: { readonly [letter: string]: string } = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** A name as a hasty eye takes it in: no accents, no order of words, no letters that look like others. */
function skeleton(name: string): string {
  const letters = name.normalize('NFKC').toLowerCase().replaceAll(/[äöü]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFD').replaceAll(/[\p{M}\p{Cf}]/gu, '');
  const words = [...letters].map((letter) => LOOK_LIKE[letter] ?? letter).join('').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return CLOSE.reduce((text, [pattern, letter]) => text.replaceAll(pattern, letter), words.toSorted().join(''));
}

/** Shorter names differ by their only letters. */
const SHORTEST = 5;

/**
 * What a name is compared by: two names look alike when they share a key, that is when taking out at most one letter of
 * each leaves the same. As keys, so that many names are compared without comparing each with each.
 */
export function likenessKeys(name: string): readonly string[] {
  const whole = skeleton(name);
  return [...whole].length < SHORTEST ? [whole] : [...new Set([whole, ...Array.from({ length: whole.length }, (_, index) => whole.slice(0, index) + whole.slice(index + 1))])];
}

const plain = (name: string): string => name.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** Whether two names are the same name, however they are spaced and capitalised. */
export const sameName = (a: string, b: string): boolean => plain(a) === plain(b);

/** Whether two names that are not the same can be taken for each other. */
export function lookAlike(a: string, b: string): boolean {
  const keys = new Set(likenessKeys(a));
  return !sameName(a, b) && likenessKeys(b).some((key) => keys.has(key));
}
