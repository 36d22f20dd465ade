import type { Role, Situation, Text } from '#kernel';
import { ESCALATES_FROM } from '../reminders.ts';
import { SUPERIORS } from './paper.ts';

/** What any situation has of a reminder: which one it is, where it is one of several. */
type Reminder = Pick<Situation, 'event'>;

const nth = ({ event }: Reminder): number => Number(event.data?.['nth'] ?? 0);

/** Whether whoever has to act was reminded so often that others have to see to it. */
const escalates = (reminder: Reminder): boolean => nth(reminder) >= ESCALATES_FROM;

/** From the third reminder on those above whoever has to act. */
export const toSuperiors = (reminder: Reminder): readonly Role[] => (escalates(reminder) ? SUPERIORS : []);

/** Both of finance; from the third reminder on those above them, too. */
export const toFinance = (reminder: Reminder): readonly Role[] => ['financeCertifier', 'financeAuthoriser', ...toSuperiors(reminder)];

/** Tells superiors why they read it. */
export const aboutReminder = (reminder: Reminder): readonly Text[] => (escalates(reminder) ? [{
  de: `Dies ist die ${nth(reminder)}. Erinnerung; sie geht auch an Zweitzeichnung und Administration. Bitte für Abhilfe sorgen.`,
  en: `This is reminder number ${nth(reminder)}; it also goes to second approvers and the administration. Please see to it.`,
}] : []);
