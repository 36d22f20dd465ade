import { edgesOf, leavesIn } from './graph.ts';
import type { AnyMachine } from './machine.ts';
import type { Json } from './words.ts';

/**
 * How a payment goes, in the programme's own names, step by step: each is the state in which one waits and what takes it
 * on. By these alone runs are prepared, orders written and the bank is heard: whoever does that knows no lifecycle.
 */
export interface PaymentCourse {
  /** The machine whose cases are paid. */
  readonly machine: string;
  readonly certify: {
    readonly state: string;
    readonly event: string;
    /** What it says where nothing stands against the payment: what a preview asks with. */
    readonly data: { readonly [field: string]: Json };
    /** Every event whose senders answer for the payment as certifiers: none of them releases it. */
    readonly acts: readonly string[];
  };
  /** Certified: the event orders the payment, in the authoriser's name. */
  readonly authorise: { readonly state: string; readonly event: string };
  /** Authorised: the event says that the order is written. Where `stands` does not hold, a later one counts and nothing is written. */
  readonly order: { readonly state: string; readonly event: string; readonly stands?: string };
  /**
   * With the bank, whose answers are told by these events: `settled` gets `{valueDate, reference}`, `returned`, also of what
   * was rejected, `{reason, amountCents}`. Its reason is one of `reasons`, in the programme's own names because a text would be
   * in one language, and behind it in brackets what the bank says. `within`: the requirement that no more comes back than was
   * paid, where there is one. `withdrawn`: a person takes back what another reported as returned, which then counts as never
   * said; the machine refuses whoever sent the newest `returned` of the case, and so does the database. `borneOut`: what the case hears when the bank tells of a return that a person has reported. `valued` gets
   * `{valueDate}`: where the bank gives another one than was said or taken before. `recovered`, of any machine, gets `{amountCents}`:
   * a person says that what was claimed has been paid back.
   */
  readonly answer: {
    readonly state: string;
    readonly settled: string;
    readonly returned: string;
    readonly reasons: { readonly rejected: string; readonly returned: string };
    readonly within?: string;
    readonly withdrawn?: string;
    readonly borneOut?: string;
    readonly valued?: string;
    readonly recovered?: string;
  };
}

/** The states in which an order is under way: it cannot be given a second time. */
export const underWay = ({ order, answer }: PaymentCourse): readonly string[] => [order.state, answer.state];

/** What the house says with the bank's answers, as an example. */
const SETTLED = { valueDate: '2000-01-31', reference: 'reference' };
const RETURNED = { reason: 'reason', amountCents: 1 };

/** What of a course its machine does not have, as sentences. */
export function lintCourse({ machine: name, certify, authorise, order, answer }: PaymentCourse, machines: { readonly [machine: string]: AnyMachine }): readonly string[] {
  const machine = machines[name];
  if (!machine) return [`payments need the unknown machine ${name}`];
  const leaves = leavesIn(machine.lifecycle).map(({ path }) => path);
  const unknown = [certify, authorise, order, answer].map(({ state }) => state).filter((state) => !leaves.includes(state));
  if (unknown.length > 0) return unknown.map((state) => `payments go through the unknown state ${state}`);
  const leads = (from: string, event: string, to?: string): boolean => edgesOf(machine).some((edge) => edge.from === from && edge.event === event && (to === undefined || edge.to === to));
  const takes = (event: string, data: object): boolean => machine.events[event]?.fields.safeParse(data).success === true;
  const steps = [
    { from: certify.state, event: certify.event, to: authorise.state, data: certify.data }, { from: authorise.state, event: authorise.event, to: order.state, data: {} },
    { from: order.state, event: order.event, to: answer.state, data: {} }, { from: answer.state, event: answer.settled, data: SETTLED }, { from: answer.state, event: answer.returned, data: RETURNED },
  ];
  return [
    ...steps.filter(({ from, event, to }) => !leads(from, event, to)).map(({ from, event, to }) => `no payment goes ${to === undefined ? `on from ${from}` : `from ${from} to ${to}`} by ${event}`),
    ...steps.filter(({ event, data }) => event in machine.events && !takes(event, data)).map(({ event }) => `${event} does not take what is said of payments`),
    ...(certify.acts.includes(certify.event) ? [] : [`whoever sends ${certify.event} is no certifier`]),
    ...certify.acts.filter((event) => !(event in machine.events)).map((event) => `certifiers send the unknown event ${event}`),
    ...[answer.withdrawn ?? [], answer.borneOut ?? [], answer.valued ?? []].flat().filter((event) => !(event in machine.events)).map((event) => `the bank's answers need the unknown event ${event}`),
    ...(answer.recovered === undefined || Object.values(machines).some(({ events }) => (answer.recovered ?? '') in events) ? [] : [`the bank's answers need the unknown event ${answer.recovered}`]),
    ...[{ event: answer.borneOut, data: {} }, { event: answer.valued, data: { valueDate: SETTLED.valueDate } }]
      .flatMap(({ event, data }) => (event !== undefined && event in machine.events && !takes(event, data) ? [`${event} does not take what is said of payments`] : [])),
    ...[order.stands ?? [], answer.within ?? []].flat().filter((requirement) => !(requirement in machine.requirements)).map((requirement) => `payments ask for the unknown requirement ${requirement}`),
  ];
}
