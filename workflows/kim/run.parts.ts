import { z } from 'zod';
import { addDays, bankingDayFrom, dayOf, formatDay, isBankingDay } from '#calendar';
import { cents, formatEur } from '#money';
import type { CaseFigures, Day, EventDefinition, Failure, Head, Instant, Json, MachineDefinition, Requirement, Situation, Stored, Text } from '#kernel';
import { counted, PAYMENTS, REFUSED } from './counted.ts';
import { budgetOpenUntil, cycleOf } from './cycle.ts';
import { runStepFields } from './event.shapes.ts';
import { runLetters } from './letters/run.ts';
import { runClocks } from './run.clocks.ts';
import type { PaymentRun } from './run.context.ts';
import { day, money, words } from './shapes.ts';
import { span } from './spans.ts';

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
const closedBy = (last: Day): Text => ({
  de: `Am Ausführungstag ist das Haushaltsjahr der Förderrunde geschlossen: Es zahlt bis zum ${formatDay(last, 'de')}.`,
  en: `On the execution day the budget year of the funding round is closed: it pays until ${formatDay(last, 'en')}.`,
});
const RECALL_FOR: Text = { de: 'Den Lauf zurückholen und mit einem anderen Ausführungstag neu vorbereiten.', en: 'Recall the run and prepare it anew with another execution day.' };

function inTheYear(executionOn: Day, cycle: Json): true | Failure {
  const last = budgetOpenUntil(cycleOf(cycle));
  return when(executionOn <= last, { text: closedBy(last) });
}

/** The last day on which a run of a round can still be carried out, as of an instant: the budget year pays no longer, and money that is due is not to lie. */
function latestDay({ event, facts }: Situation): Day {
  const cycle = cycleOf(facts.cycle);
  const [last, latest] = [budgetOpenUntil(cycle), addDays(dayOf(event.at), cycle.executionWithinDays)];
  return latest < last ? latest : last;
}

/** The last banking day on which a run could be carried out; null where there is none any more. */
function lastBankingDay(situation: Situation): Day | null {
  let day = latestDay(situation);
  while (day >= dayOf(situation.event.at) && !isBankingDay(day)) day = addDays(day, -1);
  return day < dayOf(situation.event.at) ? null : day;
}

const LATER_END: Text = { de: 'Die Administration kann in der Förderrunde einen späteren Haushaltsschluss setzen.', en: 'The administration can set a later end of the budget year in the funding round.' };

/** A banking day that can be chosen: the next one, or the last one before the round pays no longer. */
function bankingDayTold(situation: Situation): Text {
  const [next, last] = [bankingDayFrom(wantedDay(situation)), lastBankingDay(situation)];
  if (next <= latestDay(situation)) return { de: `Einen Bankarbeitstag wählen; der nächste ist der ${formatDay(next, 'de')}.`, en: `Choose a banking day; the next one is ${formatDay(next, 'en')}.` };
  return earlierDayTold(last);
}

function earlierDayTold(last: Day | null): Text {
  if (last === null) return { de: `Es gibt bis zum Haushaltsschluss keinen Bankarbeitstag mehr. ${LATER_END.de}`, en: `There is no banking day left before the end of the budget year. ${LATER_END.en}` };
  return { de: `Einen früheren Tag wählen; der letzte mögliche Bankarbeitstag ist der ${formatDay(last, 'de')}.`, en: `Choose an earlier day; the last banking day possible is ${formatDay(last, 'en')}.` };
}

const tooFarAhead = (days: number, latest: Day): Text => ({
  de: `Der Ausführungstag liegt weiter voraus, als die Förderrunde es zulässt: höchstens ${span(days, 'days').de} (bis zum ${formatDay(latest, 'de')}).`,
  en: `The execution day lies further ahead than the funding round allows: at most ${span(days, 'days').en} (until ${formatDay(latest, 'en')}).`,
});

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
    holds: (situation) => when(isBankingDay(wantedDay(situation)), { remedy: bankingDayTold(situation) }),
  },
  executionWithinDays: {
    retry: 'never',
    text: { de: 'Der Ausführungstag liegt weiter voraus, als die Förderrunde es zulässt.', en: 'The execution day lies further ahead than the funding round allows.' },
    remedy: { de: 'Einen früheren Tag wählen: Was fällig ist, wird bald gezahlt.', en: 'Choose an earlier day: what is due is paid soon.' },
    holds: (situation) => {
      const { executionWithinDays: days } = cycleOf(situation.facts.cycle);
      const latest = addDays(dayOf(situation.event.at), days);
      return when(wantedDay(situation) <= latest, { text: tooFarAhead(days, latest) });
    },
  },
  executionInBudgetYear: {
    retry: 'never', text: AFTER_THE_YEAR,
    remedy: { de: 'Einen früheren Tag wählen, oder die Administration setzt einen späteren Haushaltsschluss.', en: 'Choose an earlier day, or the administration sets a later end of the budget year.' },
    holds: (situation) => {
      const [verdict, { de, en }] = [inTheYear(wantedDay(situation), situation.facts.cycle), earlierDayTold(lastBankingDay(situation))];
      return verdict === true ? true : { ...verdict, remedy: lastBankingDay(situation) === null ? { de, en } : { de: `${de} ${LATER_END.de}`, en: `${en} ${LATER_END.en}` } };
    },
  },
};

/** The requirements of a run, by the name that is also the refusal's code. */
const requirements: { readonly [name: string]: Requirement<PaymentRun> } = {
  rowsLeft: { ...ROWS_LEFT, holds: ({ context }) => when(context.count > 0) },
  executionAhead: { retry: 'never', text: PAST, remedy: RECALL_FOR, holds: ({ context, event }) => ahead(context.executionOn, event.at) },
  executionInBudgetYear: {
    retry: 'afterChange', text: AFTER_THE_YEAR,
    remedy: {
      de: 'Den Lauf zurückholen und mit einem früheren Ausführungstag neu vorbereiten, oder die Administration setzt in der Förderrunde einen späteren Haushaltsschluss.',
      en: 'Recall the run and prepare it anew with an earlier execution day, or the administration sets a later end of the budget year in the funding round.',
    },
    holds: ({ context, facts }) => inTheYear(context.executionOn, facts.cycle),
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
    fields: runStepFields, lies: true,
  },
  remindFile: {
    label: { de: 'An die ausstehende Zahlungsdatei erinnern', en: 'Remind of the missing payment file' }, hidden: true,
    sentence: () => ({ de: 'An den freigegebenen Lauf, der noch keine Zahlungsdatei hat, wurde erinnert.', en: 'A reminder of the run that was released and has no payment file yet.' }),
    fields: runStepFields,
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

const takes: MachineDefinition<PaymentRun>['takes'] = {
  droppedRow: ({ context: { count, sumCents }, event }) => ({ count: count - 1, sumCents: sumCents - Number(event.data?.['amountCents']) }),
  release: ({ event }) => ({ releasedAt: event.at }),
  file: ({ event }) => {
    const { messageId, sha256, count, sumCents, refused } = event.data ?? {};
    return { exportedAt: event.at, refused, file: { messageId, sha256, count, sumCents } as Json };
  },
  refusals: ({ event }) => ({ refused: event.data?.['refused'] }),
};

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
  letters: runLetters,
  clocks: runClocks,
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
