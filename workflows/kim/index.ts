import { machineOf, type Finding, type Lifecycle, type MachineDefinition, type Programme } from '#kernel';
import { assess } from './checks.ts';
import { applicationClocks, instalmentClocks } from './clocks.ts';
import { begin, type Application, type Instalment } from './context.ts';
import { amountsOf, cycleOf, cycleSchema, defaultCycle } from './cycle.ts';
import { dates } from './dates.ts';
import { applicationEvents, instalmentEvents } from './events.ts';
import { childFigures, figures, receipt, sheet } from './figures.ts';
import { formOf, formSchema } from './form.ts';
import { applicationRequirements, openingRequirements } from './guards.ts';
import { instalmentRequirements, payoutOf } from './instalment.guards.ts';
import { instalment } from './instalment.ts';
import { applicationDeadlines, applicationStates, instalmentDeadlines, instalmentStates, payeeDeadlines, payeeStates, postingLabels } from './labels.ts';
import { applicationLetters, instalmentLetters, payeeLetters } from './letters/index.ts';
import { CLOSING } from './letters/paper.ts';
import { likenessKeys, sameName } from './look-alike.ts';
import { application } from './machine.ts';
import { match, matchSchema } from './match.ts';
import { payeeClocks } from './payee.clocks.ts';
import { payeeEvents } from './payee.events.ts';
import { payeeRequirements } from './payee.guards.ts';
import { payee } from './payee.machine.ts';
import { openPayee, payeeTakes } from './payee.takes.ts';
import type { Payee } from './payee.ts';
import { applicationPostings, instalmentPostings } from './postings.ts';
import { readiness } from './readiness.ts';
import { BANK_REASONS } from './returns.ts';
import { runHead, runParts } from './run.parts.ts';
import { paymentRun } from './run.ts';
import { applicationSenders, instalmentSenders, opener, payeeSenders } from './senders.ts';
import { applicationTakes, instalmentTakes, openInstalments } from './takes.ts';
import { eventsIn, fitting } from './fitting.ts';
import { application1, instalment1 } from './version1.ts';
import { application2, applicationTakes2, instalment2 } from './version2.ts';

const applicationParts: Omit<MachineDefinition<Application>, 'lifecycle'> = {
  events: applicationEvents,
  senders: applicationSenders,
  requirements: applicationRequirements,
  takes: applicationTakes,
  postings: applicationPostings,
  letters: applicationLetters,
  children: (situation) => (situation.event.type === 'proposePayee' ? openPayee(situation) : openInstalments(situation)),
  clocks: applicationClocks,
  stateLabels: applicationStates,
  deadlines: applicationDeadlines,
};

const instalmentParts: Omit<MachineDefinition<Instalment>, 'lifecycle'> = {
  events: instalmentEvents,
  senders: instalmentSenders,
  requirements: instalmentRequirements,
  takes: instalmentTakes,
  postings: instalmentPostings,
  letters: instalmentLetters,
  clocks: instalmentClocks,
  readiness,
  stateLabels: instalmentStates,
  deadlines: instalmentDeadlines,
};

const payeeParts: Omit<MachineDefinition<Payee>, 'lifecycle'> = {
  events: payeeEvents,
  senders: payeeSenders,
  requirements: payeeRequirements,
  takes: payeeTakes,
  postings: {},
  letters: payeeLetters,
  clocks: payeeClocks,
  stateLabels: payeeStates,
  deadlines: payeeDeadlines,
};

/** The signatures behind every payment, and the fifth where the round demands two certifiers. */
const SIGNATURES: Programme['signatures'] = ['recommend', 'countersign', 'certify', 'authorise'].map((event) => ({ event }));
const FACTUAL = { event: 'certifyFactually', demand: { certifyingPersons: 2 } };

/** What notices have promised, and how many people sign: open payments must not come under another rule. */
const FIXED = ['id', 'programme', 'fundingYear', 'appealMonths', 'certifyingPersons'];

const LINKS: Programme['links'] = {
  up: { confirmSettled: 'instalmentSettled', skip: 'instalmentSettled', reportReturn: 'instalmentReturned' },
  down: { stop: 'cancel' },
};

/** With changes of the award and of the payee, which the instalments follow. Where nothing is paid no payee is waited for. */
const CHANGING: Programme['links'] = {
  up: { ...LINKS.up, adjust: 'instalmentsAdjusted', withdrawReturn: 'instalmentRestored', cooledDown: 'payeeChanged' },
  down: { ...LINKS.down, confirmChange: 'adjust', payeeChanged: 'followPayee', withdraw: 'cancel' },
};

/** Where holder and IBAN stand, and what names are compared by. */
const PAYEES: Programme['payees'] = { at: { application: ['form', 'payee'], payee: [] }, keys: likenessKeys, same: sameName };

/** How an instalment was paid in earlier versions. */
const PAST_PAYMENT: NonNullable<Programme['payment']> = {
  machine: 'instalment',
  certify: { state: 'due', event: 'certify', data: { factual: true, arithmetic: true }, acts: ['certify'] },
  authorise: { state: 'certified', event: 'authorise' },
  order: { state: 'authorised', event: 'markExported' },
  answer: { state: 'exported', settled: 'confirmSettled', returned: 'reportReturn', reasons: BANK_REASONS, within: 'withinPayment' },
};

/** And how it is paid since orders say what they pay, two persons may certify, a return that was none can be withdrawn, and the bank's value date counts. */
const PAYMENT: NonNullable<Programme['payment']> = {
  ...PAST_PAYMENT,
  certify: { ...PAST_PAYMENT.certify, acts: ['certifyFactually', 'certify'] },
  order: { ...PAST_PAYMENT.order, stands: 'orderStands' },
  answer: { ...PAST_PAYMENT.answer, withdrawn: 'withdrawReturn', borneOut: 'bearOutReturn', valued: 'noteValueDate', recovered: 'confirmRecovery' },
};

interface Version {
  readonly application: Lifecycle;
  readonly instalment: Lifecycle;
  /** What versions of earlier days did not have. */
  readonly moved?: string;
  readonly payout?: typeof payoutOf;
  readonly links?: Programme['links'];
  /** An older version: it has no other machines and events than these. */
  readonly past?: true;
}

const version = (number: number, { application: head, instalment: child, moved, payout, links = LINKS, past }: Version): Programme => ({
  id: 'kim',
  version: number,
  title: { de: 'Kommunales Integrationsmanagement (KIM)', en: 'Municipal Integration Management (KIM)' },
  root: 'application',
  child: 'instalment',
  closing: CLOSING,
  signatures: [...SIGNATURES, ...(past ? [] : [FACTUAL])],
  payment: past ? PAST_PAYMENT : PAYMENT,
  postingLabels,
  machines: {
    application: fitting(head, past ? { ...applicationParts, takes: applicationTakes2 } : applicationParts, past && eventsIn(head, child)),
    instalment: fitting(child, { ...instalmentParts, ...(payout === undefined ? {} : { payout }) }, past && eventsIn(head, child)),
  },
  links,
  cycle: { schema: cycleSchema, default: defaultCycle, sheet, dates, fixed: FIXED, ...(moved === undefined ? {} : { moved }) },
  form: {
    schema: formSchema,
    assess: (form, cycle, applicant, hasConcept) => assess(formOf(form), amountsOf(cycleOf(cycle)), applicant, hasConcept),
  },
  match: { schema: matchSchema, run: match },
  begin,
  receipt,
  opening: { sender: opener, requirements: openingRequirements },
  figures,
  childFigures,
});

/** With payee data as cases of their own, and with payment runs, which are families of their own: no application's lifecycle knows of them. */
const paying = (programme: Programme): Programme => ({
  ...programme,
  heads: { paymentRun: runHead },
  machines: { ...programme.machines, payee: fitting(payee, payeeParts), paymentRun: fitting(paymentRun, runParts) },
  payees: PAYEES,
  cycle: { ...programme.cycle, payer: (cycle) => cycleOf(cycle).payer },
});

/** An older version finds nothing wrong with a form that it does not ask for: what is found is what keeps it from being signed. */
function asking(programme: Programme): Programme {
  const { form, figures: all } = programme;
  const { requirements } = machineOf(programme, programme.root);
  const only = <Found extends { readonly findings: readonly Finding[] }>(found: Found): Found => ({ ...found, findings: found.findings.filter(({ code }) => code in requirements) });
  return { ...programme, form: { ...form, assess: (...asked) => only(form.assess(...asked)) }, figures: (...asked) => only(all(...asked)) };
}

/** Municipal Integration Management in North Rhine-Westphalia: from the draft to the second instalment. */
export const kim: Programme = paying(version(3, { application, instalment, moved: 'datesMoved', payout: payoutOf, links: CHANGING }));

/** As it was before readiness, changes of the award and orders in the ledger. */
export const kim2: Programme = asking(version(2, { application: application2, instalment: instalment2, moved: 'datesMoved', past: true }));

/** As it was before extensions, hearings and deliveries: for the cases that began under it. */
export const kim1: Programme = asking(version(1, { application: application1, instalment: instalment1, past: true }));
