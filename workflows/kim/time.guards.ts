import { addDays, dayOf, endOfDay, retrievalEnd } from '#calendar';
import type { Day, Failure, Instant, Json, Requirement, Situation, Text } from '#kernel';
import { cutOffFor } from './calendar.ts';
import type { Application, Extension } from './context.ts';
import { cycleOf } from './cycle.ts';
import type { Verdict } from './money.ts';

type Case = Situation<Application>;

const when = (holds: boolean, failure: Failure = {}): true | Failure => (holds ? true : failure);

const requirement = (
  retry: Requirement['retry'], text: Text, remedy: Text, holds: (situation: Case) => true | Failure, more: Pick<Requirement, 'ofFields'> = {},
): Requirement<Application> => ({ retry, text, remedy, holds, ...more });

/** An extension may not be longer than this, from the last day that holds for everybody. */
const LONGEST_EXTENSION_DAYS = 366;

/** More time must really be more: it ends after now, after what holds already, and not beyond all measure. */
function isMoreTime({ until }: Pick<Extension, 'until'>, { context, event, facts }: Case): boolean {
  const present = cutOffFor(context, cycleOf(facts.cycle)).value;
  const end = endOfDay(until);
  return end > event.at && end > present && until <= addDays(dayOf(present), LONGEST_EXTENSION_DAYS);
}

type Moved = readonly { readonly date: string; readonly to: Instant | null }[];
const movedIn = ({ event }: Case): Moved => (event.data?.['moved'] ?? []) as unknown as Moved;

/** Whether an act refuses everything that was applied for. */
const refusesAll = (lines: Json | undefined): boolean =>
  ((lines ?? []) as unknown as readonly Verdict[]).every(({ decision, grantedCents = 0 }) => decision === 'refuse' && grantedCents === 0);

/** Requirements of more time, hearings and deliveries, by the name that is also the refusal's code. */
export const ofTime = {
  notRemindedToday: requirement('later',
    { de: 'An diesen Entwurf wurde heute schon erinnert.', en: 'This draft was already reminded of today.' },
    { de: 'Morgen ist eine weitere Erinnerung möglich.', en: 'Another reminder is possible tomorrow.' },
    ({ event, facts }) => {
      const last = facts.lastAt['remindDraft'];
      return when(last === undefined || dayOf(last) < dayOf(event.at), last === undefined ? {} : { from: endOfDay(dayOf(last)) });
    }),
  cutOffMoved: requirement('never',
    { de: 'Der Antragsschluss dieses Antrags hat sich nicht verschoben.', en: 'The cut-off of this application has not moved.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    (situation) => when(movedIn(situation).some(({ date, to }) =>
      date === 'cutOffAt' && to === cutOffFor(situation.context, cycleOf(situation.facts.cycle)).value)), { ofFields: true }),
  extensionAhead: requirement('afterChange',
    { de: 'Der Tag liegt nicht nach dem Ende der Frist, das schon gilt, oder mehr als ein Jahr danach.', en: 'The day does not lie after the end of the window as it stands, or lies more than a year after it.' },
    { de: 'Einen künftigen Tag nach dem geltenden Antragsschluss wählen.', en: 'Choose a future day after the present cut-off.' },
    (situation) => when(isMoreTime({ until: String(situation.event.data?.['until']) as Day }, situation)), { ofFields: true }),
  extensionProposed: requirement('afterChange',
    { de: 'Es liegt kein Vorschlag für eine Fristverlängerung vor.', en: 'No extension has been proposed.' },
    { de: 'Die Sachbearbeitung kann eine Fristverlängerung vorschlagen.', en: 'A case officer can propose an extension.' },
    ({ context }) => when(context.extensionProposed != null)),
  proposalAhead: requirement('afterChange',
    { de: 'Die vorgeschlagene Verlängerung ist schon vorbei oder bringt nichts mehr.', en: 'The proposed extension is over or would not help any more.' },
    { de: 'Eine längere Frist vorschlagen.', en: 'Propose a longer period.' },
    (situation) => when(situation.context.extensionProposed == null || isMoreTime(situation.context.extensionProposed, situation))),
  hearingHeld: requirement('afterChange',
    { de: 'Vor einer vollständigen Ablehnung ist die Kommune anzuhören, und die Anhörung muss sie erreicht haben.', en: 'Before everything is refused the municipality must be heard, and the hearing must have reached it.' },
    { de: 'Die Anhörung einleiten und ihr Ende abwarten.', en: 'Start the hearing and wait for its end.' },
    ({ context, event, facts }) => when(!cycleOf(facts.cycle).hearingBeforeRejection || !refusesAll(event.data?.['lines']) || context.hearing?.closed != null),
    { ofFields: true }),
  hearingPeriodOver: requirement('later',
    { de: 'Die Anhörungsfrist läuft noch.', en: 'The hearing period is still running.' },
    { de: 'Warten, bis sie endet.', en: 'Wait until it ends.' },
    ({ context, event }) => {
      const from = endOfDay(context.hearing?.until ?? dayOf(event.at));
      return when(event.at >= from, { from });
    }),
  arrivalPlausible: requirement('afterChange',
    { de: 'Der Zugang liegt vor der Absendung des Bescheids oder in der Zukunft.', en: 'The arrival lies before the notice was sent or in the future.' },
    { de: 'Den Tag angeben, an dem der Bescheid wirklich zugegangen ist.', en: 'Give the day on which the notice really arrived.' },
    ({ context, event }) => {
      const arrivedOn = String(event.data?.['arrivedOn']);
      return when(arrivedOn >= (context.notice?.postedOn ?? '') && arrivedOn <= dayOf(event.at));
    }, { ofFields: true }),
  retrievalOver: requirement('later',
    { de: 'Der Bescheid kann noch abgerufen werden oder wurde schon abgerufen.', en: 'The notice can still be retrieved or has been retrieved.' },
    { de: 'Das Ende der zehn Tage abwarten.', en: 'Wait until the ten days are over.' },
    ({ context: { notice }, event }) => {
      if (notice?.channel !== 'portal' || notice.postedOn === null || notice.arrivedOn !== undefined) return {};
      const from = endOfDay(retrievalEnd(notice.postedOn).value);
      return when(event.at >= from, { from });
    }),
};
