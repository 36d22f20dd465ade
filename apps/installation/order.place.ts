import { formatDay } from '#calendar';
import type { Text } from '#kernel';
import type { OrderedIn } from '#payments';

/** Where the order of an instalment is, and what that means. */
export interface OrderPlace {
  readonly case: string;
  readonly endToEndId: string;
  /** The run that holds it, with its file once there is one; null while it waits for a run. */
  readonly run: { readonly id: string; readonly fileNumber: string; readonly executionOn: string; readonly file: string | null } | null;
  readonly text: Text;
}

const IN_NO_RUN: Text = {
  de: 'Der Zahlungsauftrag ist erteilt und steht in keinem Zahlungslauf. Bitte in einen Zahlungslauf nehmen.', en: 'The payment order is given and in no payment run. Please put it into a payment run.',
};

/** An order's place in words, as of a day; a run by the file number of its case, whatever its file is called. */
export function orderPlace({ caseId, endToEndId, runId, executionOn, file }: OrderedIn, fileNumber: string | undefined, today: string): OrderPlace {
  if (runId === null || fileNumber === undefined || executionOn === null) return { case: caseId, endToEndId, run: null, text: IN_NO_RUN };
  return { case: caseId, endToEndId, run: { id: runId, fileNumber, executionOn, file }, text: told({ name: fileNumber, executionOn, file, passed: executionOn < today }) };
}

/** Where an instalment is that a run holds which nobody has released yet, in words, as of a day. */
export function unreleasedPlace({ fileNumber, executionOn }: { readonly fileNumber: string; readonly executionOn: string }, today: string): Text {
  const run: Text = {
    de: `Die Rate steht im noch nicht freigegebenen Zahlungslauf ${fileNumber} mit Ausführungstag ${formatDay(executionOn, 'de')}`,
    en: `The instalment is in payment run ${fileNumber} with execution day ${formatDay(executionOn, 'en')}, which is not released yet`,
  };
  return executionOn < today ? {
    de: `${run.de}, der vorbei ist. Bitte den Lauf zurückholen; danach kann sie in einen anderen.`, en: `${run.en}; that day has passed. Please recall the run; then it can join another one.`,
  } : {
    de: `${run.de}. Bitte den Lauf freigeben lassen; in einen anderen kann sie erst, wenn er zurückgeholt ist.`, en: `${run.en}. Please have the run released; it can join another one only once that is recalled.`,
  };
}

function told({ name, executionOn, file, passed }: { readonly name: string; readonly executionOn: string; readonly file: string | null; readonly passed: boolean }): Text {
  const run: Text = {
    de: `Der Zahlungsauftrag steht im Zahlungslauf ${name} mit Ausführungstag ${formatDay(executionOn, 'de')}`, en: `The payment order is in payment run ${name} with execution day ${formatDay(executionOn, 'en')}`,
  };
  if (file === null) return passed ? {
    de: `${run.de}, der ohne Datei vorbeiging. Bitte den Lauf zurückholen; danach kann er in einen anderen.`, en: `${run.en}, which passed without a file. Please recall the run; then it can join another one.`,
  } : { de: `${run.de}, der noch keine Datei hat. Bitte dort nachsehen, worauf er wartet.`, en: `${run.en}, which has no file yet. Please see there what it waits for.` };
  return passed ? {
    de: `${run.de}, Datei ${file}. Der Tag ist vorbei: bitte den Kontoauszug einlesen, bei der Bank nachfragen oder von Hand bestätigen.`,
    en: `${run.en}, file ${file}. The day has passed: please import the statement, ask the bank, or confirm it by hand.`,
  } : { de: `${run.de}, Datei ${file}. Bitte den Ausführungstag abwarten.`, en: `${run.en}, file ${file}. Please wait for the execution day.` };
}
