import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toSepa } from '#latin';

const SEPA = /^[A-Za-z0-9/\-?:().,'+ ]*$/;

/** The letters of DIN 91379: Latin blocks, and the sequences of a base letter with marks that have no letter of their own. */
const range = (from: number, to: number): readonly string[] => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
const LATIN = [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0xc0, 0x17f), 'Ƈ', 'ƈ', 'Ə', 'Ɨ', 'Ơ', 'ơ', 'Ư', 'ư', 'Ʒ', ...range(0x1cd, 0x1dc), ...range(0x1de, 0x1f0), ...range(0x1f4, 0x1f5), ...range(0x1f8, 0x21b), 'Ȟ', 'ȟ', ...range(0x226, 0x233), 'ə', 'ɨ', 'ʒ', ...range(0x1e02, 0x1e9b), 'ẞ', ...range(0x1ea0, 0x1ef9)]
  .filter((letter) => /\p{L}/u.test(letter));
const SEQUENCES = ['A̋', 'C̀', 'C̄', 'C̆', 'C̈', 'C̕', 'C̣', 'C̦', 'C̨̆', 'D̂', 'F̀', 'F̄', 'G̀', 'H̄', 'H̦', 'H̱', 'J́', 'J̌', 'K̀', 'K̂', 'K̄', 'K̇', 'K̕', 'K̛', 'K̦', 'K͟H', 'K͟h', 'L̂', 'L̥', 'L̥̄', 'L̦', 'M̀', 'M̂', 'M̆', 'M̐', 'N̂', 'N̄',
  'N̆', 'N̦', 'P̀', 'P̄', 'P̕', 'P̣', 'R̆', 'R̥', 'R̥̄', 'S̀', 'S̄', 'S̛̄', 'S̱', 'T̀', 'T̄', 'T̈', 'T̕', 'T̛', 'U̇', 'Z̀', 'Z̄', 'Z̆', 'Z̈', 'Z̧', 'a̋', 'c̀', 'c̨̆', 'k͟h', 'l̥̄', 'm̐', 'n̦', 'p̣', 'r̥̄', 's̛̄', 't̛', 'z̧', 'Ç̆', 'ç̆', 'Û̄', 'û̄', 'ž̦', 'Č̕', 'č̕', 'č̣', 'ē̍', 'ī́', 'ō̍'];
const SCRIPTS = [...range(0x386, 0x3ce), ...range(0x410, 0x44f), 'Ё', 'ё'].filter((letter) => /\p{L}/u.test(letter));

/** What the standard allows beside letters, and has a near relative at the banks. */
const QUOTES = ['ʹ', 'ʺ', 'ʾ', 'ʿ', 'ˈ', 'ˌ', '’', '‘', '‚', '“', '”', '„', '‹', '›', '«', '»', '´', '`'];

describe('names on their way to a bank', () => {
  test.each([
    ['Stadtkasse Köln', 'Stadtkasse Koeln'], ['Ärzte-Verein Übach', 'Aerzte-Verein Uebach'], ['GROẞE STRAẞE', 'GROSSE STRASSE'], ['Straße', 'Strasse'],
    ['Łódź', 'Lodz'], ['Đorđević', 'Dordevic'], ['Þórður Ægisson', 'Thordur Aegisson'], ['İstanbul ışık', 'Istanbul isik'], ['Dvořák', 'Dvorak'], ['Nguyễn Thị', 'Nguyen Thi'],
    ['Šćepanović & Söhne', 'Scepanovic + Soehne'], ['O’Neill', "O'Neill"], ['Müller_Meier', 'Mueller-Meier'], ['„Kita“ e. V.', "'Kita' e. V."], ['a\u00adb', 'ab'], ['A//B /', 'A/B'],
    ['/Kasse/', 'Kasse'], ['Γεώργιος Αθήνα', 'Georgios Athina'], ['Александр Щукин', 'Aleksandr Shchukin'], ['東京', '..'], ['Ko\u0308ln', 'Koeln'], ['a   b', 'a b'], ['MÜLLER ÖDE', 'MUELLER OEDE'], ['MALMÖ STAD', 'MALMOE STAD'], ['Malmö Ö', 'Malmoe Oe'], ['Ǖbung', 'Uebung'], ['Ṳ\u0308bung', 'Uebung'], ['Ƈasa', 'Casa'],
    ['Ђорђевић Љиљана', 'Djordjevic Ljiljana'], ['‹a› ‚b‘', "'a' 'b'"], ['1.\u202fRate\u2009A', '1. Rate A'], ['Ä', 'Ae'], ['a\tb\nc', 'a b c'], ['\u202eevil', 'evil'],
  ])('%s is %s', (name, plain) => expect(toSepa(name, 70)).toBe(plain));

  test('every letter of DIN 91379 becomes at least one plain letter, and never a sign', () => {
    expect([LATIN.length > 500, SEQUENCES.length > 80]).toEqual([true, true]);
    const odd = [...LATIN, ...SEQUENCES].filter((letter) => !/^[A-Za-z']{1,3}$/.test(toSepa(letter, 10)));
    expect(odd).toEqual([]);
  });

  test('every letter of Greek and Cyrillic names becomes plain ones, but the two signs that are none', () => {
    const odd = SCRIPTS.filter((letter) => !/^[A-Za-z]{1,4}$/.test(toSepa(letter, 10)));
    expect(odd).toEqual(['Ъ', 'Ь', 'ъ', 'ь']);
  });

  test('two letters that are one character are two again, and what is another way to write plain characters is these', () => {
    const pairs = [...range(0x1c4, 0x1cc), ...range(0x1f1, 0x1f3), ...range(0xfb00, 0xfb06), ...range(0x2a3, 0x2ab), 'Ĳ', 'ŉ', 'Ꜳ', 'ꝏ', 'Ỻ', 'ﬃ', 'Ⅷ', '①', 'Ａ', 'ª', '№', '㎏', '½'];
    expect(pairs.filter((letter) => !/^[A-Za-z0-9/]{1,4}$/.test(toSepa(letter, 10)))).toEqual([]);
    expect(['Ǆ', 'ǅ', 'ǆ', 'Ǉ', 'ǋ', 'ǳ', 'ﬁ', 'Ⅷ', '½', 'ǅURO', 'ǅuro', '…'].map((letter) => toSepa(letter, 10))).toEqual(['DZ', 'Dz', 'dz', 'LJ', 'Nj', 'dz', 'fi', 'VIII', '1/2', 'DZURO', 'Dzuro', '...']);
  });

  test('every quote and stress mark becomes an apostrophe', () => {
    expect(QUOTES.filter((sign) => toSepa(sign, 10) !== "'")).toEqual([]);
  });

  test('capitals stay capitals', () => {
    const small = LATIN.filter((letter) => letter.toLowerCase() !== letter && !/^[A-Z]/.test(toSepa(letter, 10)));
    expect(small).toEqual([]);
  });

  test('property: the SEPA set, no longer than asked, no slash at an end or beside another, and nothing changes the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 140 }), (text, longest) => {
      const plain = toSepa(text, longest);
      expect(plain).toMatch(SEPA);
      expect([plain.length <= longest, /^[ /]|[ /]$|\/\//.test(plain), toSepa(plain, longest) === plain]).toEqual([true, false, true]);
    }), { numRuns: 2_000 });
  });
});
