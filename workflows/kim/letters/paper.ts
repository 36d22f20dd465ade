import { formatDay, formatEnd, formatInstant } from '#calendar';
import { cents, formatEur } from '#money';
import type { Day, Instant, LetterWords, Role, Text } from '#kernel';
import type { Application } from '../context.ts';

/** Everyone of the applicant who works on the application. */
export const APPLICANT: readonly Role[] = ['applicantEditor', 'applicantSignatory'];

/** Who hears of what lies although it was brought to mind: who decides on holds and changes, and who manages accounts and rounds. */
export const SUPERIORS: readonly Role[] = ['secondApprover', 'administrator'];

/** A text from what each language says. */
export const both = (say: (language: 'de' | 'en') => string): Text => ({ de: say('de'), en: say('en') });

/** An amount, a day, an instant, as each language writes it. */
export const euros = (amount: number): Text => both((language) => formatEur(cents(amount), language));
export const onDay = (day: Day): Text => both((language) => formatDay(day, language));
export const atInstant = (instant: Instant): Text => both((language) => formatInstant(instant, language));
/** An end at midnight is 24:00 of the day that it ends. */
export const atEnd = (instant: Instant): Text => both((language) => formatEnd(instant, language));

const GREETING: Text = { de: 'Sehr geehrte Damen und Herren,', en: 'Dear Sir or Madam,' };
/** How every letter ends, one about a single case and one that gathers many. */
export const CLOSING: Text = {
  de: 'Mit freundlichen Grüßen\nBezirksregierung Arnsberg\nKommunales Integrationsmanagement',
  en: 'Yours faithfully\nArnsberg District Government\nMunicipal Integration Management',
};

/** What an ordered payment that waits asks for: the same words to whoever has its run and to whoever has the instalment. */
export const LIFT_OR_RECALL: Text = {
  de: 'aufheben, was die Zahlung aufhält, oder die Rate zurückholen, die wartet: Ein Lauf, in dem sie steht, wartet dann nicht mehr auf sie. Auch der ganze Lauf kann zurückgeholt werden; was angeordnet ist, bleibt es und kommt in den nächsten Lauf.',
  en: 'lift what holds up the payment, or recall the instalment that waits: a run that holds it then waits for it no more. The whole run can be recalled, too; what was ordered stays ordered and joins the next run.',
};

/** Paragraphs one after the other, a blank line between them. */
export const paragraphs = (...texts: readonly Text[]): Text => both((language) => texts.map((text) => text[language]).join('\n\n'));

/** A letter about an application: the file number, which begins with the programme's name, in its subject, greeting and closing around its paragraphs. */
export const letterAbout = ({ fileNumber }: Pick<Application, 'fileNumber'>, subject: Text, ...body: readonly Text[]): LetterWords =>
  letterOn(both(() => fileNumber), subject, ...body);

/** A letter about something else, named in front of its subject. */
export const letterOn = (about: Text, subject: Text, ...body: readonly Text[]): LetterWords => ({
  subject: { de: `${about.de}: ${subject.de}`, en: `${about.en}: ${subject.en}` },
  text: paragraphs(GREETING, ...body, CLOSING),
});
