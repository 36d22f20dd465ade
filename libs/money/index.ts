export type { Cents } from './cents.ts';
export { MAX_CENTS, cents, sum } from './cents.ts';
export { formatEur, parseEur } from './euro.ts';
export type { MonthRule } from './pro-rata.ts';
export { countMonths, proRataByDays, proRataByMonths } from './pro-rata.ts';
export type { Share } from './split.ts';
export { largestRemainder, split } from './split.ts';
