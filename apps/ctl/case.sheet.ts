import { formatDay, formatInstant, type Language } from '#calendar';
import type { CaseView } from '#cases';
import { stateName } from './names.ts';
import { dueWords, euros } from './print.ts';
import { nameOf } from './words.ts';

type Payee = NonNullable<CaseView['payees']>[number];
type Row = (title: string, text: string) => string;

/** One case on a page. */
export function caseSheet(view: CaseView, language: Language): string {
  const say = ROWS[language];
  const row: Row = (title, text) => `${title.padEnd(say.width)}${text}`.trimEnd();
  const lines = [
    `${view.fileNumber}  ${view.applicant.name}${view.machine === 'paymentRun' ? '' : ` (${view.applicant.key})`}  ${say.of(nameOf('machine', view.machine, language), view.cycle, view.version)}`,
    row(say.id, view.id),
    row(say.state, `${stateName(view.state, view.machine)[language]} (${view.state})${view.outcome === null ? '' : `  ${nameOf('outcome', view.outcome, language)}`}`),
    ...(view.machine === 'payee' ? [] : figureRows(view, row, language)),
    row(say.deadline, `${dueWords(view, language)}${view.nextDeadline === null ? '' : `  (${view.nextDeadline.because[language]})`}`),
    ...view.lines.map(({ line, maximumCents, grantedCents, decision, reason }) => row(say.line, [
      `${nameOf('line', line, language)}  ${say.upTo} ${euros(maximumCents, language)}`, decision === null ? '' : `${nameOf('decision', decision, language)} ${euros(grantedCents, language)}`, reason ?? '',
    ].filter((part) => part !== '').join('  '))),
    ...view.instalments.map(({ number, amountCents, payOn, state, id }) => row(say.instalment, `${number}  ${euros(amountCents, language)}  ${formatDay(payOn, language)}  ${stateName(state, 'instalment')[language]}  ${id}`)),
    ...holdRows(view, row, language),
    ...(view.machine === 'payee' ? (view.payees ?? []).flatMap((payee) => payeeRows(payee, row, language)) : (view.payees ?? []).map((payee) => row(say.payee, payeeInShort(payee, language)))),
    ...verificationRows(view, row, language),
    ...(view.findings ?? []).map(({ code, path, text }) => row(say.finding, `${path} ${code}: ${text[language]}`)),
  ];
  return lines.join('\n');
}

function figureRows(view: CaseView, row: Row, language: Language): readonly string[] {
  const say = ROWS[language];
  const milestones = row(say.milestones, view.milestones.map(({ name, reachedAt }) => `${reachedAt === null ? '·' : '✓'} ${nameOf('milestone', name, language)}`).join('  '));
  // Nobody applies for a payment run, and nothing is granted to it.
  if (view.machine === 'paymentRun') return [milestones, row(say.sum, euros(view.requestedCents, language))];
  return [
    milestones,
    row(say.received, view.receivedAt === null ? '–' : `${formatInstant(view.receivedAt, language)}  ${view.receiptNumber ?? ''}`),
    row(say.amounts, say.sums(euros(view.requestedCents, language), euros(view.grantedCents, language), euros(view.paidCents, language))),
    ...(view.claimedCents === undefined || view.claimedCents === 0 ? [] : [row(say.claimed, euros(view.claimedCents, language))]),
  ];
}

/** Of which instalments a hold keeps how much, which one it lets pass, why, and since when. */
const holdRows = ({ holds }: CaseView, row: Row, language: Language): readonly string[] => holds.map(({ id, reasonText, scope, since, note, amountCents, bypassedFor }) => {
  const say = ROWS[language];
  const kept = amountCents === undefined ? say.allHeld : say.partHeld(euros(amountCents, language));
  const passes = bypassedFor === undefined ? '' : `  ${say.bypassed(bypassedFor)}`;
  return row(say.hold, `${id}  ${nameOf('scope', scope, language)}  ${kept}  ${reasonText[language]}  ${say.since} ${formatInstant(since, language)}${passes}${note === undefined ? '' : `  ${note[language]}`}`);
});

/** An IBAN as people compare it. */
const inFours = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, '$1 ');

/** The name, and what the bank will get where it writes it in another way. */
const holderWords = ({ holder, holderAtBank }: Payee, language: Language): string => (holder === holderAtBank ? holder : `${holder}  (${ROWS[language].atBank(holderAtBank)})`);

const payeeInShort = (payee: Payee, language: Language): string =>
  `${payee.version}  ${stateName(payee.state, 'payee')[language]}  ${holderWords(payee, language)}  ${inFours(payee.iban)}${payee.bic === null ? '' : `  ${payee.bic}`}  ${payee.reason}  ${payee.id}`;

/** A change of the payee's data: what is proposed, why, and how far it has been checked. */
function payeeRows(payee: Payee, row: Row, language: Language): readonly string[] {
  const say = ROWS[language];
  const at = (instant: string): string => formatInstant(instant, language);
  return [
    row(say.holder, holderWords(payee, language)),
    row('IBAN', inFours(payee.iban)),
    row('BIC', payee.bic ?? '–'),
    row(say.reason, payee.reason),
    row(say.proposed, at(payee.proposedAt)),
    row(say.document, payee.checked === null ? '–' : `${payee.checked.document}  ${at(payee.checked.at)}`),
    row(say.callBack, payee.callBack === null ? '–' : `${payee.callBack.spokenTo}  ${at(payee.callBack.at)}`),
    row(say.approved, payee.approvedAt === null ? '–' : at(payee.approvedAt)),
  ];
}

function verificationRows({ payeeVerification: told }: CaseView, row: Row, language: Language): readonly string[] {
  if (told == null) return [];
  const more = [told.name, told.reason].filter((each) => each !== null);
  return [row(ROWS[language].verification, [nameOf('verification', told.answer, language), ...more, formatInstant(told.at, language)].join('  '))];
}

/** What stands at the left of a case's page, and around its figures. */
const ROWS = {
  de: {
    width: 'Empfängerprüfung  '.length, id: 'Kennung', state: 'Stand', milestones: 'Meilensteine', received: 'eingegangen', amounts: 'Beträge', sum: 'Summe', claimed: 'Rückforderung', deadline: 'Frist', line: 'Position', instalment: 'Rate', hold: 'Sperre',
    finding: 'Befund', payee: 'Bankverbindung', holder: 'Kontoinhaber', reason: 'Grund', proposed: 'vorgeschlagen', document: 'Beleg', callBack: 'Rückruf', approved: 'freigegeben', verification: 'Empfängerprüfung',
    upTo: 'bis zu', since: 'seit', of: (machine: string, cycle: string, version: number) => `${machine} in ${cycle}, Fassung ${version}`,
    sums: (requested: string, granted: string, paid: string) => `beantragt ${requested}  bewilligt ${granted}  ausgezahlt ${paid}`,
    allHeld: 'ganz', partHeld: (amount: string) => `davon ${amount}`, bypassed: (number: number) => `außer Rate ${number}, die zwei Personen trotzdem zahlen lassen`, atBank: (name: string) => `bei der Bank: ${name}`,
  },
  en: {
    width: 'verification  '.length, id: 'id', state: 'state', milestones: 'milestones', received: 'received', amounts: 'amounts', sum: 'sum', claimed: 'claimed back', deadline: 'deadline', line: 'line', instalment: 'instalment', hold: 'hold',
    finding: 'finding', payee: 'bank data', holder: 'holder', reason: 'reason', proposed: 'proposed', document: 'document', callBack: 'call-back', approved: 'approved', verification: 'verification',
    upTo: 'up to', since: 'since', of: (machine: string, cycle: string, version: number) => `${machine} of ${cycle}, version ${version}`,
    sums: (requested: string, granted: string, paid: string) => `requested ${requested}  granted ${granted}  paid ${paid}`,
    allHeld: 'all of it', partHeld: (amount: string) => `${amount} of it`, bypassed: (number: number) => `but for instalment ${number}, which two persons let be paid all the same`, atBank: (name: string) => `at the bank: ${name}`,
  },
} as const;
