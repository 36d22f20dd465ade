import type { CaseView } from '#cases';
import type { Day, Json } from '#kernel';
import { eventually } from '#test/harness';
import { must, problem, type Answer, type Hint, type Letter, type Problem } from './client.ts';
import { YEAR, type Office } from './office.ts';

type Data = { readonly [field: string]: Json };

/** The smallest PDF that every reader takes for one; `mark` makes it another one. */
export const concept = (mark = ''): Uint8Array<ArrayBuffer> => new TextEncoder().encode(
  `%PDF-1.4\n%${mark}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);

/** A fundable form: 57,000 + 16,875 (nine months) + 11,400 + 1,000.01 €, so that the instalments differ by a cent. */
export const form = (year = YEAR) => ({
  integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
  posts: [
    { id: 'coord', kind: 'coordination', fteThousandths: 1_000, from: `${year}-01-01`, to: `${year}-12-31`, place: 'Rathaus', additional: true },
    { id: 'assist', kind: 'adminAssistant', fteThousandths: 500, from: `${year}-04-01`, to: `${year}-12-31`, place: 'Rathaus', additional: true },
  ],
  workplaces: 2, eventsCents: 100_001, interfacesCents: 0,
  payee: { iban: 'DE89 3704 0044 0532 0130 00', holder: 'Stadtkasse' },
  declarations: { noDoubleFunding: true, statePlan: true },
});

/** What the form above amounts to, and its two instalments. */
export const AWARD = 8_627_501;
export const PARTS = [4_313_750, 4_313_751] as const;

/** Approves every line. */
export const approved = ({ lines }: Pick<CaseView, 'lines'>): Data => ({ lines: lines.map(({ line }) => ({ line, decision: 'approve' })) });

const COMMENT = { comment: 'Bitte noch einmal ansehen.' };
const REASON = { reason: 'nach Rücksprache' };

/** Events that tell a day, which is today. */
export const DATED: readonly string[] = ['issueNotice', 'confirmSettled', 'confirmRecovery', 'recordArrival'];

/** Until when extensions are proposed: after the cut-off of the journeys' rounds. */
const EXTENDED = `${YEAR - 1}-11-24`;

/** The first instalment that is still to be paid. */
const nextOf = ({ instalments }: Pick<CaseView, 'instalments'>): string =>
  String(instalments.find(({ state }) => !['exported', 'settled', 'skipped', 'cancelled'].includes(state))?.number ?? 1);

/** An account that the payee does not have yet. */
const accountOtherThan = ({ payees = [] }: Pick<CaseView, 'payees'>): string =>
  (payees.some(({ state, iban }) => state === 'active' && iban === 'DE02120300000000202051') ? 'NL91ABNA0417164300' : 'DE02 1203 0000 0000 2020 51');

/** A valid body for every event that a person can send. */
export const bodyFor = (event: string, view: CaseView, today: Day): Data => (({
  sendBackToEditor: COMMENT, sendBack: COMMENT, recall: REASON, reopen: REASON, withdrawReturn: REASON,
  proposeLate: { admit: true, reason: 'Störung des Fachverfahrens' },
  askCompletion: { sections: ['payee', 'concept'], text: 'Bitte Bankverbindung und Konzept berichtigen.' },
  recommend: approved(view),
  proposeExtension: { until: EXTENDED, reason: 'Hochwasser im Rathaus' },
  declineExtension: { reason: 'Die Frist ist noch lang.' },
  hear: { text: 'Das Konzept stützt sich nicht auf das Handlungskonzept des Landes.' },
  answerHearing: { text: 'Wir haben es ergänzt.' },
  recordArrival: { arrivedOn: today },
  reportUndelivered: { reason: 'Empfänger unbekannt verzogen' },
  issueNotice: { channel: 'post', postedOn: today },
  suitFiled: { docket: '7 K 1234/56' },
  suitEnded: { outcome: 'noticeStands' },
  placeHold: { reason: 'postVacant', scope: 'all' },
  liftHold: { hold: view.holds.at(-1)?.id ?? 'h1', reason: 'geklärt' },
  holdAmount: { reason: 'postVacant', instalment: '2', amountCents: 1_000_000 },
  proposeBypass: { hold: view.holds.at(-1)?.id ?? 'h1', instalment: nextOf(view), reason: 'Gehälter sind fällig' },
  declineBypass: REASON, declineChange: REASON,
  proposeChange: { lines: [{ line: 'events', grantedCents: view.lines.find(({ line }) => line === 'events')?.grantedCents === 100_001 ? 50_000 : 100_001 }], reason: 'Ein Format entfällt' },
  confirmRecovery: { valueDate: today, amountCents: view.claimedCents || 1, reference: 'Kontoauszug 91' },
  proposePayee: { iban: accountOtherThan(view), holder: 'Stadtkasse', reason: 'Neue Hausbank' },
  checkPayeeDocument: { document: 'Bestätigung der Bank', matches: true },
  noteCallBack: { spokenTo: 'Leitung der Kasse', phoneFromFile: true },
  declinePayee: REASON,
  notePayeeVerification: { answer: 'match' },
  certify: { factual: true, arithmetic: true }, certifyFactually: { factual: true },
  confirmSettled: { valueDate: today, reference: 'Kontoauszug 84' },
  reportReturn: { reason: 'Konto erloschen', amountCents: view.requestedCents - view.paidCents || view.requestedCents },
}) as { readonly [event: string]: Data })[event] ?? {};

const EDITOR = ['requestSignature'];
const SIGNATORY = ['sendBackToEditor', 'sign', 'withdraw', 'resubmit', 'waive', 'answerHearing', 'proposePayee', 'declinePayee'];
const APPROVER = ['confirmLate', 'countersign', 'sendBack', 'issueNotice', 'liftHold', 'confirmExtension', 'declineExtension', 'declineBypass', 'confirmBypass', 'confirmChange', 'declineChange', 'announceChange', 'approvePayee'];
const CERTIFIER = ['certify', 'confirmSettled', 'reportReturn', 'reopen', 'recall', 'confirmRecovery', 'notePayeeVerification'];

/** Who usually sends an event. */
const usualSender = (event: string, applicant: string): string => {
  if (EDITOR.includes(event)) return `editor-${applicant}`;
  if (SIGNATORY.includes(event)) return `signatory-${applicant}`;
  if (APPROVER.includes(event)) return 'approver1';
  if (CERTIFIER.includes(event)) return 'certifier1';
  return ['authorise', 'withdrawReturn'].includes(event) ? 'authoriser1' : 'officer1';
};

/** From a complete draft to a grant that is final. */
export const TO_THE_GRANT = ['requestSignature', 'sign', 'accept', 'recommend', 'countersign', 'draftNotice', 'issueNotice', 'waive'] as const;

/** One case and what people do with it over HTTP. */
export class Story {
  constructor(readonly office: Office, readonly id: string, readonly applicant: string) {}

  get editor(): string {
    return `editor-${this.applicant}`;
  }

  get signatory(): string {
    return `signatory-${this.applicant}`;
  }

  /** An empty draft. */
  static async open(office: Office, applicant: string, cycle = office.cycle): Promise<Story> {
    return new Story(office, (await office.client.open(applicant, cycle)).id, applicant);
  }

  /** A complete draft, taken along `events` by whoever usually sends them. */
  static async of(office: Office, applicant: string, events: readonly string[] = [], cycle = office.cycle): Promise<Story> {
    const story = await Story.open(office, applicant, cycle);
    must('form', await office.client.saveForm(story.editor, story.id, form(Number(cycle.slice('kim-'.length)))));
    must('concept', await office.client.attach(story.editor, story.id, concept()));
    await story.go(...events);
    return story;
  }

  view(): Promise<CaseView> {
    return this.office.client.read(this.id);
  }

  async state(): Promise<string> {
    return (await this.view()).state;
  }

  /** Sends events that must be taken, each by its usual sender with a usual body. */
  async go(...events: readonly string[]): Promise<CaseView> {
    for (const event of events) await this.send(usualSender(event, this.applicant), event);
    return this.view();
  }

  /** Sends an event that must be taken. */
  async send(account: string, event: string, data?: Data): Promise<CaseView> {
    return must(`${account} ${event}`, await this.try(account, event, data));
  }

  /** Sends an event that must be refused. */
  async refused(account: string, event: string, data?: Data): Promise<Problem> {
    return problem(`${account} ${event}`, await this.try(account, event, data));
  }

  /** Sends an event as someone who has just looked at the case, or who has `seen` it like this. */
  async try(account: string, event: string, data?: Data, seen?: CaseView): Promise<Answer<CaseView>> {
    const view = seen ?? await this.view();
    const today = DATED.includes(event) ? await this.office.today() : '';
    return this.office.client.send(account, view, event, data ?? bodyFor(event, view, today));
  }

  /** One of the grant's two instalments. */
  async instalment(number: 1 | 2): Promise<Story> {
    const found = (await this.view()).instalments.find((instalment) => instalment.number === number);
    if (found === undefined) throw new Error(`${this.id} has no instalment ${number}`);
    return new Story(this.office, found.id, this.applicant);
  }

  /** A child by its number: an instalment, or from 11 on a version of the payee's data. */
  async child(number: number): Promise<Story> {
    const { instalments, payees = [] } = await this.view();
    const found = [...instalments, ...payees].find((child) => child.number === number);
    if (found === undefined) throw new Error(`${this.id} has no child ${number}`);
    return new Story(this.office, found.id, this.applicant);
  }

  /** Waits for the worker to bring the case there. */
  reaches(state: string): Promise<void> {
    return eventually(`${this.id} in ${state}`, async () => (await this.state()) === state);
  }

  /** Certifies and authorises an instalment that is due, waits for its order, and confirms its settlement. */
  async pay(number: 1 | 2): Promise<void> {
    const instalment = await this.instalment(number);
    await instalment.go('certify', 'authorise');
    await instalment.reaches('exported');
    await instalment.go('confirmSettled');
  }

  /** The letters of the whole family, in the order of sending, once all of them are out. */
  async letters(to?: string): Promise<readonly Letter[]> {
    await this.office.rest();
    return this.office.client.inbox({ case: this.id, ...(to === undefined ? {} : { to }) });
  }

  async hint(account: string, event: string): Promise<Hint | undefined> {
    return (await this.office.client.actions(account, this.id)).find((hint) => hint.event === event);
  }
}
