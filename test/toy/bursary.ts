import { z } from 'zod';
import {
  all, book, letter, openChildren, payout, take,
  type CaseFigures, type Clock, type Context, type EventDefinition, type Instant, type Json, type Lifecycle, type MachineDefinition, type Member,
  type Programme, type Requirement, type Situation, type Stored, type Text,
} from '#kernel';
import { cents } from '#money';

/** A programme small enough to hold in the head: what kernel and cases promise is proved on it, not on a law. */
export interface BursaryContext extends Context {
  readonly fileNumber: string;
  readonly amountCents: number;
  readonly receivedAt?: Instant;
}

const text = (de: string, en = de): Text => ({ de, en });
const event = (fields: z.ZodObject, name: string, hidden?: true): EventDefinition =>
  ({ fields, label: text(name), sentence: () => text(`${name} ist geschehen`, `${name} happened`), ...(hidden && { hidden }) });

const requirement = <C extends Context>(holds: Requirement<C>['holds'], more: Partial<Requirement<C>> = {}): Requirement<C> =>
  ({ holds, text: text('fehlt', 'is missing'), remedy: text('nachholen', 'mend it'), retry: 'afterChange', ...more });

const cutOff = (cycle: Json): Instant => (cycle as { cutOffAt: Instant }).cutOffAt;

const application: Lifecycle = {
  id: 'application', initial: 'draft',
  states: {
    draft: {
      on: {
        edit: { actions: [take('amount')] },
        remind: { actions: [letter('reminder')] },
        expire: { target: 'expired', actions: [letter('reminder')] },
        datesMoved: { actions: [letter('moved')] },
        submit: [
          { guard: all('amountGiven', 'inTime'), target: 'desk.review', actions: [take('receipt'), letter('receipt')] },
          { guard: 'amountGiven', target: 'desk.late', actions: [take('receipt')] },
        ],
      },
    },
    desk: {
      initial: 'review',
      on: { withdraw: { target: 'withdrawn' } },
      states: {
        review: { on: { propose: { target: 'proposed' } } },
        late: { on: { propose: { target: 'proposed' } } },
        proposed: {
          on: {
            confirm: [
              { guard: all('fundsSuffice', 'firstInLine'), target: '#application.granted', actions: [book('reserve'), openChildren] },
              { target: '#application.queue' },
            ],
          },
        },
      },
    },
    queue: { tags: ['waiting'], on: { confirm: { guard: all('fundsSuffice', 'firstInLine'), target: 'granted', actions: [book('reserve'), openChildren] }, withdraw: { target: 'withdrawn' } } },
    granted: { on: { paidOut: { target: 'done' }, stop: { target: 'stopped' } } },
    done: { tags: ['end'], on: { cameBack: { target: 'granted' } } },
    expired: { type: 'final' },
    withdrawn: { type: 'final' },
    stopped: { type: 'final' },
  },
};

const payment: Lifecycle = {
  id: 'payment', initial: 'planned',
  states: {
    planned: { on: { fallDue: { target: 'due' }, cancel: { target: 'cancelled' } } },
    due: { on: { certify: { target: 'certified' }, order: { target: 'ordered', actions: [payout] }, cancel: { target: 'cancelled' } } },
    certified: { on: { order: { target: 'ordered', actions: [payout] } } },
    ordered: { on: { markExported: { target: 'exported' } } },
    exported: { on: { settle: { target: 'settled', actions: [book('pay')] }, reject: { target: 'due' } } },
    settled: { tags: ['end'], on: { comeBack: { target: 'due', actions: [book('giveBack')] } } },
    cancelled: { type: 'final' },
  },
};

const figures = (milestones: CaseFigures['milestones'], more: Partial<CaseFigures>): CaseFigures => ({
  outcome: null, milestones, receivedAt: null, receiptNumber: null, form: null, findings: [], lines: [], requestedCents: 0, grantedCents: null,
  paidCents: 0, instalments: [], holds: [], ...more,
});

const amountOf = ({ context }: Situation<BursaryContext>) => cents(context.amountCents);

const applicationMachine: MachineDefinition<BursaryContext> = {
  lifecycle: application,
  events: {
    edit: event(z.strictObject({ amountCents: z.int().min(0) }), 'edit', true), submit: event(z.strictObject({}), 'submit'), remind: event(z.strictObject({ step: z.int() }), 'remind'),
    expire: event(z.strictObject({}), 'expire'), datesMoved: event(z.looseObject({}), 'datesMoved', true), propose: event(z.strictObject({ note: z.string() }), 'propose'), confirm: event(z.strictObject({}), 'confirm'),
    withdraw: event(z.strictObject({}), 'withdraw'), paidOut: event(z.strictObject({ number: z.int() }), 'paidOut', true),
    cameBack: event(z.strictObject({ number: z.int() }), 'cameBack', true), stop: event(z.strictObject({}), 'stop'),
  },
  senders: {
    edit: { roles: ['applicantEditor'] }, submit: { roles: ['applicantSignatory', 'applicantEditor'] }, remind: { roles: ['system'] }, expire: { roles: ['system'] }, datesMoved: { roles: ['system'] },
    propose: { roles: ['caseOfficer'] }, confirm: { roles: ['secondApprover'], differentFrom: ['propose'] }, withdraw: { roles: ['applicantSignatory'] },
    paidOut: { roles: ['system'] }, cameBack: { roles: ['system'] }, stop: { roles: ['secondApprover'] },
  },
  requirements: {
    amountGiven: requirement(({ context }) => context.amountCents > 0 || { findings: [{ code: 'amountGiven', path: '/amountCents', actual: 0, required: 1, text: text('Betrag fehlt', 'no amount') }] }),
    inTime: requirement(({ event: { at }, facts }) => at < cutOff(facts.cycle) || {}, { retry: 'never' }),
    fundsSuffice: requirement(({ context, facts }) => facts.availableCents >= context.amountCents || {}, { reads: ['availableCents'], retry: 'later' }),
    firstInLine: requirement(({ facts }) => facts.firstInRank || {}, { reads: ['firstInRank'], retry: 'later' }),
  },
  takes: {
    amount: ({ event: { data } }) => ({ amountCents: data?.['amountCents'] as number }),
    receipt: ({ event: { at } }) => ({ receivedAt: at }),
  },
  postings: { reserve: (situation) => ({ from: 'budget', to: 'committed', cents: amountOf(situation) }) },
  letters: {
    reminder: { optional: true, title: text('Erinnerungen', 'Reminders'), to: () => ['applicantEditor'], words: () => ({ subject: text('Erinnerung', 'Reminder'), text: text('Bitte einreichen', 'Please submit') }) },
    moved: { to: () => ['applicantEditor'], words: () => ({ subject: text('Verlegt', 'Moved'), text: text('Neue Frist', 'New cut-off') }) },
    receipt: { to: () => ['applicantEditor'], words: ({ context }) => ({ subject: text('Eingang', 'Receipt'), text: text(context.fileNumber) }) },
  },
  children: ({ context, event: { at } }) => [1, 2].map((number) => ({ number, context: { amountCents: Math.floor(context.amountCents / 2) + (number - 1) * (context.amountCents % 2), payAt: at } })),
  clocks: ({ state }, { cycle }): readonly Clock[] => (state !== 'draft' ? [] : [
    ...['00', '06'].map((hour, index) => ({
      name: `reminder-${index + 1}`, at: onTheDay(cutOff(cycle), hour), event: 'remind', data: { step: index + 1 }, reminder: true as const, because: text('am Stichtag', 'on the day'),
    })),
    { name: 'expiry', at: cutOff(cycle), event: 'expire', data: {}, because: text('Ende der Frist', 'end of the period') },
  ]),
  stateLabels: Object.fromEntries(['draft', 'desk.review', 'desk.late', 'desk.proposed', 'queue', 'granted', 'done', 'expired', 'withdrawn', 'stopped'].map((name) => [name, text(name)])),
};

/** An hour of the cut-off's day, without a calendar. */
const onTheDay = (instant: Instant, hour: string): Instant => `${instant.slice(0, 'yyyy-mm-dd'.length)}T${hour}:00:00.000Z`;

interface PaymentContext extends Context { readonly amountCents: number; readonly payAt: Instant }

const paymentMachine: MachineDefinition<PaymentContext> = {
  lifecycle: payment,
  events: {
    ...Object.fromEntries(['fallDue', 'certify', 'cancel', 'order', 'markExported', 'comeBack'].map((name) => [name, event(z.strictObject({}), name)])),
    settle: event(z.looseObject({}), 'settle'), reject: event(z.looseObject({}), 'reject'),
  },
  senders: {
    fallDue: { roles: ['system'] }, certify: { roles: ['financeCertifier'] }, reject: { roles: ['financeCertifier', 'system'] }, cancel: { roles: ['system'] }, order: { roles: ['financeAuthoriser'], differentFrom: ['propose', 'confirm'] },
    markExported: { roles: ['system'] }, settle: { roles: ['financeCertifier', 'system'] }, comeBack: { roles: ['financeCertifier'] },
  },
  requirements: {},
  takes: {},
  postings: {
    pay: ({ context }) => ({ from: 'committed', to: 'paid', cents: cents(context.amountCents) }),
    giveBack: ({ context }) => ({ from: 'paid', to: 'committed', cents: cents(context.amountCents) }),
  },
  letters: {},
  clocks: ({ state, context }) => (state === 'planned' ? [{ name: 'payDay', at: context.payAt, event: 'fallDue', data: {}, because: text('sofort', 'at once') }] : []),
  stateLabels: Object.fromEntries(Object.keys(payment.states).map((name) => [name, text(name)])),
};

export const bursary: Programme = {
  id: 'bursary', version: 1, title: text('Stipendium', 'Bursary'), root: 'application', child: 'payment', signatures: ['propose', 'confirm', 'order'].map((event) => ({ event })),
  machines: { application: applicationMachine as never, payment: paymentMachine as never },
  payment: {
    machine: 'payment', certify: { state: 'due', event: 'certify', data: {}, acts: ['certify'] }, authorise: { state: 'certified', event: 'order' },
    order: { state: 'ordered', event: 'markExported' }, answer: { state: 'exported', settled: 'settle', returned: 'reject', reasons: { rejected: 'refused', returned: 'cameBack' } },
  },
  links: { up: { settle: 'paidOut', comeBack: 'cameBack' }, down: { stop: 'cancel' } },
  cycle: {
    schema: z.strictObject({ cutOffAt: z.string() }),
    default: (year) => ({ cutOffAt: `${year - 1}-10-31T23:00:00.000Z` }),
    sheet: (cycle) => ({
      fundingYear: 2028, opensAt: '2027-01-01T00:00:00.000Z', cutOffAt: cutOff(cycle), lateClaimsUntil: cutOff(cycle), payDates: [], budgetCents: 0,
      figures: {}, because: { cutOffAt: text(''), payDates: text('') },
    }),
    dates: (cycle) => [{ name: 'cutOffAt', label: text('Ende', 'end'), at: cutOff(cycle), because: text('gesetzt', 'set') }],
    fixed: [],
    moved: 'datesMoved',
  },
  form: { schema: z.strictObject({}), assess: () => ({ findings: [], lines: [], amountCents: 0 }) },
  match: { schema: z.strictObject({}), run: () => ({ verdict: 'unknown', applyThrough: 'self', reasons: [], maximumCents: null }) },
  begin: ({ fileNumber }) => ({ fileNumber, amountCents: 0 }),
  receipt: ({ context }: Stored) => ({ receivedAt: (context['receivedAt'] as Instant | undefined) ?? null, receiptNumber: context['receivedAt'] ? String(context['fileNumber']) : null }),
  opening: {
    sender: { roles: ['applicantEditor'] },
    requirements: { noneOpen: requirement(({ facts }) => facts.openApplications === 0 || {}) as never },
  },
  figures: ({ context }, children: readonly Member[]) => figures([{ name: 'submitted', reachedAt: (context['receivedAt'] as Instant | undefined) ?? null }], {
    requestedCents: context['amountCents'] as number,
    instalments: children.map(({ number, context: child }) => ({ number, amountCents: child['amountCents'] as number, payOn: '2028-05-01' })),
  }),
  childFigures: ({ context }) => figures([], { requestedCents: context['amountCents'] as number }),
};
