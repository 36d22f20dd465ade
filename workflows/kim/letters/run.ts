import { dayOf } from '#calendar';
import type { LetterDefinition, Situation, Text } from '#kernel';
import { counted, PAYMENTS, REFUSED } from '../counted.ts';
import { budgetOpenUntil, cycleOf } from '../cycle.ts';
import type { PaymentRun } from '../run.context.ts';
import { aboutReminder, toFinance } from './escalation.ts';
import { both, euros, letterOn, LIFT_OR_RECALL, onDay } from './paper.ts';

type Case = Situation<PaymentRun>;

const hasPassed = ({ context, event }: Case): boolean => dayOf(event.at) > context.executionOn;
const budgetEnd = ({ facts }: Case): string => budgetOpenUntil(cycleOf(facts.cycle));

/** What a run pays, as far as anybody knows. */
const paying = ({ context: { count, sumCents } }: Case): Text => ({
  de: `mit ${counted(count, PAYMENTS).de} über ${euros(sumCents).de}`, en: `of ${counted(count, PAYMENTS).en} of ${euros(sumCents).en}`,
});

/** How what a run does not pay can still be paid: none is prepared after the budget year, or while payments stand still. */
const another = (situation: Case): Text => (dayOf(situation.event.at) > budgetEnd(situation) ? {
  de: `Das Haushaltsjahr ist seit dem ${onDay(budgetEnd(situation)).de} geschlossen: Ein neuer Lauf lässt sich erst vorbereiten, wenn die Administration in der Förderrunde einen späteren Haushaltsschluss setzt. Was angeordnet ist und nicht mehr gezahlt werden soll, bitte bei seiner Rate als zurückgekommen melden.`,
  en: `The budget year closed on ${onDay(budgetEnd(situation)).en}: another run can only be prepared once the administration sets a later end of the budget year in the funding round. What is ordered and is not to be paid any more, please report as returned with its instalment.`,
} : {
  de: 'Danach bitte einen neuen Lauf vorbereiten. Sind alle Zahlungen angehalten, müssen sie zuerst wieder zugelassen werden: Solange lässt sich kein Lauf vorbereiten.',
  en: 'Then please prepare another run. If all payments are frozen, the freeze has to be lifted first: until then no run can be prepared.',
});

const RECALL: Text = { de: 'Bitte den Lauf zurückholen.', en: 'Please recall the run.' };

/** Several sentences as one text. */
const together = (...texts: readonly Text[]): Text => both((language) => texts.map((text) => text[language]).join(' '));

/** Why a prepared run is not released yet, or cannot be any more, and what to do. */
function unreleased(situation: Case): readonly Text[] {
  const { context: { count, executionOn } } = situation;
  if (count === 0) return [{ de: 'Alle Raten sind aus dem Lauf genommen: Er kann nicht mehr freigegeben werden.', en: 'All instalments were dropped from the run: it can no longer be released.' }, RECALL];
  if (hasPassed(situation)) return [{
    de: `Der Lauf ${paying(situation).de} wurde bis zu seinem Ausführungstag nicht freigegeben und kann es nicht mehr werden.`,
    en: `The run ${paying(situation).en} was not released by its execution day and can no longer be.`,
  }, RECALL, another(situation)];
  if (executionOn > budgetEnd(situation)) return [{
    de: `Der Lauf ${paying(situation).de} kann nicht freigegeben werden: Das Haushaltsjahr zahlt nur bis zum ${onDay(budgetEnd(situation)).de}. Bitte zurückholen und mit einem früheren Ausführungstag neu vorbereiten, oder die Administration setzt in der Förderrunde einen späteren Haushaltsschluss.`,
    en: `The run ${paying(situation).en} cannot be released: the budget year only pays until ${onDay(budgetEnd(situation)).en}. Please recall it and prepare it anew with an earlier execution day, or the administration sets a later end of the budget year in the funding round.`,
  }];
  return [{
    de: `Der Lauf ${paying(situation).de} ist vorbereitet, aber noch nicht freigegeben. Freigeben muss eine andere Person als die, die ihn vorbereitet oder eine seiner Raten festgestellt hat.`,
    en: `The run ${paying(situation).en} is prepared but not released. It has to be released by another person than who prepared it or certified one of its instalments.`,
  }];
}

const withoutFile = (situation: Case): readonly Text[] => [{
  de: `Der Lauf ${paying(situation).de} ist freigegeben, hat aber keine Zahlungsdatei, und nichts wird gezahlt: Mindestens eine seiner Raten wartet, oder alle Zahlungen sind angehalten. Die Raten des Laufs nennen, worauf sie warten.`,
  en: `The run ${paying(situation).en} was released but has no payment file, and nothing is paid: at least one of its instalments waits, or all payments are frozen. The rows of the run name what they wait for.`,
}, ...(hasPassed(situation) ? [{
  de: 'Der Ausführungstag ist vorbei: Mit ihm kann die Datei nicht mehr geschrieben werden.', en: 'The execution day has passed: with it the file can no longer be written.',
}, RECALL, { de: 'Was angeordnet ist, bleibt es und kommt in den nächsten Lauf.', en: 'What was ordered stays ordered and joins the next run.' }, another(situation)]
  : [{ de: `Als Nächstes: ${LIFT_OR_RECALL.de}`, en: `Next: ${LIFT_OR_RECALL.en}` }])];

/** What is to be done with a file: a bank carries it out only if it has it in time. */
function toTheBank({ context: { executionOn }, event }: Case): Text {
  const today = dayOf(event.at) === executionOn;
  return {
    de: `Als Nächstes: die Zahlungsdatei ${today ? 'noch heute' : 'rechtzeitig vor dem Ausführungstag'} bei der Bank einreichen. Datei und Begleitzettel stehen beim Lauf zum Herunterladen; auf dem Begleitzettel stehen Anzahl, Summe und Prüfsumme zum Vergleich. Was aus jeder Rate wurde, nennen die Zeilen des Laufs.`,
    en: `Next: take the payment file to the bank ${today ? 'today' : 'in time before the execution day'}. File and cover sheet can be downloaded with the run; the cover sheet names count, sum and hash to compare with. The rows of the run say what became of each instalment.`,
  };
}

function exported(situation: Case): readonly Text[] {
  const { file, refused } = situation.context;
  return [{
    de: `Die Zahlungsdatei enthält ${counted(file?.count ?? 0, PAYMENTS).de} über ${euros(file?.sumCents ?? 0).de}${refused === 0 ? '' : `; ${counted(refused, REFUSED).de}`}.\nSHA-256: ${file?.sha256 ?? ''}`,
    en: `The payment file holds ${counted(file?.count ?? 0, PAYMENTS).en} of ${euros(file?.sumCents ?? 0).en}${refused === 0 ? '' : `; ${counted(refused, REFUSED).en}`}.\nSHA-256: ${file?.sha256 ?? ''}`,
  }];
}

function empty(situation: Case): readonly Text[] {
  const { refused } = situation.context;
  return [refused === 1 ? { de: 'Die einzige Rate des Laufs wurde abgelehnt.', en: 'The only instalment of the run was refused.' }
    : refused === 0 ? { de: 'Keine Rate des Laufs wurde angeordnet.', en: 'No instalment of the run was ordered.' }
      : { de: `Alle ${counted(refused, REFUSED).de}.`, en: `All ${counted(refused, REFUSED).en}.` },
  { de: 'Es gibt keine Zahlungsdatei, und mit diesem Lauf wird nichts gezahlt.', en: 'There is no payment file, and nothing is paid with this run.' }];
}

const toMend = (situation: Case): Text => together({
  de: 'Als Nächstes: Die Zeilen des Laufs nennen zu jeder Rate den Grund; bitte beheben.', en: 'Next: the rows of the run name the reason for each instalment; please clear it.',
}, another(situation));

const executionDay = ({ context: { executionOn } }: Case): Text => ({ de: `Ausführungstag: ${onDay(executionOn).de}.`, en: `Execution day: ${onDay(executionOn).en}.` });

const inOneLine = (situation: Case): Text => {
  const { context: { fileNumber, executionOn } } = situation;
  return {
    de: `${fileNumber}, Zahlungslauf ${paying(situation).de}, Ausführungstag ${onDay(executionOn).de}`, en: `${fileNumber}, payment run ${paying(situation).en}, execution day ${onDay(executionOn).en}`,
  };
};

/** A letter about a run: its day, what is so, and what to do next; a run has no applicant to write to. */
const about = (subject: Text, ...body: readonly ((situation: Case) => Text)[]): Pick<LetterDefinition<PaymentRun>, 'words'> => ({
  words: (situation) => {
    const { fileNumber } = situation.context;
    return letterOn({ de: `Zahlungslauf ${fileNumber}`, en: `Payment run ${fileNumber}` }, subject, executionDay(situation), ...body.map((say) => say(situation)));
  },
});

/** A reminder of a run that lies: to finance, and later to those above them. */
const reminding = (title: Text, subject: Text, told: (situation: Case) => readonly Text[]): LetterDefinition<PaymentRun> => ({
  to: toFinance, title,
  digest: (situation) => both((language) => `${inOneLine(situation)[language]}. ${together(...told(situation), ...aboutReminder(situation))[language]}`),
  ...about(subject, (situation) => together(...told(situation), ...aboutReminder(situation))),
});

/** What finance is told of payment runs. */
export const runLetters: { readonly [kind: string]: LetterDefinition<PaymentRun> } = {
  runExported: { to: toFinance, ...about({ de: 'Zahlungsdatei geschrieben', en: 'payment file written' }, (situation) => together(...exported(situation)), toTheBank) },
  runUnreleased: reminding({ de: 'Zahlungsläufe, die niemand freigegeben hat', en: 'Payment runs that nobody has released' }, { de: 'nicht freigegeben', en: 'not released' }, unreleased),
  runWithoutFile: reminding({ de: 'Freigegebene Zahlungsläufe ohne Zahlungsdatei', en: 'Released payment runs without a payment file' },
    { de: 'freigegeben, aber ohne Zahlungsdatei', en: 'released, but without a payment file' }, withoutFile),
  runEmpty: { to: toFinance, ...about({ de: 'nichts angeordnet', en: 'nothing ordered' }, (situation) => together(...empty(situation)), toMend) },
};
