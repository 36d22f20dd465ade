import type { LetterDefinition, LetterWords, Role, Situation, Text } from '#kernel';
import { cutOffFor, lastDayFor } from '../calendar.ts';
import type { Application } from '../context.ts';
import { cycleOf } from '../cycle.ts';
import { span, spanAfter } from '../spans.ts';
import { APPLICANT, both, letterAbout, onDay, SUPERIORS } from './paper.ts';

type Case = Situation<Application>;
type Letter = LetterDefinition<Application>;

const said = ({ event }: Case, field: string): string => String(event.data?.[field] ?? '');
const to = (roles: readonly Role[], words: (situation: Case) => LetterWords): Letter => ({ to: () => roles, words });

/** To the case's officer; to all officers while it has none. */
const toOfficer = (words: (situation: Case) => LetterWords): Letter =>
  ({ to: () => ['caseOfficer'], person: ({ context }) => context.officer, words });

/** A reminder that its readers may do without, under the title by which they unsubscribe: no two kinds share one. */
const optional = (title: Text, letter: Letter): Letter => ({ ...letter, optional: true, title });

const LEFT_LYING: Text = { de: 'Vorgänge, die liegen bleiben', en: 'Cases left lying' };

const lastDay = ({ context, facts }: Case): Text => onDay(lastDayFor(context, cycleOf(facts.cycle)));

/** Letters about more time: for one applicant, and for all. */
const aboutMoreTime: { readonly [kind: string]: Letter } = {
  extensionProposed: to(['secondApprover'], (situation) => {
    const { context } = situation;
    const until = onDay(context.extensionProposed?.until ?? context.openedAt.slice(0, 'yyyy-mm-dd'.length));
    return letterAbout(context, { de: 'Fristverlängerung vorgeschlagen', en: 'Extension proposed' }, {
      de: `für ${context.applicant.name} wird vorgeschlagen, die Antragsfrist bis zum ${until.de}, 24:00 Uhr, zu verlängern. Grund: ${said(situation, 'reason')}. Bitte bestätigen oder ablehnen; bis dahin gilt die bisherige Frist (${lastDay(situation).de}).`,
      en: `For ${context.applicant.name} it is proposed to extend the window until ${until.en}, 24:00. Reason: ${said(situation, 'reason')}. Please confirm or decline; until then the present last day stands (${lastDay(situation).en}).`,
    });
  }),
  extended: to(APPLICANT, (situation) => letterAbout(situation.context, { de: `Antragsfrist verlängert bis ${lastDay(situation).de}`, en: `Window extended until ${lastDay(situation).en}` }, {
    de: `die Frist für Ihren Antrag wurde verlängert. Sie endet jetzt am ${lastDay(situation).de} um 24:00 Uhr. Maßgeblich ist der Eingang der Unterzeichnung.`,
    en: `The window for your application has been extended. It now ends on ${lastDay(situation).en} at 24:00. What counts is when the signature arrives.`,
  })),
  extensionDeclined: toOfficer((situation) => letterAbout(situation.context, { de: 'Fristverlängerung abgelehnt', en: 'Extension declined' }, {
    de: `die vorgeschlagene Fristverlängerung wurde abgelehnt: ${said(situation, 'reason')}. Es bleibt beim ${lastDay(situation).de}.`,
    en: `The proposed extension was declined: ${said(situation, 'reason')}. The last day is still ${lastDay(situation).en}.`,
  })),
  cutOffMoved: to(APPLICANT, (situation) => {
    const { because } = cutOffFor(situation.context, cycleOf(situation.facts.cycle));
    const reason = situation.event.data?.['reason'];
    return letterAbout(situation.context, { de: `Neuer Antragsschluss: ${lastDay(situation).de}`, en: `New cut-off: ${lastDay(situation).en}` }, {
      de: `der Antragsschluss der Förderrunde wurde verlegt. Ihre Frist endet jetzt am ${lastDay(situation).de} um 24:00 Uhr (${because.de}).${reason == null ? '' : ` Grund: ${String(reason)}`}`,
      en: `The cut-off of the round was moved. Your window now ends on ${lastDay(situation).en} at 24:00 (${because.en}).${reason == null ? '' : ` Reason: ${String(reason)}`}`,
    });
  }),
};

/** Letters about hearings and completions that are running. */
const aboutPeriods: { readonly [kind: string]: Letter } = {
  completionReminder: optional({ de: 'Erinnerungen an die Frist zur Ergänzung', en: 'Reminders of the period for completion' }, to(APPLICANT, ({ context }) => {
    const until = onDay(context.completion?.until ?? '');
    return letterAbout(context, { de: `Ergänzung noch bis ${until.de}`, en: `Completion due by ${until.en}` }, {
      de: `Ihre Ergänzung steht noch aus: ${context.completion?.text ?? ''}\nDie Frist endet am ${until.de} um 24:00 Uhr. Danach wird nach Aktenlage entschieden.`,
      en: `Your completion is still outstanding: ${context.completion?.text ?? ''}\nThe period ends on ${until.en} at 24:00. After that the decision is made on the file as it stands.`,
    });
  })),
  hearing: { undelivered: 'reportUndelivered', ...to(APPLICANT, ({ context }) => {
    const until = onDay(context.hearing?.until ?? '');
    return letterAbout(context, { de: `Anhörung, Stellungnahme bis ${until.de}`, en: `Hearing, answer by ${until.en}` }, {
      de: `bevor über Ihren Antrag entschieden wird, erhalten Sie Gelegenheit zur Stellungnahme (§ 28 VwVfG NRW): ${context.hearing?.text ?? ''}\nBitte äußern Sie sich bis zum ${until.de}, 24:00 Uhr (${context.hearing?.because.de ?? ''}).`,
      en: `Before your application is decided you may comment (section 28 of the administrative procedure act): ${context.hearing?.text ?? ''}\nPlease answer by ${until.en}, 24:00 (${context.hearing?.because.en ?? ''}).`,
    });
  }) },
  hearingReminder: optional({ de: 'Erinnerungen an die Frist zur Stellungnahme', en: 'Reminders of the period for a statement' }, to(APPLICANT, ({ context }) => {
    const until = onDay(context.hearing?.until ?? '');
    return letterAbout(context, { de: `Stellungnahme noch bis ${until.de}`, en: `Answer due by ${until.en}` }, {
      de: `zu Ihrem Antrag läuft eine Anhörung. Sie können sich bis zum ${until.de} um 24:00 Uhr äußern: ${context.hearing?.text ?? ''}`,
      en: `A hearing about your application is running. You may answer until ${until.en} at 24:00: ${context.hearing?.text ?? ''}`,
    });
  })),
  hearingAnswered: toOfficer((situation) => letterAbout(situation.context, { de: 'Stellungnahme eingegangen', en: 'Answer received' }, {
    de: `${situation.context.applicant.name} hat sich zur Anhörung geäußert: ${said(situation, 'text')}`,
    en: `${situation.context.applicant.name} has answered the hearing: ${said(situation, 'text')}`,
  })),
  hearingPassed: toOfficer(({ context }) => letterAbout(context, { de: 'Anhörungsfrist abgelaufen', en: 'Hearing period over' }, {
    de: `${context.applicant.name} hat sich bis zum ${onDay(context.hearing?.until ?? '').de} nicht geäußert. Über den Antrag kann entschieden werden.`,
    en: `${context.applicant.name} has not answered by ${onDay(context.hearing?.until ?? '').en}. The application can be decided.`,
  })),
  undelivered: toOfficer((situation) => letterAbout(situation.context, { de: 'Schreiben nicht zugegangen', en: 'Letter not delivered' }, {
    de: `ein Schreiben an ${situation.context.applicant.name} ist nicht zugegangen${said(situation, 'reason') === '' ? '' : `: ${said(situation, 'reason')}`}. Es gilt als nicht bekannt gegeben und ist erneut, auf anderem Weg, zu versenden.`,
    en: `A letter to ${situation.context.applicant.name} did not arrive${said(situation, 'reason') === '' ? '' : `: ${said(situation, 'reason')}`}. It does not count as announced and has to be sent again, in another way.`,
  })),
};

const waiting = (situation: Case): Text => both((language) => {
  const since = onDay(said(situation, 'since'))[language];
  const days = spanAfter(Number(said(situation, 'days')))[language];
  return language === 'de' ? `seit ${since}, also seit ${days}, ist hier nichts geschehen.` : `Nothing has happened here since ${since}, that is for ${days}.`;
});

/** What lies, in one line of many. */
const lying = (letter: Letter): Letter => ({
  ...letter,
  digest: (situation) => {
    const { applicant, fileNumber } = situation.context;
    const since = onDay(said(situation, 'since'));
    return {
      de: `${fileNumber}, ${applicant.name}: seit ${since.de} (${span(Number(said(situation, 'days'))).de})`,
      en: `${fileNumber}, ${applicant.name}: since ${since.en} (${span(Number(said(situation, 'days'))).en})`,
    };
  },
});

const nudge = (subject: Text, request: Text) => (situation: Case): LetterWords => letterAbout(situation.context,
  { de: `${subject.de} (${situation.context.applicant.name})`, en: `${subject.en} (${situation.context.applicant.name})` }, waiting(situation), request);

/** Letters to the office about cases that lie. */
const aboutTheOffice: { readonly [kind: string]: Letter } = {
  unattended: optional({ de: 'Erinnerungen an unbearbeitete Anträge', en: 'Reminders of applications untouched' }, lying(toOfficer(nudge({ de: 'Unbearbeiteter Antrag', en: 'Application untouched' }, {
    de: 'Bitte den Antrag weiterbearbeiten.', en: 'Please go on with the application.' })))),
  unsigned: optional({ de: 'Erinnerungen an ausstehende Zweitzeichnungen', en: 'Reminders of second signatures outstanding' }, lying(to(['secondApprover'], nudge({ de: 'Zweitzeichnung steht aus', en: 'Second signature outstanding' }, {
    de: 'Bitte den Vorschlag bestätigen oder zurückgeben.', en: 'Please confirm the proposal or send it back.' })))),
  noticeToDraft: optional({ de: 'Erinnerungen an nicht ausgefertigte Bescheide', en: 'Reminders of notices not drafted' }, lying(toOfficer(nudge({ de: 'Bescheid noch nicht ausgefertigt', en: 'Notice not drafted' }, {
    de: 'Die Entscheidung ist getroffen; bitte den Bescheid ausfertigen.', en: 'The decision has been made; please draft the notice.' })))),
  noticeToIssue: optional({ de: 'Erinnerungen an nicht abgesandte Bescheide', en: 'Reminders of notices not issued' }, lying(to(['secondApprover'], nudge({ de: 'Bescheid noch nicht abgesandt', en: 'Notice not issued' }, {
    de: 'Der Bescheid ist ausgefertigt; bitte absenden.', en: 'The notice is drafted; please issue it.' })))),
  escalated: { title: LEFT_LYING, ...lying(to(SUPERIORS, nudge({ de: 'Vorgang bleibt liegen', en: 'Case left lying' }, {
    de: 'Die Erinnerung an die zuständige Stelle blieb ohne Folge. Bitte für Abhilfe sorgen.', en: 'The reminder to whoever has the case was without effect. Please see to it.' }))) },
};

/** Letters that time brings: about the window, about periods, and about what lies too long. */
export const applicationLettersOfTime: { readonly [kind: string]: Letter } = { ...aboutMoreTime, ...aboutPeriods, ...aboutTheOffice };
