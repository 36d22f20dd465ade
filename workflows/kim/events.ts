import { z } from 'zod';
import { cents, formatEur } from '#money';
import { formatDay, formatInstant } from '#calendar';
import type { EventDefinition, Json, Text } from '#kernel';
import { adjust, changeEvents } from './change.events.ts';
import { APPLICATION_LINES, counted } from './counted.ts';
import { instalmentPayeeEvents, payeeChangeEvents } from './payee.events.ts';
import { act, exceptional, inner, lieFields, lies, quoted, says, text, type Data, waitFields } from './event.shapes.ts';
import { formSchema, SECTIONS } from './form.ts';
import { HOLD_REASONS, holdWords } from './holds.ts';
import { lateGrounds, lateGroundsWords } from './late.ts';
import { DATE_NAMES } from './labels.ts';
import { returnOf } from './returns.ts';
import { day, money, words } from './shapes.ts';
import { span, spanAfter, type DayUnit } from './spans.ts';

/** How a notice went out. */
const CHANNELS = {
  post: { de: 'zur Post gegeben', en: 'posted' },
  electronic: { de: 'elektronisch versandt', en: 'sent electronically' },
  portal: { de: 'zum Abruf bereitgestellt', en: 'made available for retrieval' },
} as const satisfies { readonly [channel: string]: Text };

const holdReason = words(200).meta({ examples: Object.keys(HOLD_REASONS) });

const document = z.strictObject({
  id: z.string().max(100), kind: z.enum(['concept']), name: words(300), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const verdict = z.strictObject({
  line: z.string().max(40), decision: z.enum(['approve', 'cut', 'refuse']), grantedCents: money.optional(), reason: words().optional(),
});

const instalmentNumber = z.strictObject({ number: z.int().min(1).max(2) });

const byApplicant: { readonly [event: string]: EventDefinition } = {
  saveForm: inner({ de: 'Antrag speichern', en: 'Save the form' }, says('Der Antrag wurde bearbeitet.', 'The form was edited.'), z.strictObject({ form: formSchema })),
  attach: inner({ de: 'Dokument beifügen', en: 'Attach a document' },
    ({ document: attached }) => {
      const { name } = attached as { readonly name: string };
      return { de: `Das Dokument „${name}“ wurde beigefügt.`, en: `The document “${name}” was attached.` };
    }, z.strictObject({ document })),
  requestSignature: act({ de: 'Zur Unterschrift geben', en: 'Request the signature' },
    says('Der Antrag wurde zur Unterschrift gegeben.', 'The application was handed over for signature.')),
  sendBackToEditor: act({ de: 'Zur Bearbeitung zurückgeben', en: 'Send back to the editor' },
    (data) => ({ de: `Der Antrag ging zur Bearbeitung zurück: ${quoted(data, 'comment').de}.`, en: `The application went back to its editor: ${quoted(data, 'comment').en}.` }),
    z.strictObject({ comment: words() })),
  sign: act({ de: 'Unterzeichnen und einreichen', en: 'Sign and submit' }, says('Der Antrag wurde unterzeichnet und ist eingegangen.', 'The application was signed and received.')),
  withdraw: act({ de: 'Antrag zurückziehen', en: 'Withdraw the application' },
    (data) => (data['reason'] === undefined ? { de: 'Der Antrag wurde zurückgezogen.', en: 'The application was withdrawn.' }
      : { de: `Der Antrag wurde zurückgezogen: ${quoted(data, 'reason').de}.`, en: `The application was withdrawn: ${quoted(data, 'reason').en}.` }),
    z.strictObject({ reason: words().optional() })),
  resubmit: act({ de: 'Ergänzung einreichen', en: 'Resubmit' }, says('Die Ergänzung wurde unterzeichnet und eingereicht.', 'The completion was signed and submitted.')),
  answerHearing: act({ de: 'Zur Anhörung Stellung nehmen', en: 'Answer the hearing' },
    (data) => ({ de: `Die Kommune hat zur Anhörung Stellung genommen: ${quoted(data, 'text').de}.`, en: `The municipality answered the hearing: ${quoted(data, 'text').en}.` }),
    z.strictObject({ text: words() })),
  waive: act({ de: 'Auf Rechtsbehelf verzichten', en: 'Waive the remedy' },
    says('Die Kommune hat auf die Klage verzichtet; der Bescheid ist bestandskräftig.', 'The municipality waived the remedy; the notice is final.')),
};

/** More time for one applicant, hearings and deliveries. */
const onTime: { readonly [event: string]: EventDefinition } = {
  remindDraft: act({ de: 'An den Entwurf erinnern', en: 'Remind of the draft' }, says('Die Sachbearbeitung hat an den Entwurf erinnert.', 'The case officer reminded of the draft.')),
  proposeExtension: exceptional(act({ de: 'Fristverlängerung vorschlagen', en: 'Propose an extension' },
    (data) => ({
      de: `Vorgeschlagen wurde, die Antragsfrist bis ${formatDay(text(data, 'until'), 'de')} zu verlängern: ${quoted(data, 'reason').de}.`,
      en: `It was proposed to extend the window until ${formatDay(text(data, 'until'), 'en')}: ${quoted(data, 'reason').en}.`,
    }), z.strictObject({ until: day, reason: words() }))),
  confirmExtension: exceptional(act({ de: 'Fristverlängerung bestätigen', en: 'Confirm the extension' }, says('Die Fristverlängerung wurde bestätigt.', 'The extension was confirmed.'))),
  declineExtension: exceptional(act({ de: 'Fristverlängerung ablehnen', en: 'Decline the extension' },
    (data) => ({ de: `Die Fristverlängerung wurde abgelehnt: ${quoted(data, 'reason').de}.`, en: `The extension was declined: ${quoted(data, 'reason').en}.` }),
    z.strictObject({ reason: words() }))),
  hear: act({ de: 'Anhören', en: 'Hold a hearing' },
    (data) => ({ de: `Die Kommune wurde angehört: ${quoted(data, 'text').de}.`, en: `The municipality was heard: ${quoted(data, 'text').en}.` }),
    z.strictObject({ text: words() })),
  recordArrival: act({ de: 'Zugang des Bescheids vermerken', en: 'Record the arrival of the notice' },
    (data) => ({
      de: `Der Bescheid ist am ${formatDay(text(data, 'arrivedOn'), 'de')} zugegangen.`, en: `The notice arrived on ${formatDay(text(data, 'arrivedOn'), 'en')}.`,
    }), z.strictObject({ arrivedOn: day })),
  reportUndelivered: act({ de: 'Unzustellbar melden', en: 'Report as undelivered' },
    (data) => ({ de: `Das Schreiben ist nicht zugegangen: ${quoted(data, 'reason').de}.`, en: `The letter did not arrive: ${quoted(data, 'reason').en}.` }),
    z.strictObject({ reason: words() })),
};

const byAgency: { readonly [event: string]: EventDefinition } = {
  proposeLate: exceptional(act({ de: 'Entscheidung über Verspätung vorschlagen', en: 'Propose on the late claim' },
    (data) => {
      const [reason, grounds] = [quoted(data, 'reason'), lateGroundsWords(data['grounds'])];
      return data['admit'] === true
        ? { de: `Vorgeschlagen wurde, den verspäteten Antrag zuzulassen: ${reason.de}.${grounds.de}`, en: `It was proposed to admit the late application: ${reason.en}.${grounds.en}` }
        : { de: `Vorgeschlagen wurde, den verspäteten Antrag abzulehnen: ${reason.de}.${grounds.de}`, en: `It was proposed to reject the late application: ${reason.en}.${grounds.en}` };
    }, z.strictObject({ admit: z.boolean(), reason: words(), grounds: lateGrounds.optional() }))),
  confirmLate: exceptional(act({ de: 'Vorschlag zur Verspätung bestätigen', en: 'Confirm the proposal on the late claim' },
    says('Der Vorschlag zum verspäteten Antrag wurde bestätigt.', 'The proposal on the late application was confirmed.'))),
  accept: act({ de: 'Zur Prüfung annehmen', en: 'Accept for review' }, says('Der Antrag wurde zur Prüfung angenommen.', 'The application was accepted for review.')),
  askCompletion: act({ de: 'Ergänzung anfordern', en: 'Ask for completion' },
    (data) => ({ de: `Eine Ergänzung wurde angefordert: ${quoted(data, 'text').de}.`, en: `A completion was requested: ${quoted(data, 'text').en}.` }),
    z.strictObject({ sections: z.array(z.enum(SECTIONS)).min(1).max(SECTIONS.length), text: words() })),
  recommend: act({ de: 'Entscheidung vorschlagen', en: 'Recommend a decision' },
    ({ lines }) => {
      const count = (decision: string): number => (lines as readonly { readonly decision: string }[]).filter((line) => line.decision === decision).length;
      return {
        de: `Vorgeschlagen: ${counted(count('approve'), APPLICATION_LINES).de} bewilligen, ${count('cut')} kürzen, ${count('refuse')} ablehnen.`,
        en: `Recommended: approve ${counted(count('approve'), APPLICATION_LINES).en}, cut ${count('cut')}, refuse ${count('refuse')}.`,
      };
    }, z.strictObject({ lines: z.array(verdict).max(210) })),
  sendBack: act({ de: 'An die Sachbearbeitung zurückgeben', en: 'Send back to the case officer' },
    (data) => ({ de: `Der Vorschlag ging an die Sachbearbeitung zurück: ${quoted(data, 'comment').de}.`, en: `The recommendation went back to the case officer: ${quoted(data, 'comment').en}.` }),
    z.strictObject({ comment: words() })),
  countersign: act({ de: 'Gegenzeichnen', en: 'Countersign' }, says('Der Vorschlag wurde gegengezeichnet.', 'The recommendation was countersigned.')),
  draftNotice: act({ de: 'Bescheid entwerfen', en: 'Draft the notice' }, says('Der Bescheid wurde ausgefertigt.', 'The notice was drawn up.')),
  issueNotice: act({ de: 'Bescheid absenden', en: 'Issue the notice' },
    (data) => {
      const { de, en } = CHANNELS[text(data, 'channel') as keyof typeof CHANNELS];
      return { de: `Der Bescheid wurde am ${formatDay(text(data, 'postedOn'), 'de')} ${de}.`, en: `The notice was ${en} on ${formatDay(text(data, 'postedOn'), 'en')}.` };
    }, z.strictObject({ channel: z.enum(['post', 'electronic', 'portal']), postedOn: day })),
  suitFiled: act({ de: 'Klage vermerken', en: 'Record a lawsuit' },
    (data) => ({ de: `Gegen den Bescheid wurde Klage erhoben (Aktenzeichen ${text(data, 'docket')}).`, en: `A lawsuit against the notice was filed (docket ${text(data, 'docket')}).` }),
    z.strictObject({ docket: words(200) })),
  suitEnded: act({ de: 'Ende der Klage vermerken', en: 'Record the end of the lawsuit' },
    (data) => (data['outcome'] === 'quashed' ? { de: 'Das Gericht hat den Bescheid aufgehoben.', en: 'The court quashed the notice.' }
      : { de: 'Die Klage ist beendet; der Bescheid hat Bestand.', en: 'The lawsuit has ended; the notice stands.' }),
    z.strictObject({ outcome: z.enum(['noticeStands', 'quashed']) })),
  placeHold: act({ de: 'Zahlung sperren', en: 'Place a hold' },
    ({ reason, scope }) => ({
      de: `${scope === 'all' ? 'Alle Zahlungen wurden' : `Rate ${String(scope)} wurde`} gesperrt: ${holdWords(reason).de}.`,
      en: `${scope === 'all' ? 'All payments were' : `Instalment ${String(scope)} was`} put on hold: ${holdWords(reason).en}.`,
    }), z.strictObject({ reason: holdReason, scope: z.enum(['all', '1', '2']) })),
  liftHold: act({ de: 'Zahlungssperre aufheben', en: 'Lift a hold' },
    (data) => ({ de: `Die Zahlungssperre ${text(data, 'hold')} wurde aufgehoben: ${quoted(data, 'reason').de}.`, en: `The hold ${text(data, 'hold')} was lifted: ${quoted(data, 'reason').en}.` }),
    z.strictObject({ hold: words(40), reason: words() })),
};

const stepFields = z.strictObject({ step: z.int().min(0).max(366) });
const daysLeft = (de: string, en: string) => ({ step }: Data): Text =>
  ({ de: `Erinnerung: noch ${span(Number(step)).de} der ${de}.`, en: `Reminder: ${span(Number(step)).en} left of the ${en}.` });

type Moved = readonly { readonly date: string; readonly from: string | null; readonly to: string | null }[];

/** Each moved date with where it was and where it is now. */
function movedInWords(moved: Json | undefined): Text {
  const instant = (at: string | null, language: keyof Text): string => (at === null ? '–' : formatInstant(at, language));
  const all = (language: keyof Text): string => (moved as unknown as Moved)
    .map(({ date, from, to }) => ` ${DATE_NAMES[date]?.[language] ?? date}: ${instant(from, language)} → ${instant(to, language)}.`).join('');
  return { de: all('de'), en: all('en') };
}

/** A revision of the round moved dates that concern this case. */
const datesMoved = inner({ de: 'Termine verlegt', en: 'Dates moved' },
  ({ reason, revision, moved }) => {
    const { de, en } = movedInWords(moved);
    return {
      de: `Die Termine der Förderrunde wurden geändert (Fassung ${String(revision)})${reason === null ? '' : `: „${String(reason)}“`}.${de}`,
      en: `The dates of the round were changed (revision ${String(revision)})${reason === null ? '' : `: “${String(reason)}”`}.${en}`,
    };
  }, z.strictObject({
    revision: z.int().min(1), reason: z.string().nullable(),
    moved: z.array(z.strictObject({ date: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  }));

const bySystem: { readonly [event: string]: EventDefinition } = {
  lapse: act({ de: 'Entwurf verfällt', en: 'The draft lapses' }, says('Der Entwurf ist verfallen; die Frist für verspätete Anträge ist abgelaufen.', 'The draft lapsed; the period for late claims has ended.')),
  completionPassed: act({ de: 'Ergänzungsfrist abgelaufen', en: 'Completion period over' },
    says('Die Ergänzungsfrist ist ohne Antwort abgelaufen; entschieden wird nach Aktenlage.', 'The completion period ended without an answer; the decision is made on the file as it stands.')),
  finality: act({ de: 'Bestandskraft', en: 'Finality' }, says('Der Bescheid ist bestandskräftig.', 'The notice is final.')),
  hearingPassed: act({ de: 'Anhörungsfrist abgelaufen', en: 'Hearing period over' },
    says('Die Anhörungsfrist ist ohne Stellungnahme abgelaufen.', 'The hearing period ended without an answer.')),
  retrievalPassed: act({ de: 'Abruffrist abgelaufen', en: 'Retrieval period over' },
    says('Der Bescheid wurde nicht binnen zehn Tagen abgerufen und ist nicht bekannt gegeben.', 'The notice was not retrieved within ten days and is not announced.')),
  remindCompletion: inner({ de: 'An die Ergänzung erinnern', en: 'Remind of the completion' }, daysLeft('Ergänzungsfrist', 'completion period'), stepFields),
  remindHearing: inner({ de: 'An die Anhörung erinnern', en: 'Remind of the hearing' }, daysLeft('Anhörungsfrist', 'hearing period'), stepFields),
  remindOffice: inner({ de: 'Die Behörde erinnern', en: 'Remind the office' },
    ({ days, since }) => ({ de: `Seit ${formatDay(String(since), 'de')} unbearbeitet: nach ${spanAfter(Number(days)).de} wurde erinnert.`, en: `Untouched since ${formatDay(String(since), 'en')}: a reminder after ${spanAfter(Number(days)).en}.` }), waitFields),
  escalate: inner({ de: 'Vorgesetzte unterrichten', en: 'Tell the superiors' },
    ({ days, since }) => ({ de: `Seit ${formatDay(String(since), 'de')} unbearbeitet: nach ${spanAfter(Number(days)).de} wurden Vorgesetzte unterrichtet.`, en: `Untouched since ${formatDay(String(since), 'en')}: superiors were told after ${spanAfter(Number(days)).en}.` }), waitFields),
  datesMoved,
  remind: inner({ de: 'An den Entwurf erinnern', en: 'Remind of the draft' },
    ({ step, unit }) => (step === 0 ? { de: 'Der Antragsschluss ist vorbei; der Entwurf kann noch als verspätet eingereicht werden.', en: 'The cut-off has passed; the draft can still be filed as late.' }
      : { de: `Erinnerung: noch ${span(Number(step), unit as DayUnit | undefined).de} bis zum Antragsschluss.`, en: `Reminder: ${span(Number(step), unit as DayUnit | undefined).en} left until the cut-off.` }),
    z.strictObject({ step: z.int().min(0).max(366), unit: z.enum(['workingDays', 'days']).optional() })),
  instalmentSettled: inner({ de: 'Rate erledigt', en: 'Instalment done' },
    ({ number }) => ({ de: `Rate ${String(number)} ist erledigt.`, en: `Instalment ${String(number)} is done.` }), instalmentNumber),
  instalmentReturned: inner({ de: 'Zahlung einer Rate zu klären', en: 'Payment of an instalment to be clarified' },
    ({ number }) => ({
      de: `Rate ${String(number)} ist nicht oder nicht ganz ausgezahlt: Ihre Zahlung wurde abgelehnt, kam zurück oder wurde berichtigt.`,
      en: `Instalment ${String(number)} is not paid, or not all of it: its payment was rejected, came back or was corrected.`,
    }), instalmentNumber),
  instalmentRestored: inner({ de: 'Rückläufer einer Rate zurückgenommen', en: 'Return of an instalment withdrawn' },
    ({ number }) => ({
      de: `Der Rückläufer der Rate ${String(number)} war ein Irrtum: Für sie gilt wieder, was vor der Meldung galt.`,
      en: `The return of instalment ${String(number)} was a mistake: what held before it was reported holds again.`,
    }), instalmentNumber),
  stop: inner({ de: 'Förderung beenden', en: 'Stop the grant' }, says('Die Förderung wurde beendet; offene Raten entfallen.', 'The grant was stopped; open instalments are cancelled.')),
};

/** The events of an application. */
export const applicationEvents: { readonly [event: string]: EventDefinition } = { ...byApplicant, ...byAgency, ...onTime, ...changeEvents, ...payeeChangeEvents, ...bySystem };

const euros = (amount: Json | undefined): Text => ({ de: formatEur(cents(Number(amount)), 'de'), en: formatEur(cents(Number(amount)), 'en') });

/** The events of an instalment. */
export const instalmentEvents: { readonly [event: string]: EventDefinition } = {
  certify: act({ de: 'Sachlich und rechnerisch feststellen', en: 'Certify' },
    says('Die Rate wurde sachlich und rechnerisch richtig festgestellt.', 'The instalment was certified as factually and arithmetically correct.'),
    z.strictObject({ factual: z.literal(true), arithmetic: z.literal(true) })),
  certifyFactually: act({ de: 'Sachlich feststellen', en: 'Certify as factually correct' },
    says('Die Rate wurde sachlich richtig festgestellt; eine andere Person stellt rechnerisch fest.', 'The instalment was certified as factually correct; another person certifies the arithmetic.'),
    z.strictObject({ factual: z.literal(true) })),
  authorise: act({ de: 'Auszahlung anordnen', en: 'Authorise the payment' }, says('Die Auszahlung wurde angeordnet.', 'The payment was authorised.')),
  recall: act({ de: 'Zurückholen', en: 'Recall' },
    (data) => ({ de: `Die Rate wurde zurückgeholt: ${quoted(data, 'reason').de}.`, en: `The instalment was recalled: ${quoted(data, 'reason').en}.` }), z.strictObject({ reason: words() })),
  confirmSettled: act({ de: 'Auszahlung bestätigen', en: 'Confirm the settlement' },
    (data) => ({
      de: `Die Rate wurde mit Wertstellung ${formatDay(text(data, 'valueDate'), 'de')} ausgezahlt (${text(data, 'reference')}).`,
      en: `The instalment was settled with value date ${formatDay(text(data, 'valueDate'), 'en')} (${text(data, 'reference')}).`,
    }), z.strictObject({ valueDate: day, reference: words(200) })),
  reportReturn: act({ de: 'Rückläufer melden', en: 'Report a return' },
    (data) => {
      const { kind, words: why } = returnOf(text(data, 'reason'));
      const amount = euros(data['amountCents']);
      return {
        rejected: {
          de: `Die Bank hat den Auftrag über ${amount.de} abgelehnt und nicht ausgeführt: „${why.de}“.`,
          en: `The bank rejected the order of ${amount.en} and did not carry it out: “${why.en}”.`,
        },
        returned: { de: `${amount.de} kamen von der Bank zurück: „${why.de}“.`, en: `${amount.en} came back from the bank: “${why.en}”.` },
        byHand: { de: `${amount.de} wurden von Hand als zurückgekommen gemeldet: „${why.de}“.`, en: `${amount.en} were reported as returned by hand: “${why.en}”.` },
      }[kind];
    }, z.strictObject({ reason: words(), amountCents: money.min(1) })),
  reopen: act({ de: 'Erneut fällig stellen', en: 'Reopen' },
    (data) => ({ de: `Die Rate wurde erneut fällig gestellt: ${quoted(data, 'reason').de}.`, en: `The instalment was reopened: ${quoted(data, 'reason').en}.` }), z.strictObject({ reason: words() })),
  withdrawReturn: act({ de: 'Rückläufer zurücknehmen', en: 'Withdraw the return' },
    (data) => ({ de: `Die Meldung eines Rückläufers wurde zurückgenommen: ${quoted(data, 'reason').de}.`, en: `The report of a return was withdrawn: ${quoted(data, 'reason').en}.` }),
    z.strictObject({ reason: words() })),
  bearOutReturn: inner({ de: 'Rückläufer von der Bank bestätigt', en: 'Return borne out by the bank' },
    says('Die Bank hat den von Hand gemeldeten Rückläufer bestätigt.', 'The bank has borne out the return that was reported by hand.')),
  noteValueDate: inner({ de: 'Wertstellung der Bank vermerken', en: 'Note the bank\'s value date' },
    (data) => ({ de: `Die Bank nennt die Wertstellung ${formatDay(text(data, 'valueDate'), 'de')}; sie gilt.`, en: `The bank gives the value date ${formatDay(text(data, 'valueDate'), 'en')}, which holds.` }),
    z.strictObject({ valueDate: day })),
  remindFinance: inner({ de: 'Den Haushalt erinnern', en: 'Remind finance' }, says('Der Haushalt wurde an die bevorstehende Fälligkeit erinnert.', 'Finance was reminded of the coming pay date.')),
  warnPayment: inner({ de: 'Vor Hindernissen der Auszahlung warnen', en: 'Warn of obstacles to the payment' },
    ({ step }) => ({
      de: `Noch ${span(Number(step)).de} bis zum Zahltag: geprüft, was der Auszahlung entgegensteht.`, en: `${span(Number(step)).en} left until the pay date: checked what stands against the payment.`,
    }), stepFields),
  remindPayment: lies(inner({ de: 'An die Auszahlung erinnern', en: 'Remind of the payment' },
    ({ days, since }) => ({
      de: `Die Auszahlung liegt seit dem ${formatDay(String(since), 'de')}: nach ${spanAfter(Number(days)).de} wurde der Haushalt erinnert.`,
      en: `The payment has been lying since ${formatDay(String(since), 'en')}: finance was reminded after ${spanAfter(Number(days)).en}.`,
    }), lieFields)),
  remindBudgetEnd: inner({ de: 'An den Haushaltsschluss erinnern', en: 'Remind of the end of the budget year' },
    ({ step }) => ({
      de: `Noch ${span(Number(step)).de} bis zum Haushaltsschluss: an die Auszahlung wurde erinnert.`, en: `${span(Number(step)).en} left until the budget year closes: a reminder of the payment.`,
    }), stepFields),
  datesMoved,
  adjust,
  ...instalmentPayeeEvents,
  fallDue: act({ de: 'Fällig werden', en: 'Fall due' }, says('Der Zahltag ist erreicht; die Rate ist fällig.', 'The pay date has come; the instalment is due.')),
  markExported: act({ de: 'Zahlungsauftrag vermerken', en: 'Mark as exported' }, says('Der Zahlungsauftrag wurde erteilt.', 'The payment order was given.'),
    z.strictObject({ signed: z.string().max(64).optional() })),
  skip: act({ de: 'Überspringen', en: 'Skip' }, says('Die Rate beträgt 0,00 € und entfällt.', 'The instalment is €0.00 and is skipped.')),
  cancel: act({ de: 'Entfallen lassen', en: 'Cancel' }, says('Die Rate entfällt, weil die Förderung beendet wurde.', 'The instalment is cancelled because the grant was stopped.')),
};
