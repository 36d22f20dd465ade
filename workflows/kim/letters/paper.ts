import { formatDay, formatEnd, formatInstant } from '#calendar';
import { cents, formatEur } from '#money';
import type { Day, Instant, LetterWords, Role, Text } from '#kernel';
import type { Application } from '../context.ts';

/** Everyone of the applicant who works on the application. */
export const APPLICANT: readonly Role[] = ['applicantEditor', 'applicantSignatory'];

/** A text from what each language says. */
export const both = (say: (language: 'de' | 'en') => string): Text => ({ de: say('de'), en: say('en') });

/** An amount, a day, an instant, as each language writes it. */
export const euros = (amount: number): Text => both((language) => formatEur(cents(amount), language));
export const onDay = (day: Day): Text => both((language) => formatDay(day, language));
export const atInstant = (instant: Instant): Text => both((language) => formatInstant(instant, language));
/** An end at midnight is 24:00 of the day that it ends. */
export const atEnd = (instant: Instant): Text => both((language) => formatEnd(instant, language));

const GREETING: Text = { de: 'Sehr geehrte Damen und Herren,', en: 'Dear Sir or Madam,' };
const CLOSING: Text = {
  de: 'Mit freundlichen Grüßen\nBezirksregierung Arnsberg\nKommunales Integrationsmanagement',
  en: 'Yours faithfully\nArnsberg District Government\nMunicipal Integration Management',
};

/** Paragraphs one after the other, a blank line between them. */
export const paragraphs = (...texts: readonly Text[]): Text => both((language) => texts.map((text) => text[language]).join('\n\n'));

/** A letter about an application: the file number in its subject, greeting and closing around its paragraphs. */
export const letterAbout = ({ fileNumber }: Pick<Application, 'fileNumber'>, subject: Text, ...body: readonly Text[]): LetterWords => ({
  subject: { de: `KIM ${fileNumber}: ${subject.de}`, en: `KIM ${fileNumber}: ${subject.en}` },
  text: paragraphs(GREETING, ...body, CLOSING),
});
