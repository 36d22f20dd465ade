/** The last line of a run, for scripts: `N passed, N failed`. A suite that does not start counts as failed; a skipped test too. */
module.exports = class PlainLine {
  onRunComplete(_, result) {
    const skipped = result.numPendingTests + result.numTodoTests;
    if (skipped > 0) console.log(`${skipped} skipped: nothing here may be skipped`);
    console.log(`${result.numPassedTests} passed, ${result.numFailedTests + result.numRuntimeErrorTestSuites + skipped} failed`);
  }
};
