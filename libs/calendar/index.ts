export type { Day, Instant } from './day.ts';
export { addDays, addMonths, atTime, dayOf, endOfDay, nextWeekdayFrom, startOfDay } from './day.ts';
export type { Channel, Derived, Length } from './periods.ts';
export { announcement, appealPeriodEnd, cutOff, finality, payDate, periodEnd } from './periods.ts';
export { type WallClock, wallClock } from './wall-clock.ts';
export type { Language, Text } from './words.ts';
export { formatDay, formatInstant } from './words.ts';
export { addWorkingDays, isHoliday, isWorkingDay, rollBackward, rollForward } from './working-days.ts';
