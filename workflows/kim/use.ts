import { periodEnd } from '#calendar';
import type { Day } from '#kernel';

/** Within so much of its payment money has to be used (no. 4 of the notice; else interest is due). */
const WITHIN = { months: 2 };

/** The last day on which money can be used in time: the period begins the day after the value date and ends on a working day. */
export const useUntil = (valueDate: Day): Day => periodEnd(valueDate, WITHIN).value;
