import { portion } from './cents.ts';
import type { Cents } from './cents.ts';

/** Months are the policy of a funding round: a partial month counts from this many days. */
export interface MonthRule {
  readonly monthCountsFromDays: number;
}

/**
 * The part of an annual amount that a post share earns from `from` to `to` (`YYYY-MM-DD`, both included), by counted
 * months: annual × thousandths/1000 × months/12, rounded down once. Throws a RangeError for days that do not exist or
 * that end before they begin, and for a negative or fractional number of thousandths.
 */
export function proRataByMonths(annualCents: Cents, fteThousandths: number, from: string, to: string, rule: MonthRule): Cents {
  return portion(annualCents, whole(fteThousandths) * BigInt(countMonths(from, to, rule)), 1000n * 12n);
}

/**
 * The same by calendar days: annual × thousandths/1000 × days/365, in a leap year days/366, so that a whole year is
 * always the annual amount. Rounded down once, also across years. Throws as `proRataByMonths` does.
 */
export function proRataByDays(annualCents: Cents, fteThousandths: number, from: string, to: string): Cents {
  const [first, last] = period(from, to);
  let share = 0n;
  for (let year = first.year; year <= last.year; year += 1) {
    const begin = year === first.year ? dayOfYear(first) : 1;
    const end = year === last.year ? dayOfYear(last) : daysIn(year);
    share += BigInt(end - begin + 1) * (isLeap(year) ? 365n : 366n);
  }
  return portion(annualCents, whole(fteThousandths) * share, 1000n * 365n * 366n);
}

/** How many months of the period count under the rule; a whole month always does. Throws as `proRataByMonths` does. */
export function countMonths(from: string, to: string, { monthCountsFromDays }: MonthRule): number {
  const [first, last] = period(from, to);
  let counted = 0;
  for (let month = monthIndex(first); month <= monthIndex(last); month += 1) {
    const length = daysInMonth(Math.floor(month / 12), (month % 12) + 1);
    const begin = month === monthIndex(first) ? first.day : 1;
    const end = month === monthIndex(last) ? last.day : length;
    if (end - begin + 1 >= Math.min(monthCountsFromDays, length)) counted += 1;
  }
  return counted;
}

interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function period(from: string, to: string): [CivilDay, CivilDay] {
  const dates: [CivilDay, CivilDay] = [parse(from), parse(to)];
  if (to < from) throw new RangeError(`a period that ends before it begins: ${from} to ${to}`);
  return dates;
}

function parse(text: string): CivilDay {
  const [year = 0, month = 0, day = 0] = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.split('-').map(Number) : [];
  if (day < 1 || day > daysInMonth(year, month)) {
    throw new RangeError(`not a day: ${text}`);
  }
  return { year, month, day };
}

function whole(thousandths: number): bigint {
  if (!Number.isSafeInteger(thousandths) || thousandths < 0) throw new RangeError(`not thousandths: ${String(thousandths)}`);
  return BigInt(thousandths);
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number): number => (isLeap(year) ? 366 : 365);
const monthIndex = ({ year, month }: CivilDay): number => year * 12 + month - 1;

const daysInMonth = (year: number, month: number): number =>
  [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

function dayOfYear({ year, month, day }: CivilDay): number {
  let days = day;
  for (let earlier = 1; earlier < month; earlier += 1) days += daysInMonth(year, earlier);
  return days;
}
