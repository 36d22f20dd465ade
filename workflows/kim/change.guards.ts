import type { Failure, Requirement, Situation, Text } from '#kernel';
import { changedLines, claimedCents, type LineChange } from './change.ts';
import { amountsFor, formIn, instalmentIn, instalmentsAmong, type Application, type BypassProposal } from './context.ts';
import { holdsOn } from './holds.ts';
import { awardOf, workplacesLimitCents } from './money.ts';

type Case = Situation<Application>;

const when = (holds: boolean, failure: Failure = {}): true | Failure => (holds ? true : failure);

const requirement = (
  retry: Requirement['retry'], text: Text, remedy: Text, holds: (situation: Case) => true | Failure, more: Pick<Requirement, 'ofFields'> = {},
): Requirement<Application> => ({ retry, text, remedy, holds, ...more });

/**
 * Every line of a change is one of the award's, named once and within its maximum; something changes, and something is left.
 * A post that is taken takes its workplace along, and says so: what is not named stays.
 */
function conclusive({ context, facts }: Case, changes: readonly LineChange[]): boolean {
  const { lines } = context;
  const named = changes.map(({ line }) => line);
  const known = changes.every(({ line, grantedCents }) => lines.some((candidate) => candidate.line === line && grantedCents <= candidate.maximumCents));
  if (!known || new Set(named).size < named.length) return false;
  const changed = changedLines(lines, changes, '');
  const limitCents = workplacesLimitCents(changed, formIn(context), amountsFor(context, facts.cycle));
  if (changed.some(({ line, grantedCents }) => line === 'workplaces' && (grantedCents ?? 0) > limitCents)) return false;
  return awardOf(changed) > 0 && changed.some(({ grantedCents }, index) => grantedCents !== lines[index]?.grantedCents);
}

/** The first instalment that is still to be paid. */
const nextInstalment = ({ facts }: Case): number | undefined =>
  instalmentsAmong(facts.children).filter(({ state }) => !['exported', 'settled', 'skipped', 'cancelled'].includes(state)).map((child) => instalmentIn(child).number).toSorted()[0];

function bypassable(situation: Case): boolean {
  const { context, event: { data } } = situation;
  const next = nextInstalment(situation);
  if (next === undefined) return false;
  return data === undefined ? holdsOn(next, context).length > 0 : passes(situation, { hold: String(data['hold']), number: Number(data['instalment']) });
}

/** Whether an instalment is the next one, and the hold one that stands in its way. */
const passes = (situation: Case, { hold, number }: Pick<BypassProposal, 'hold' | 'number'>): boolean =>
  number === nextInstalment(situation) && holdsOn(number, situation.context).some(({ id }) => id === hold);

/** The requirements of changes of an award, of claims and of bypasses, by the name that is also the refusal's code. */
export const ofTheChange = {
  noUnpostedChange: requirement('afterChange',
    { de: 'Über eine vorgeschlagene Änderung der Bewilligung ist noch nicht entschieden.', en: 'A proposed change of the award has not been decided yet.' },
    { de: 'Die Zweitzeichnung bestätigt die Änderung oder lehnt sie ab.', en: 'A second approver confirms or declines the change.' },
    ({ context }) => when(context.changeProposed == null)),
  changeConclusive: requirement('afterChange',
    { de: 'Die Änderung ist nicht schlüssig: unbekannte oder doppelte Position, über der Höchstgrenze, mehr Arbeitsplätze als geförderte Stellen, keine Änderung oder nichts mehr bewilligt.', en: 'The change is not conclusive: a line is unknown, named twice or above its maximum, there are more workplaces than funded posts, nothing changes, or nothing is left.' },
    { de: 'Die zu ändernden Positionen mit ihrem neuen Betrag angeben; wer alles nimmt, widerruft.', en: 'Name the lines to be changed with their new amounts; taking everything would be a revocation.' },
    (situation) => when(conclusive(situation, (situation.event.data?.['lines'] ?? []) as unknown as readonly LineChange[])), { ofFields: true }),
  changeProposed: requirement('afterChange',
    { de: 'Es liegt kein Vorschlag für eine Änderung der Bewilligung vor.', en: 'No change of the award has been proposed.' },
    { de: 'Die Sachbearbeitung kann eine Änderung vorschlagen.', en: 'A case officer can propose a change.' },
    ({ context }) => when(context.changeProposed != null)),
  nothingOnTheWay: requirement('later',
    { de: 'Eine Zahlung ist bei der Bank; erst wenn sie ausgeführt oder zurückgekommen ist, steht fest, was gezahlt ist.', en: 'A payment is with the bank; what is paid is certain only when it has settled or come back.' },
    { de: 'Die Antwort der Bank abwarten.', en: 'Wait for the answer of the bank.' },
    ({ facts }) => when(instalmentsAmong(facts.children).every(({ state }) => state !== 'exported'))),
  noneCancelled: requirement('never',
    { de: 'Eine Rate ist entfallen; die Bewilligung lässt sich nicht mehr auf beide verteilen.', en: 'An instalment was cancelled; the award can no longer be split between the two.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ facts }) => when(instalmentsAmong(facts.children).every(({ state }) => state !== 'cancelled'))),
  changeAnnounced: requirement('afterChange',
    { de: 'Es ist keine Änderung der Bewilligung bekannt gegeben.', en: 'No change of the award has been announced.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context }) => when(context.shares != null && context.noticedAward !== null)),
  changeUnannounced: requirement('afterChange',
    { de: 'Die geltende Bewilligung ist bekannt gegeben.', en: 'The award that holds is announced.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    ({ context }) => when(context.shares != null && context.noticedAward === null)),
  withinClaim: requirement('afterChange',
    { de: 'So viel ist nicht zurückgefordert.', en: 'That much is not claimed.' },
    { de: 'Den zurückgezahlten Betrag prüfen.', en: 'Check the amount that was paid back.' },
    ({ context, event: { data } }) => when(data === undefined ? claimedCents(context) > 0 : Number(data['amountCents']) <= claimedCents(context))),
  bypassPossible: requirement('afterChange',
    { de: 'Nur die nächste offene Rate kann an einer Sperre vorbei gezahlt werden, die für sie gilt.', en: 'Only the next open instalment can be paid past a hold, and only past one that concerns it.' },
    { de: 'Die nächste Rate und eine ihrer Sperren angeben.', en: 'Name the next instalment and one of its holds.' },
    (situation) => when(bypassable(situation))),
  bypassProposed: requirement('afterChange',
    { de: 'Es liegt kein Vorschlag vor, die nächste Rate an einer Sperre vorbei zu zahlen, die noch besteht.', en: 'No bypass of a hold that still stands has been proposed for the next instalment.' },
    { de: 'Sachbearbeitung oder Haushalt können ihn vorschlagen.', en: 'A case officer or finance can propose one.' },
    (situation) => when(situation.context.bypassProposed != null && passes(situation, situation.context.bypassProposed))),
};
