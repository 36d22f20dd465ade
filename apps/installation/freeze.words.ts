import { formatInstant } from '#calendar';
import type { Text } from '#kernel';
import type { Freeze } from '#payments';

/** That all payments stand still, since when, by whom and why, and what comes first: to whoever could wonder why nothing is paid. */
export const frozenTold = ({ at, account, reason }: Freeze): Text => ({
  de: `Alle Zahlungen sind seit dem ${formatInstant(at, 'de')} angehalten (${account}: „${reason}“). Zuerst bitte klären, was an die Bank hinausging, und die Zahlungen wieder zulassen; das muss eine andere Person mit Anordnungsbefugnis sein als die, die sie angehalten hat. Bis dahin lässt sich kein Zahlungslauf vorbereiten.`,
  en: `All payments have been frozen since ${formatInstant(at, 'en')} (${account}: “${reason}”). First please find out what went out to the bank and lift the freeze; it has to be another authoriser than who froze them. Until then no payment run can be prepared.`,
});
