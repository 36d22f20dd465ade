import { dayOf } from '#calendar';
import type { Day, GrantLine, LetterWords, Situation, Text } from '#kernel';
import { payDates } from '../calendar.ts';
import { amountsFor, formIn, type Application } from '../context.ts';
import { cycleOf } from '../cycle.ts';
import { amountOf, awardOf, instalmentsOf } from '../money.ts';
import { courtFor } from './courts.ts';
import { LINE_NAMES, postInWords } from './export.ts';
import { both, euros, letterAbout, onDay, paragraphs } from './paper.ts';

type Case = Situation<Application>;

/** What a grant rejects: said where something is left to reject; before version 3 always. */
const BEYOND: Text = { de: ' Im Übrigen lehne ich den Antrag ab.', en: ' Beyond that the application is rejected.' };

/** The heading of a notice: the day on which it is given out, and before that of its draft. */
const dated = (day: Day): Text => ({ de: `Bescheid vom ${onDay(day).de}`, en: `Notice of ${onDay(day).en}` });

/** The same words under another day: nothing else of what was drafted and read changes when a notice goes out. */
export const redated = (text: Text, from: Day, day: Day): Text => both((language) => text[language].replace(dated(from)[language], () => dated(day)[language]));

/** The words of the notice as its draft freezes them: operative part, reasons, conditions, remedy instruction. */
export function noticeWords(situation: Case, { beyond = awardOf(situation.context.lines) < amountOf(situation.context.lines) }: { readonly beyond?: boolean } = {}): LetterWords {
  const { context } = situation;
  const award = awardOf(context.lines);
  const subject = award === 0 ? REJECTED : award < amountOf(context.lines) ? PARTLY : APPROVED;
  return letterAbout(context, subject,
    dated(dayOf(situation.event.at)),
    ...(award === 0 ? rejection(situation) : grant(situation, beyond ? BEYOND : { de: '', en: '' })),
    remedyInstruction(situation),
  );
}

const APPROVED: Text = { de: 'Zuwendungsbescheid', en: 'Grant notice' };
const PARTLY: Text = { de: 'Zuwendungsbescheid (teilweise Bewilligung)', en: 'Grant notice (partial)' };
const REJECTED: Text = { de: 'Ablehnungsbescheid', en: 'Notice of rejection' };

const applied = ({ context, facts }: Case): Text => {
  const year = amountsFor(context, facts.cycle).fundingYear;
  const received = context.receivedAt === null ? OPEN : onDay(dayOf(context.receivedAt));
  return {
    de: `auf Ihren Antrag, eingegangen am ${received.de} unter ${context.receiptNumber ?? ''}, auf Förderung des Kommunalen Integrationsmanagements im Jahr ${year} ergeht folgender Bescheid:`,
    en: `on your application, received on ${received.en} under ${context.receiptNumber ?? ''}, for funding of Municipal Integration Management in ${year}, the decision is as follows:`,
  };
};
const OPEN: Text = { de: '–', en: '–' };

function grant(situation: Case, beyond: Text): readonly Text[] {
  const { context, facts } = situation;
  const award = awardOf(context.lines);
  const year = amountsFor(context, facts.cycle).fundingYear;
  return [
    applied(situation),
    {
      de: `1. Bewilligung\nIch bewillige Ihnen für die Zeit vom 01.01.${year} bis 31.12.${year} eine Zuwendung von ${euros(award).de} als Festbetragsfinanzierung in Form einer nicht rückzahlbaren Zuweisung (§§ 23, 44 LHO NRW).${beyond.de}`,
      en: `1. Grant\nI grant you a non-repayable fixed sum of ${euros(award).en} for the period from 1 January to 31 December ${year} (sections 23 and 44 of the state budget code).${beyond.en}`,
    },
    paragraphsOfLines(situation),
    payment(situation),
    CONDITIONS,
    {
      de: '5. Begründung\nDie Bewilligung steht im pflichtgemäßen Ermessen im Rahmen der verfügbaren Haushaltsmittel; ein Rechtsanspruch besteht nicht. Soweit Positionen gekürzt oder abgelehnt sind, sind die Gründe unter Nr. 2 genannt.',
      en: '5. Reasons\nThe grant lies in the duty-bound discretion of the agency within the available budget; there is no legal claim. Where lines are cut or refused, the reasons are given under no. 2.',
    },
  ];
}

function rejection(situation: Case): readonly Text[] {
  return [
    applied(situation),
    { de: '1. Ablehnung\nIch lehne Ihren Antrag ab.', en: '1. Rejection\nI reject your application.' },
    paragraphsOfLines(situation),
    {
      de: '3. Begründung\nDie Förderung steht im pflichtgemäßen Ermessen im Rahmen der verfügbaren Haushaltsmittel; ein Rechtsanspruch besteht nicht. Die Gründe der Ablehnung sind unter Nr. 2 zu jeder Position genannt.',
      en: '3. Reasons\nFunding lies in the duty-bound discretion of the agency within the available budget; there is no legal claim. The reasons are given for each line under no. 2.',
    },
  ];
}

const DECISIONS: { readonly [decision: string]: Text } = {
  approve: { de: 'bewilligt', en: 'granted' },
  cut: { de: 'gekürzt bewilligt', en: 'granted in part' },
  refuse: { de: 'abgelehnt', en: 'refused' },
};

function paragraphsOfLines({ context }: Case): Text {
  const heading: Text = { de: '2. Positionen', en: '2. Lines' };
  return both((language) => [heading[language], ...context.lines.map((line) => lineInWords(line, context)[language])].join('\n'));
}

function lineInWords({ line, maximumCents, grantedCents, decision, reason }: GrantLine, context: Application): Text {
  const post = formIn(context).posts?.find(({ id }) => id === line);
  const name = post === undefined ? LINE_NAMES[line] ?? both(() => line) : postInWords(post);
  const verdict = DECISIONS[decision ?? 'refuse'] ?? OPEN;
  return {
    de: `- ${line} (${name.de}): beantragt ${euros(maximumCents).de}, ${verdict.de} ${euros(grantedCents ?? 0).de}${reason === null ? '' : `. Grund: ${reason}`}`,
    en: `- ${line} (${name.en}): applied for ${euros(maximumCents).en}, ${verdict.en} ${euros(grantedCents ?? 0).en}${reason === null ? '' : `. Reason: ${reason}`}`,
  };
}

/** What will be paid when, should the notice become final in time. */
function payment({ context, facts }: Case): Text {
  const parts = instalmentsOf(awardOf(context.lines), amountsFor(context, facts.cycle));
  const dates = payDates(cycleOf(facts.cycle)).map(({ value }) => onDay(value));
  const heading: Text = {
    de: '3. Auszahlung\nAusgezahlt wird erst, wenn dieser Bescheid bestandskräftig ist. Sie können das beschleunigen, indem Sie auf Rechtsbehelfe verzichten. Vorgesehen sind ohne Mittelabruf:',
    en: '3. Payment\nNothing is paid before this notice is final. You can bring that about by waiving remedies. Without a call for funds it is planned to pay:',
  };
  return both((language) => [heading[language], ...parts.map((part, index) =>
    `- ${language === 'de' ? 'Rate' : 'instalment'} ${index + 1}: ${euros(part)[language]}, ${dates[index]?.[language] ?? ''}`)].join('\n'));
}

const CONDITIONS: Text = {
  de: '4. Nebenbestimmungen\nDie Allgemeinen Nebenbestimmungen für Zuwendungen zur Projektförderung an Gemeinden (ANBest-G) sind Bestandteil dieses Bescheids. Die Zuwendung ist zweckgebunden für die genannten, zusätzlich eingerichteten Stellen und Maßnahmen und innerhalb von zwei Monaten nach Auszahlung zu verwenden. Eine Förderung desselben Zwecks durch Dritte ist ausgeschlossen. Die Verwendung ist nach Ablauf des Bewilligungszeitraums nachzuweisen.',
  en: '4. Conditions\nThe general conditions for grants to municipalities (ANBest-G) are part of this notice. The grant is earmarked for the additional posts and the measures named above and must be used within two months of its payment. Funding of the same purpose by others is excluded. Its use must be proved after the end of the period.',
};

/** There is no objection procedure in North Rhine-Westphalia here: the remedy is the lawsuit. */
export function remedyInstruction({ context, facts }: Case): Text {
  const { appealMonths } = cycleOf(facts.cycle);
  const seat = courtFor(context.applicant.key);
  const within = appealMonths === 1 ? { de: 'eines Monats', en: 'one month' } : { de: `von ${appealMonths} Monaten`, en: `${appealMonths} months` };
  return paragraphs({
    de: `Rechtsbehelfsbelehrung\nGegen diesen Bescheid kann innerhalb ${within.de} nach Bekanntgabe Klage beim Verwaltungsgericht ${seat} in ${seat} erhoben werden.`,
    en: `Remedy\nA lawsuit against this notice can be filed with the administrative court (Verwaltungsgericht) ${seat} in ${seat} within ${within.en} of its announcement. The German text alone is binding.`,
  });
}
