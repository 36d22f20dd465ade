/**
 * Letters of DIN 91379 that no decomposition brings to the Latin alphabet, and the German ones, which are written with a
 * second letter. The SEPA character set (EPC217-08) has a to z, A to Z, 0 to 9 and / - ? : ( ) . , ' + space.
 */
const LETTERS: Readonly<Record<string, string>> = {
  ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ø: 'o', Ø: 'O', å: 'a', Å: 'A',
  đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ł: 'l', Ł: 'L', ħ: 'h', Ħ: 'H', ŧ: 't', Ŧ: 'T', ŋ: 'n', Ŋ: 'N', ĸ: 'k', ı: 'i', ŉ: 'n', ə: 'e', Ə: 'E',
  ǥ: 'g', Ǥ: 'G', ɨ: 'i', Ɨ: 'I', ĳ: 'ij', Ĳ: 'IJ', ŀ: 'l', Ŀ: 'L', ẚ: 'a', ʒ: 'z', Ʒ: 'Z', ǯ: 'z', Ǯ: 'Z', ƶ: 'z', Ƶ: 'Z', ơ: 'o', Ơ: 'O', ư: 'u', Ư: 'U', ɓ: 'b', Ɓ: 'B', ƙ: 'k', Ƙ: 'K', ɗ: 'd', Ɗ: 'D', ƴ: 'y', Ƴ: 'Y', ƈ: 'c', Ƈ: 'C', ſ: 's',
};

/** Two letters that are one character: those of Croatian registers as their alphabet writes them apart, and old ones, which no standard takes apart. */
const PAIRS: Readonly<Record<string, string>> = {
  Ǆ: 'DZ', ǅ: 'Dz', ǆ: 'dz', Ǉ: 'LJ', ǈ: 'Lj', ǉ: 'lj', Ǌ: 'NJ', ǋ: 'Nj', ǌ: 'nj', Ǳ: 'DZ', ǲ: 'Dz', ǳ: 'dz', ȸ: 'db', ȹ: 'qp', Ƣ: 'Oi', ƣ: 'oi',
  Ꜳ: 'AA', ꜳ: 'aa', Ꜵ: 'AO', ꜵ: 'ao', Ꜷ: 'AU', ꜷ: 'au', Ꜹ: 'AV', ꜹ: 'av', Ꜻ: 'AV', ꜻ: 'av', Ꜽ: 'AY', ꜽ: 'ay', Ꝏ: 'OO', ꝏ: 'oo', Ꝡ: 'VY', ꝡ: 'vy', Ỻ: 'LL', ỻ: 'll',
  ʣ: 'dz', ʤ: 'dz', ʥ: 'dz', ʦ: 'ts', ʧ: 'ts', ʨ: 'tc', ʩ: 'fn', ʪ: 'ls', ʫ: 'lz', ᵫ: 'ue',
};

/** Greek and Cyrillic, for names that stand in registers as they are written at home. */
const SCRIPTS: Readonly<Record<string, string>> = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts',
  ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', є: 'ye', і: 'i', ї: 'yi', ґ: 'g', ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', ѕ: 'dz',
};

/** Signs with a plain stand-in; what has none becomes a full stop, so that nothing is silently joined. */
const SIGNS: Readonly<Record<string, string>> = {
  'ʺ': "'", 'ˌ': "'", '″': "'", '‚': "'", '‛': "'", '‹': "'", '›': "'", '’': "'", '‘': "'", 'ʼ': "'", 'ʻ': "'", 'ʾ': "'", 'ʿ': "'", 'ʹ': "'", 'ˈ': "'", '´': "'", '`': "'", '′': "'", '"': "'", '„': "'", '“': "'", '”': "'", '«': "'", '»': "'",
  '–': '-', '—': '-', '‐': '-', '‑': '-', '−': '-', _: '-', '&': '+', '€': 'EUR', '²': '2', '³': '3', '\n': ' ', '\r': ' ', '\t': ' ', '*': '.', '$': '.', '%': '.', ';': ',', '!': '.', '[': '(', ']': ')', '{': '(', '}': ')', '\\': '/', '|': '/', '⁄': '/', '·': '.',
};

const PLAIN = /^[A-Za-z0-9/\-?:().,'+ ]$/;

/**
 * A text in the SEPA character set, at most `longest` characters: letters by table, accents dropped, everything else as
 * the nearest sign. Slashes neither begin nor end it nor follow each other, as banks ask. Idempotent; empty for no text.
 */
export function toSepa(text: string, longest: number): string {
  const letters = text.normalize('NFC').match(/\P{M}\p{M}*|\p{M}+/gsu) ?? [];
  const plain = letters.map((letter, at) => inCapitals(plainOf(letter), letters[at - 1], letters[at + 1])).join('').replaceAll(/\/{2,}/g, '/').replaceAll(/ {2,}/g, ' ');
  return trimmed(trimmed(plain).slice(0, longest));
}

/** MÜLLER is MUELLER, Müller is Mueller, MALMÖ STAD is MALMOE STAD: what became of a capital stands as the letter after it, or at a word's end before it. */
function inCapitals(plain: string, before = '', after = ''): string {
  const beside = /^\p{L}/u.test(after) ? after : before;
  return /^[A-Z][a-z]+$/.test(plain) && /^\p{Lu}/u.test(beside) ? plain.toUpperCase() : plain;
}

const trimmed = (text: string): string => text.replace(/^[ /]+/, '').replace(/[ /]+$/, '');

/** One letter with its marks. */
function plainOf(letter: string): string {
  if (PLAIN.test(letter)) return letter;
  const known = LETTERS[letter] ?? PAIRS[letter] ?? SIGNS[letter] ?? script(letter);
  if (known !== undefined) return known;
  if (/^\p{Z}$/u.test(letter)) return ' ';
  // A mark that stands alone is dropped with the accents.
  if (/^[\p{M}\p{Cf}]+$/u.test(letter)) return '';
  const [base = '', ...marks] = letter.normalize('NFD');
  if (marks.length === 0) return apart(letter);
  // An umlaut with one more mark is still an umlaut.
  const umlaut = marks.includes('\u0308') ? LETTERS[`${base}\u0308`.normalize('NFC')] : undefined;
  return umlaut ?? plainOf(base);
}

/** What is another way to write plain characters (NFKD: ligatures, full width, circled) as these; a full stop for what is none. */
function apart(letter: string): string {
  const parts = letter.normalize('NFKD');
  return parts === letter ? '.' : [...parts].map(plainOf).join('');
}

function script(letter: string): string | undefined {
  const lower = letter.toLowerCase();
  const found = SCRIPTS[lower];
  return found === undefined || lower === letter ? found : found.slice(0, 1).toUpperCase() + found.slice(1);
}
