import type { Text } from '#kernel';

/** Not released yet: nothing of it is ordered. */
export const PREPARED = 'prepared';

/** Released, and not yet a file: until then a run can be recalled. */
export const RELEASING = 'releasing';

/** Over before there was a file: its rows are free from that moment, also before a worker has written that down. */
export const CALLED_OFF = 'recalled';

/** A run as people call it, and whether its execution day has passed. */
export interface KnownRun {
  readonly fileNumber: string;
  readonly dayPassed: boolean;
}

/** With the day passed nothing makes it a file any more, whatever it waited for. */
const DAY_PASSED = (name: string): Text => ({
  de: `Der Zahlungslauf ${name} hat keine Datei: Sein Ausführungstag ging vorbei, solange er wartete. Bitte zurückholen; was schon angeordnet ist, gehört in einen neuen Lauf. Sind die Zahlungen angehalten, müssen sie zuerst wieder zugelassen werden: Solange lässt sich kein Lauf vorbereiten.`,
  en: `The payment run ${name} has no file: its execution day passed while it waited. Please recall it; what has been ordered belongs into another run. If payments are frozen, the freeze has to be lifted first: until then no run can be prepared.`,
});

/** Why a released run has no file, by what its worker writes down: a row waits, payments stand still, or its day is over. */
const RUN_WAITS = {
  rowsDecided: (name) => ({
    de: `Der Zahlungslauf ${name} ist freigegeben, aber ohne Datei: Mindestens eine Rate wartet. Seine Zeilen nennen den Grund; bitte beheben oder den Lauf zurückholen.`,
    en: `The payment run ${name} is released but has no file: at least one instalment waits. Its rows say why; please clear that or recall the run.`,
  }),
  executionAhead: DAY_PASSED,
  paymentsNotFrozen: (name) => ({
    de: `Der Zahlungslauf ${name} ist freigegeben, aber ohne Datei: Alle Zahlungen stehen still. Bitte klären, was hinausging, und die Zahlungen wieder zulassen oder den Lauf zurückholen.`,
    en: `The payment run ${name} is released but has no file: payments are frozen. Please find out what went out and lift the freeze, or recall the run.`,
  }),
} as const satisfies { readonly [why: string]: (name: string) => Text };

/** Why a released run has no file. */
export type RunWait = keyof typeof RUN_WAITS;

/** What it means to people that this released run has no file for this reason; null where it is another fault. */
export function runWaitTold(why: string, { fileNumber, dayPassed }: KnownRun): Text | null {
  if (!Object.hasOwn(RUN_WAITS, why)) return null;
  return (dayPassed ? DAY_PASSED : RUN_WAITS[why as RunWait])(fileNumber);
}
