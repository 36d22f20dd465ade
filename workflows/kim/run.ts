import { all, letter, run, take, type Lifecycle } from '#kernel';

/**
 * A payment run: instalments that go to the bank in one file. Releasing it authorises every row; what a row becomes is
 * decided by its instalment alone, so a run ends with its file, and whatever the bank answers belongs to the instalments.
 * Until there is a file it can be recalled, and has to be where its execution day passes first; what was ordered by then stays
 * ordered, and waits for the next run. A run that nobody releases is brought to mind, and one whose rows wait so that there is no file.
 */
export const paymentRun: Lifecycle = {
  id: 'paymentRun',
  initial: 'prepared',
  states: {
    prepared: {
      on: {
        remindRelease: { actions: [letter('runUnreleased')] },
        dropRow: { actions: [take('droppedRow')] },
        recallRun: { target: 'recalled', actions: [run] },
        release: { guard: all('rowsLeft', 'certifiedByOthers', 'executionAhead', 'executionInBudgetYear'), target: 'releasing', actions: [take('release'), run] },
      },
    },
    releasing: {
      on: {
        remindFile: { actions: [letter('runWithoutFile')] },
        recallRun: { target: 'recalled', actions: [run] },
        fileWritten: { guard: 'executionAhead', target: 'exported', actions: [take('file'), letter('runExported')] },
        nothingOrdered: { target: 'empty', actions: [take('refusals'), letter('runEmpty')] },
      },
    },
    exported: { type: 'final' },
    recalled: { type: 'final' },
    empty: { type: 'final' },
  },
};
