import { MAX_CENTS, cents } from './cents.ts';
import type { Cents } from './cents.ts';

/** The amount as people read it: `57.000,00 €` in German, `€57,000.00` in English. */
export function formatEur(amount: Cents, language: 'de' | 'en'): string {
  const [group, point] = language === 'de' ? ['.', ','] : [',', '.'];
  const euros = String(Math.floor(amount / 100)).replace(/\B(?=(\d{3})+$)/g, group);
  const number = euros + point + String(amount % 100).padStart(2, '0');
  return language === 'de' ? `${number} €` : `€${number}`;
}

/**
 * The amount that a person wrote, or null where it is not clearly one. German and English notation: of `57.000,00`,
 * `57,000.00`, `57000`, `57.000` each is fifty-seven thousand, for euros have two decimals and groups have three digits.
 */
export function parseEur(text: string): Cents | null {
  const bare = text.trim().replace(/^(€|EUR)\s?/, '').replace(/\s?(€|EUR)$/, '');
  const match = GERMAN.exec(bare) ?? ENGLISH.exec(bare);
  if (match === null) return null;
  const [, euros = '', fraction = ''] = match;
  const amount = Number(euros.replace(/[.,]/g, '') + fraction.padEnd(2, '0'));
  return amount <= MAX_CENTS ? cents(amount) : null;
}

const GERMAN = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/;
const ENGLISH = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;
