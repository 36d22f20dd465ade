import { z } from 'zod';
import { addDays, addWorkingDays, atTime, dayOf, formatDay, isBankingDay } from '#calendar';
import { cents, formatEur } from '#money';
import type { CaseFigures, Clock, ClockFacts, Day, EventDefinition, Failure, Head, Instant, Json, LetterDefinition, MachineDefinition, Requirement, Situation, Stored, Text } from '#kernel';
import { counted, PAYMENTS, REFUSED } from './counted.ts';
import { budgetOpenUntil, cycleOf } from './cycle.ts';
import { both, euros, letterOn, LIFT_OR_RECALL, onDay } from './letters/paper.ts';
import { day, money, words } from './shapes.ts';

/** The context of a payment run. Its rows are facts of the payments; their digest binds the run to them. */
export type PaymentRun = {
  readonly fileNumber: string;
  readonly preparedAt: Instant;
  /** The day on which the bank is to carry the file out. */
  readonly executionOn: Day;
  /** Rows to be paid and what they add up to; blocked rows are not among them. */
  readonly count: number;
  readonly sumCents: number;
  readonly blocked: number;
  /** Of every row as it was prepared. */
  readonly rowsHash: string;
  /** Who certified any of the rows. */
  readonly certifiers: readonly string[];
  readonly releasedAt: Instant | null;
  readonly exportedAt: Instant | null;
  /** What the file holds, and how many rows were refused on the way. */
  readonly file: { readonly messageId: string; readonly sha256: string; readonly count: number; readonly sumCents: number } | null;
  readonly refused: number;
};

type Case = Situation<PaymentRun>;

/** What the opening of a run says, and what its people see again as `dropRow`, `fileWritten` and `nothingOrdered`. */
export const runOpening = z.strictObject({
  executionOn: day, count: z.int().min(0), sumCents: money, blocked: z.int().min(0),
  rowsHash: z.string().regex(/^[0-9a-f]{64}$/), certifiers: z.array(z.string().max(100)),
});

const when = (holds: boolean, failure: Failure = {}): true | Failure => (holds ? true : failure);

const ahead = (executionOn: Json | undefined, at: Instant): true | Failure => when(String(executionOn) >= dayOf(at));

/** The day of a run that is to be prepared. */
const wantedDay = ({ event }: Situation): Day => String(event.data?.['executionOn']);

const PAST: Text = { de: 'Der Ausführungstag liegt in der Vergangenheit.', en: 'The execution day lies in the past.' };
const AFTER_THE_YEAR: Text = { de: 'Am Ausführungstag ist das Haushaltsjahr der Förderrunde geschlossen.', en: 'On the execution day the budget year of the funding round is closed.' };
const RECALL_FOR: Text = { de: 'Den Lauf zurückholen und mit einem anderen Ausführungstag neu vorbereiten.', en: 'Recall the run and prepare it anew with another execution day.' };

const ROWS_LEFT = {
  retry: 'afterChange',
  text: { de: 'Es ist keine zahlbare Rate in diesem Lauf.', en: 'There is no payable instalment in this run.' },
  remedy: { de: 'Die Vorschau nennt für jede Rate, was fehlt.', en: 'The preview says for each instalment what is missing.' },
} as const;

/** What a run must satisfy before it is prepared. */
const openingRequirements: { readonly [name: string]: Requirement } = {
  rowsLeft: { ...ROWS_LEFT, holds: ({ event }) => when(Number(event.data?.['count']) > 0) },
  executionAhead: {
    retry: 'never', text: PAST, remedy: { de: 'Heute oder einen späteren Tag wählen.', en: 'Choose today or a later day.' },
    holds: (situation) => ahead(wantedDay(situation), situation.event.at),
  },
  executionOnBankingDay: {
    retry: 'never',
    text: { de: 'Am Ausführungstag führen Banken nichts aus: Er ist ein Wochenende oder ein Feiertag des Zahlungsverkehrs.', en: 'Banks carry nothing out on the execution day: it is a weekend or a closing day of the payment system.' },
    remedy: { de: 'Einen Bankarbeitstag wählen.', en: 'Choose a banking day.' },
    holds: (situation) => when(isBankingDay(wantedDay(situation))),
  },
  executionWithinDays: {
    retry: 'never',
    text: { de: 'Der Ausführungstag liegt weiter voraus, als die Förderrunde es zulässt.', en: 'The execution day lies further ahead than the funding round allows.' },
    remedy: { de: 'Einen früheren Tag wählen: Was fällig ist, wird bald gezahlt.', en: 'Choose an earlier day: what is due is paid soon.' },
    holds: (situation) => when(wantedDay(situation) <= addDays(dayOf(situation.event.at), cycleOf(situation.facts.cycle).executionWithinDays)),
  },
  executionInBudgetYear: {
    retry: 'never', text: AFTER_THE_YEAR,
    remedy: { de: 'Einen früheren Tag wählen, oder die Administration setzt einen späteren Haushaltsschluss.', en: 'Choose an earlier day, or the administration sets a later end of the budget year.' },
    holds: (situation) => when(wantedDay(situation) <= budgetOpenUntil(cycleOf(situation.facts.cycle))),
  },
};

/** The requirements of a run, by the name that is also the refusal's code. */
const requirements: { readonly [name: string]: Requirement<PaymentRun> } = {
  rowsLeft: { ...ROWS_LEFT, holds: ({ context }) => when(context.count > 0) },
  executionAhead: { retry: 'never', text: PAST, remedy: RECALL_FOR, holds: ({ context, event }) => ahead(context.executionOn, event.at) },
  executionInBudgetYear: {
    retry: 'afterChange', text: AFTER_THE_YEAR, remedy: RECALL_FOR,
    holds: ({ context, facts }) => when(context.executionOn <= budgetOpenUntil(cycleOf(facts.cycle))),
  },
  certifiedByOthers: {
    retry: 'never',
    text: { de: 'Sie haben mindestens eine Rate dieses Laufs festgestellt und dürfen ihn nicht freigeben.', en: 'You certified at least one instalment of this run and may not release it.' },
    remedy: { de: 'Eine andere Person mit dieser Funktion muss freigeben.', en: 'Another person who holds this function must release it.' },
    holds: ({ context, event }) => when(!context.certifiers.includes(event.actor.account)),
  },
};

type Data = Parameters<EventDefinition['sentence']>[0];
const euro = (data: Data, field: string, language: 'de' | 'en'): string => formatEur(cents(Number(data[field])), language);
const number = (data: Data, field: string): number => Number(data[field]);

/** Which reminder it is: so many working days from the execution day. */
const STEP = z.strictObject({ step: z.int().min(-10).max(20) });

const events: { readonly [event: string]: EventDefinition } = {
  dropRow: {
    label: { de: 'Rate aus dem Lauf nehmen', en: 'Drop an instalment' }, hidden: true,
    sentence: (data) => ({
      de: `${String(data['endToEndId'])} über ${euro(data, 'amountCents', 'de')} wurde aus dem Lauf genommen: „${String(data['reason'])}“.`,
      en: `${String(data['endToEndId'])} of ${euro(data, 'amountCents', 'en')} was dropped from the run: “${String(data['reason'])}”.`,
    }),
    fields: z.strictObject({ case: z.string().max(100), endToEndId: z.string().max(35), amountCents: money, reason: words() }),
  },
  recallRun: {
    label: { de: 'Lauf zurückholen', en: 'Recall the run' },
    sentence: (data) => ({ de: `Der Lauf wurde zurückgeholt: „${String(data['reason'])}“.`, en: `The run was recalled: “${String(data['reason'])}”.` }),
    fields: z.strictObject({ reason: words() }),
  },
  release: {
    label: { de: 'Lauf freigeben', en: 'Release the run' },
    sentence: () => ({ de: 'Der Lauf wurde freigegeben; jede seiner Raten wird damit angeordnet.', en: 'The run was released; with it every one of its instalments is authorised.' }),
    fields: z.strictObject({}),
  },
  remindRelease: {
    label: { de: 'An die Freigabe erinnern', en: 'Remind of the release' }, hidden: true,
    sentence: () => ({ de: 'An den Lauf, den niemand freigegeben hat, wurde erinnert.', en: 'A reminder of the run that nobody has released.' }),
    fields: STEP,
  },
  remindFile: {
    label: { de: 'An die ausstehende Zahlungsdatei erinnern', en: 'Remind of the missing payment file' }, hidden: true,
    sentence: () => ({ de: 'An den freigegebenen Lauf, der noch keine Zahlungsdatei hat, wurde erinnert.', en: 'A reminder of the run that was released and has no payment file yet.' }),
    fields: STEP,
  },
  fileWritten: {
    label: { de: 'Zahlungsdatei geschrieben', en: 'Payment file written' },
    sentence: (data) => ({
      de: `Die Zahlungsdatei ${String(data['messageId'])} wurde geschrieben: ${counted(number(data, 'count'), PAYMENTS).de} über ${euro(data, 'sumCents', 'de')}; ${counted(number(data, 'refused'), REFUSED).de}.`,
      en: `The payment file ${String(data['messageId'])} was written: ${counted(number(data, 'count'), PAYMENTS).en} of ${euro(data, 'sumCents', 'en')}; ${counted(number(data, 'refused'), REFUSED).en}.`,
    }),
    fields: z.strictObject({ messageId: z.string().max(35), sha256: z.string().regex(/^[0-9a-f]{64}$/), count: z.int().min(1), sumCents: money, refused: z.int().min(0) }),
  },
  nothingOrdered: {
    label: { de: 'Nichts angeordnet', en: 'Nothing ordered' },
    sentence: (data) => ({ de: `Keine Rate wurde angeordnet (${String(data['refused'])} abgelehnt); es gibt keine Zahlungsdatei.`, en: `No instalment was ordered (${String(data['refused'])} refused); there is no payment file.` }),
    fields: z.strictObject({ refused: z.int().min(0) }),
  },
};

/** A letter to those who prepare and release runs; a run has no applicant to write to. */
const toFinance = (subject: Text, body: (situation: Case) => Text): LetterDefinition<PaymentRun> => ({
  to: () => ['financeCertifier', 'financeAuthoriser'],
  words: (situation) => {
    const { fileNumber } = situation.context;
    return letterOn({ de: `Zahlungslauf ${fileNumber}`, en: `Payment run ${fileNumber}` }, subject, body(situation), {
      de: `Ausführungstag ist der ${onDay(situation.context.executionOn).de}. Zu jeder Rate nennt der Lauf ihr Ergebnis.`,
      en: `The execution day is ${onDay(situation.context.executionOn).en}. For every instalment the run says what became of it.`,
    });
  },
});

const letters: { readonly [kind: string]: LetterDefinition<PaymentRun> } = {
  runExported: toFinance({ de: 'Zahlungsdatei geschrieben', en: 'payment file written' }, ({ context: { file, refused } }) => ({
    de: `Die Zahlungsdatei enthält ${counted(file?.count ?? 0, PAYMENTS).de} über ${euros(file?.sumCents ?? 0).de}; ${counted(refused, REFUSED).de}.\nSHA-256: ${file?.sha256 ?? ''}`,
    en: `The payment file holds ${counted(file?.count ?? 0, PAYMENTS).en} of ${euros(file?.sumCents ?? 0).en}; ${counted(refused, REFUSED).en}.\nSHA-256: ${file?.sha256 ?? ''}`,
  })),
  runUnreleased: toFinance({ de: 'nicht freigegeben', en: 'not released' }, ({ context: { count, sumCents, executionOn }, event }) => (dayOf(event.at) > executionOn ? {
    de: `Der Lauf mit ${counted(count, PAYMENTS).de} über ${euros(sumCents).de} wurde bis zu seinem Ausführungstag nicht freigegeben und kann es nicht mehr werden. Bitte zurückholen und neu vorbereiten.`,
    en: `The run of ${counted(count, PAYMENTS).en} of ${euros(sumCents).en} was not released by its execution day and can no longer be. Please recall it and prepare it anew.`,
  } : {
    de: `Der Lauf mit ${counted(count, PAYMENTS).de} über ${euros(sumCents).de} ist vorbereitet, aber noch nicht freigegeben. Freigeben muss eine andere Person als die, die ihn vorbereitet oder eine seiner Raten festgestellt hat.`,
    en: `The run of ${counted(count, PAYMENTS).en} of ${euros(sumCents).en} is prepared but not released. It has to be released by another person than who prepared it or certified one of its instalments.`,
  })),
  runWithoutFile: toFinance({ de: 'freigegeben, aber ohne Zahlungsdatei', en: 'released, but without a payment file' }, ({ context: { count, sumCents, executionOn }, event }) => both((language) => [
    { de: `Der Lauf mit ${counted(count, PAYMENTS).de} über ${euros(sumCents).de} ist freigegeben, hat aber keine Zahlungsdatei, und nichts wird gezahlt: Mindestens eine seiner Raten wartet, oder alle Zahlungen sind angehalten. Die Raten des Laufs nennen den Grund.`,
      en: `The run of ${counted(count, PAYMENTS).en} of ${euros(sumCents).en} was released but has no payment file, and nothing is paid: at least one of its instalments waits, or all payments are frozen. The rows of the run name the reason.` },
    dayOf(event.at) > executionOn ? {
      de: 'Der Ausführungstag ist vorbei: Mit ihm kann die Datei nicht mehr geschrieben werden. Bitte den Lauf zurückholen und neu vorbereiten; was angeordnet ist, bleibt es und kommt in den nächsten Lauf.',
      en: 'The execution day has passed: with it the file can no longer be written. Please recall the run and prepare it anew; what was ordered stays ordered and joins the next run.',
    } : { de: `Als Nächstes: ${LIFT_OR_RECALL.de}`, en: `Next: ${LIFT_OR_RECALL.en}` },
  ].map((text) => text[language]).join(' '))),
  runEmpty: toFinance({ de: 'nichts angeordnet', en: 'nothing ordered' }, ({ context: { refused } }) => ({
    de: `${refused === 1 ? 'Die einzige Rate des Laufs wurde abgelehnt' : `Alle ${counted(refused, REFUSED).de}`}. Es gibt keine Zahlungsdatei.`,
    en: `${refused === 1 ? 'The only instalment of the run was refused' : `All ${counted(refused, REFUSED).en}`}. There is no payment file.`,
  })),
};

const takes: MachineDefinition<PaymentRun>['takes'] = {
  droppedRow: ({ context: { count, sumCents }, event }) => ({ count: count - 1, sumCents: sumCents - Number(event.data?.['amountCents']) }),
  release: ({ event }) => ({ releasedAt: event.at }),
  file: ({ event }) => {
    const { messageId, sha256, count, sumCents, refused } = event.data ?? {};
    return { exportedAt: event.at, refused, file: { messageId, sha256, count, sumCents } as Json };
  },
  refusals: ({ event }) => ({ refused: event.data?.['refused'] }),
};

/** What a run waits for in each state that is not its end: it pays nobody before. */
const WAITS: { readonly [state: string]: { readonly event: string; readonly because: Text } } = {
  prepared: { event: 'remindRelease', because: { de: 'nicht freigegebener Lauf', en: 'unreleased run' } },
  releasing: { event: 'remindFile', because: { de: 'freigegebener Lauf ohne Zahlungsdatei', en: 'released run without a payment file' } },
};

/** A run that nobody releases, or whose rows wait, pays nobody: finance is reminded around its execution day, until there is a file or it is recalled. */
function clocks({ state, context: { executionOn, preparedAt, releasedAt } }: Stored<PaymentRun>, { cycle }: Pick<ClockFacts, 'cycle'>): readonly Clock[] {
  const waits = WAITS[state];
  if (waits === undefined) return [];
  const { event, because: { de, en } } = waits;
  const { runReminderWorkingDays, reminderTime } = cycleOf(cycle);
  return runReminderWorkingDays.map((step): Clock => ({
    name: `${event}${step}`, at: atTime(step === 0 ? executionOn : addWorkingDays(executionOn, step), reminderTime), event, data: { step }, reminder: true,
    because: { de: `${de} mit Ausführungstag ${formatDay(executionOn, 'de')}`, en: `${en} with execution day ${formatDay(executionOn, 'en')}` },
  })).filter(({ at }) => at > (releasedAt ?? preparedAt));
}

/** Everything of a payment run but its lifecycle. */
export const runParts: Omit<MachineDefinition<PaymentRun>, 'lifecycle'> = {
  events,
  senders: {
    dropRow: { roles: ['financeCertifier', 'financeAuthoriser'] },
    recallRun: { roles: ['financeCertifier', 'financeAuthoriser'] },
    release: { roles: ['financeAuthoriser'], differentFrom: ['open', 'dropRow'] },
    remindRelease: { roles: ['system'] },
    remindFile: { roles: ['system'] },
    fileWritten: { roles: ['system'] },
    nothingOrdered: { roles: ['system'] },
  },
  requirements,
  takes,
  postings: {},
  letters,
  clocks,
  stateLabels: {
    prepared: { de: 'Vorbereitet', en: 'Prepared' },
    releasing: { de: 'Freigegeben, wird angeordnet', en: 'Released, being ordered' },
    exported: { de: 'Zahlungsdatei geschrieben', en: 'Payment file written' },
    recalled: { de: 'Zurückgeholt', en: 'Recalled' },
    empty: { de: 'Nichts angeordnet', en: 'Nothing ordered' },
  },
};

/** How a payment run begins, and what people see of it. */
export const runHead: Head & { readonly fileMark: string } = {
  fileMark: 'Z',
  opening: { sender: { roles: ['financeCertifier', 'financeAuthoriser'] }, requirements: openingRequirements as Head['opening']['requirements'] },
  begin: ({ fileNumber, at, data }) => ({
    ...runOpening.parse(data), fileNumber, preparedAt: at, releasedAt: null, exportedAt: null, file: null, refused: 0,
  }),
  receipt: () => ({ receivedAt: null, receiptNumber: null }),
  figures: (head) => figures(head),
};

function figures(head: Stored): CaseFigures {
  const { preparedAt, releasedAt, exportedAt, sumCents } = head.context as unknown as PaymentRun;
  return {
    outcome: null, receivedAt: null, receiptNumber: null, form: null, findings: [], lines: [], instalments: [], holds: [],
    milestones: [{ name: 'prepared', reachedAt: preparedAt }, { name: 'released', reachedAt: releasedAt }, { name: 'exported', reachedAt: exportedAt }],
    requestedCents: sumCents, grantedCents: null, paidCents: 0,
  };
}
