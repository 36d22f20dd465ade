import type { Prospect, Survey } from '#cases';
import { digest, SYSTEM, type Actor, type Instant, type PaymentCourse } from '#kernel';
import { cents, sum, type Cents } from '#money';
import { checkOrder, endToEndId, type FreezeService, type PaymentOrder, type RowReason, type RunRow, type RunsService } from '#payments';
import { amountIn, payeeIn, purposeIn } from './run.payee.ts';
import type { Objections } from './objections.ts';
import { inAnotherRun, NOT_CERTIFIED, ORDER_TO_WRITE, orderGivenUp, SINCE_ORDERED, STANDING_STILL, worded } from './run.reasons.ts';
import { CALLED_OFF } from './run.waits.ts';

/** What a run would pay now: every instalment that is due and that no file holds, payable or not, and what follows from them. */
export interface RunPreview {
  readonly rows: readonly RunRow[];
  /** Of those that would be paid. */
  readonly count: number;
  readonly sumCents: Cents;
  readonly blocked: number;
  /** Of all rows: whoever prepares says which preview they saw. */
  readonly rowsHash: string;
  /** Who certified any row that would be paid. */
  readonly certifiers: readonly string[];
}

/** A preview with what preparing it needs besides. */
export interface RunProspect extends RunPreview {
  /** Recalled runs whose rows are still written down as theirs. */
  readonly letGo: readonly string[];
}

/** More rows a run cannot have: one file, one answer, one look. */
export const MOST_ROWS = 10_000;

/** Asks what would hold for anybody: who may send the event is judged when somebody does. */
const ANYBODY: Actor = { account: '', roles: ['financeCertifier', 'financeAuthoriser'], organisation: null };

type Candidate = Omit<RunRow, 'position'> & { readonly certifiers: readonly string[]; readonly purpose: string | undefined };

/** Where a preview looks. */
export interface Sources {
  readonly survey: Survey;
  readonly runs: RunsService;
  readonly freezes: FreezeService;
  readonly objections: Objections;
}

/** Of which round, by which programme's payments, and when. */
export interface Lookout {
  readonly cycleId: string;
  readonly payment: PaymentCourse;
  readonly at: Instant;
}

/** Collects what a run would pay: by the same step that later authorises each row, so the preview cannot say otherwise. */
export async function previewRun(sources: Sources, { cycleId, payment: { machine, certify, authorise, order }, at }: Lookout): Promise<RunProspect> {
  const { survey, runs } = sources;
  const standing = (state: string) => survey.standing({ cycleId, machine, states: [state], limit: MOST_ROWS });
  const [due, certified, authorised] = [await standing(certify.state), await standing(authorise.state), await standing(order.state)];
  const letGo = await recalled({ survey, runs }, cycleId, at);
  const ordered = await runs.ordersWithoutRun(cycleId, MOST_ROWS, letGo);
  const soFar = await runs.ordersSoFar([...due, ...certified, ...authorised]);
  const givenUp = await runs.ordersGivenUp(authorised);
  const unwritten = (caseId: string): RowReason => (givenUp.has(caseId) ? orderGivenUp(givenUp.get(caseId) ?? '') : ORDER_TO_WRITE);
  const orderOf = new Map(ordered.map((each) => [each.caseId, each]));
  const candidates = [
    ...await survey.each(due, { event: certify.event, data: certify.data, actor: ANYBODY, at }, (prospect) => openRow(prospect, soFar, [NOT_CERTIFIED, ...prospect.reasons])),
    ...await survey.each(certified, { event: authorise.event, data: {}, actor: ANYBODY, at }, (prospect) => openRow(prospect, soFar, prospect.reasons)),
    ...await survey.each(authorised, { ordering: true, actor: SYSTEM, at }, (prospect) => openRow(prospect, soFar, [unwritten(prospect.view.id), ...prospect.reasons])),
    ...(await runs.orderedInRuns(cycleId, MOST_ROWS, letGo)).map(({ position: _, ...row }): Candidate => ({ ...row, verdict: 'blocked', certifiers: [], purpose: undefined })),
    ...(await survey.each([...orderOf.keys()], { ordering: true, actor: SYSTEM, at }, (prospect) => orderedRow(orderOf.get(prospect.view.id), prospect))).flat(),
  ];
  return { ...summed(await held(sources, candidates, { letGo, at })), letGo };
}

/** Runs of a round that were recalled and whose rows no worker has let go of yet. */
async function recalled({ survey, runs }: Pick<Sources, 'survey' | 'runs'>, cycleId: string, at: Instant): Promise<readonly string[]> {
  return (await survey.each(await runs.holding(cycleId), { actor: SYSTEM, at }, ({ view: { id, state } }) => (state === CALLED_OFF ? [id] : []))).flat();
}

/** An instalment that is still to be authorised. */
function openRow(prospect: Prospect, soFar: ReadonlyMap<string, number>, reasons: readonly RowReason[]): Candidate {
  const { view, head, effects } = prospect;
  const number = head.instalments.find(({ id }) => id === view.id)?.number ?? 0;
  return {
    caseId: view.id, fileNumber: view.fileNumber, applicantName: view.applicant.name, caseVersion: view.version,
    endToEndId: endToEndId(head.fileNumber, number, (soFar.get(view.id) ?? 0) + 1),
    amountCents: cents(amountIn(effects) ?? (view.grantedCents ?? 0) - view.paidCents), ...payeeIn(effects, head),
    verdict: reasons.length === 0 ? 'ok' : 'blocked', reasons: worded(reasons), certifiers: certifiersOf(prospect), purpose: purposeIn(effects),
  };
}

/** A payment that was ordered by itself and waits for a file, unless its order would not be written any more. What came back meanwhile is ordered anew, under another reference. */
function orderedRow(order: PaymentOrder | undefined, prospect: Prospect): readonly Candidate[] {
  if (order === undefined || prospect.view.state !== prospect.payment?.answer.state) return [];
  const { caseId, endToEndId: reference, amountCents, holder, iban, purpose } = order;
  const { view } = prospect;
  const reasons = prospect.reasons.length === 0 ? [] : worded([SINCE_ORDERED, ...prospect.reasons]);
  return [{
    caseId, fileNumber: view.fileNumber, applicantName: view.applicant.name, caseVersion: null, endToEndId: reference, amountCents, holder, iban,
    verdict: reasons.length === 0 ? 'ok' : 'blocked', reasons, certifiers: certifiersOf(prospect), purpose,
  }];
}

/** Who ever answered for a payment of the family as a certifier. */
const certifiersOf = ({ acts, payment }: Prospect): readonly string[] => (payment?.certify.acts ?? []).flatMap((event) => acts[event] ?? []);

/** What stands against a payment beside its instalment: another run, a restore, a freeze, what the bank or a person said; else what a bank would refuse, while it can still be mended. */
async function held(
  { survey, runs, freezes, objections }: Sources, candidates: readonly Candidate[], { letGo, at }: { readonly letGo: readonly string[]; readonly at: Instant },
): Promise<readonly Candidate[]> {
  const references = candidates.map((row) => row.endToEndId);
  const [live, freeze] = [await runs.liveIn(references, letGo), await freezes.current()];
  const objectionsTo = await objections.to(candidates);
  const nameOf = new Map(await survey.each([...new Set(live.values())], { actor: SYSTEM, at }, ({ view }) => [view.id, view.fileNumber] as const));
  return candidates.map((row): Candidate => {
    const other = live.get(row.endToEndId);
    const against: RowReason[] = [
      ...(other === undefined ? [] : [inAnotherRun(nameOf.get(other) ?? other)]), ...objectionsTo(row), ...(freeze === null ? [] : [STANDING_STILL]),
    ];
    if (against.length === 0 && row.verdict === 'ok') against.push(...refusedByBanks(row));
    return against.length === 0 ? row : { ...row, verdict: 'blocked', reasons: [...row.reasons, ...against] };
  });
}

const refusedByBanks = ({ endToEndId: reference, amountCents, holder, iban, purpose = reference }: Candidate): readonly RowReason[] =>
  worded(checkOrder({ endToEndId: reference, amountCents, creditor: { name: holder, iban }, purpose }));

/** By file number, and no more than a run can have: what is blocked keeps nobody out who could be paid. */
export function withinRun<R extends Pick<RunRow, 'fileNumber' | 'verdict'>>(rows: readonly R[], most: number): readonly R[] {
  const sorted = rows.toSorted((a, b) => (a.fileNumber < b.fileNumber ? -1 : a.fileNumber > b.fileNumber ? 1 : 0));
  const kept = new Set(['ok', 'blocked'].flatMap((wanted) => sorted.filter(({ verdict }) => verdict === wanted)).slice(0, most));
  return sorted.filter((row) => kept.has(row));
}

function summed(candidates: readonly Candidate[]): RunPreview {
  const sorted = withinRun(candidates, MOST_ROWS);
  const payable = sorted.filter(({ verdict }) => verdict === 'ok');
  const rows = sorted.map(({ certifiers: _, purpose: __, ...row }, index): RunRow => ({ position: index + 1, ...row }));
  return {
    rows, count: payable.length, sumCents: sum(payable.map(({ amountCents }) => amountCents)), blocked: rows.length - payable.length,
    rowsHash: digest(rows as never), certifiers: [...new Set(payable.flatMap(({ certifiers }) => certifiers))].toSorted(),
  };
}
