import ical, { ICalEventTransparency } from 'ical-generator';
import { formatEnd, formatInstant } from '#calendar';
import type { Appointment } from '#cases';
import type { Instant } from '#kernel';
import { BERLIN, berlinTime, berlinZone, isTold } from './feed.zone.ts';
import type { Language } from './request.ts';

/** A calendar to be written: `now` is legal time, and what its entries are stamped with. */
export interface FeedCalendar {
  readonly title: keyof typeof TITLES;
  readonly language: Language;
  readonly now: Instant;
  readonly appointments: readonly Appointment[];
}

const TITLES = {
  own: { de: 'Fristen unserer Anträge', en: 'Deadlines of our applications' },
  mine: { de: 'Fristen meiner Vorgänge', en: 'Deadlines of my cases' },
  all: { de: 'Fristen aller Vorgänge', en: 'Deadlines of all cases' },
} as const;

const WORDS = {
  de: { deadline: 'Frist', reminder: 'Erinnerung', until: 'Bis', from: 'Ab', case: 'Vorgang', state: 'Stand' },
  en: { deadline: 'Deadline', reminder: 'Reminder', until: 'Until', from: 'From', case: 'Case', state: 'State' },
} as const;

/** Seconds after which a reader should ask again. */
const REFRESH = 60 * 60;
/** How long an entry is in the calendar: long enough to be seen there. */
const HALF_AN_HOUR_MS = 30 * 60 * 1_000;

/**
 * Deadlines as an iCalendar (RFC 5545). A date that ends something ends its entry: 24:00 of a day is seen on that day.
 * One that begins something, and a reminder, begins its entry.
 */
export function writeCalendar({ title, language, now, appointments }: FeedCalendar): string {
  const calendar = ical({
    prodId: { company: 'Tranche', product: 'Deadlines', language: language.toUpperCase() },
    name: `Tranche: ${TITLES[title][language]}`, ttl: REFRESH, timezone: berlinZone,
  });
  for (const appointment of appointments) {
    calendar.createEvent({
      ...span(appointment), id: `${appointment.id}@tranche`, sequence: appointment.generation - 1, stamp: new Date(now),
      ...wordsOf(appointment, language), transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return `${calendar.toString()}\r\n`;
}

const begins = ({ reminder, words }: Appointment): boolean => reminder || words.begins === true;

/** The entry's beginning and end: Berlin's time, and UTC where that would be read in two ways. */
function span(appointment: Appointment) {
  const other = new Date(Date.parse(appointment.at) + (begins(appointment) ? HALF_AN_HOUR_MS : -HALF_AN_HOUR_MS)).toISOString();
  const [start, end] = begins(appointment) ? [appointment.at, other] : [other, appointment.at];
  return isTold(start, end)
    ? { start: berlinTime(start), end: berlinTime(end), timezone: BERLIN }
    : { start: new Date(start), end: new Date(end) };
}

function wordsOf(appointment: Appointment, language: Language) {
  const { words: { label }, at, because, fileNumber, applicant, reminder, stateLabel, programme } = appointment;
  const words = WORDS[language];
  const date = begins(appointment) ? `${words.from}: ${formatInstant(at, language)}` : `${words.until}: ${formatEnd(at, language)}`;
  return {
    summary: `${label[language]}: ${applicant.name}, ${fileNumber}`,
    description: [because[language], date, `${words.case}: ${fileNumber}, ${applicant.name}`, `${words.state}: ${stateLabel[language]}`].join('\n'),
    categories: [{ name: reminder ? words.reminder : words.deadline }, { name: programme.toUpperCase() }],
  };
}
