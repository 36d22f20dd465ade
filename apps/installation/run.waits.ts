import type { Text } from '#kernel';

/** Released, and not yet a file: until then a run can be recalled. */
export const RELEASING = 'releasing';

/** Over before there was a file: its rows are free from that moment, also before a worker has written that down. */
export const CALLED_OFF = 'recalled';

/** Why a released run has no file, by what its worker writes down: a row waits, payments stand still, or its day is over. */
const RUN_WAITS = {
  rowsDecided: {
    de: 'Der Zahlungslauf ist freigegeben, aber ohne Datei: Mindestens eine Rate wartet. Seine Zeilen nennen den Grund; bitte beheben oder den Lauf zurückholen.',
    en: 'The payment run is released but has no file: at least one instalment waits. Its rows say why; please clear that or recall the run.',
  },
  executionAhead: {
    de: 'Der Zahlungslauf hat keine Datei: Sein Ausführungstag ging vorbei, solange eine Rate wartete. Bitte zurückholen und neu vorbereiten; was schon angeordnet ist, gehört in den neuen Lauf.',
    en: 'The payment run has no file: its execution day passed while an instalment waited. Please recall it and prepare it anew; what has been ordered belongs into the new run.',
  },
  paymentsNotFrozen: {
    de: 'Der Zahlungslauf ist freigegeben, aber ohne Datei: Alle Zahlungen stehen still. Bitte klären, was hinausging, und die Zahlungen wieder zulassen oder den Lauf zurückholen.',
    en: 'The payment run is released but has no file: payments are frozen. Please find out what went out and lift the freeze, or recall the run.',
  },
} as const satisfies { readonly [why: string]: Text };

/** Why a released run has no file. */
export type RunWait = keyof typeof RUN_WAITS;

/** What it means to people that a released run has no file for this reason; null where it is another fault. */
export const runWaitTold = (why: string): Text | null => (Object.hasOwn(RUN_WAITS, why) ? RUN_WAITS[why as RunWait] : null);
