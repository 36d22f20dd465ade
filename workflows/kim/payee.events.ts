import { z } from 'zod';
import { formatDay, formatInstant } from '#calendar';
import type { EventDefinition, Json, Text } from '#kernel';
import { act, inner, lieFields, ofStaff, quoted, says, text, type Data } from './event.shapes.ts';
import { lastFour } from './payee.ts';
import { instant, words } from './shapes.ts';
import { spanAfter } from './spans.ts';

/** As long as in the form: whether a credit transfer carries it is a requirement, which says what to do. */
const holder = words(140);

/** What the bank answered when it was asked whether name and IBAN belong together. */
export const ANSWERS = {
  match: { de: 'der Name stimmt überein', en: 'the name matches' },
  closeMatch: { de: 'der Name stimmt beinahe überein', en: 'the name nearly matches' },
  noMatch: { de: 'der Name weicht ab', en: 'the name does not match' },
  notPossible: { de: 'die Prüfung war nicht möglich', en: 'the verification was not possible' },
} as const satisfies { readonly [answer: string]: Text };

const nameOrReason = ({ name, reason }: Data, language: keyof Text): string => {
  const parts = [...(name === undefined ? [] : [`${language === 'de' ? 'die Bank nennt' : 'the bank names'} ${String(name)}`]), ...(reason === undefined ? [] : [String(reason)])];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
};

const answerWords = (answer: Json | undefined): Text => ANSWERS[answer as keyof typeof ANSWERS];

/** An application's payee changes: the proposal opens a case of its own, and the application hears when it holds. */
export const payeeChangeEvents: { readonly [event: string]: EventDefinition } = {
  proposePayee: act({ de: 'Neue Bankverbindung vorschlagen', en: 'Propose new bank data' },
    (data) => ({
      de: `Als Zahlungsempfänger wurde ${text(data, 'holder')}, IBAN ${lastFour(text(data, 'iban'))}, vorgeschlagen: ${quoted(data, 'reason').de}.`,
      en: `${text(data, 'holder')}, IBAN ${lastFour(text(data, 'iban'))}, was proposed as the payee: ${quoted(data, 'reason').en}.`,
    }), z.strictObject({ iban: words(42), holder, bic: words(11).optional(), reason: words() })),
  payeeChanged: inner({ de: 'Neue Bankverbindung gilt', en: 'New bank data in force' },
    ({ number }) => ({ de: `Die neue Bankverbindung (Vorgang ${String(number)}) gilt.`, en: `The new bank data (case ${String(number)}) is in force.` }), z.strictObject({ number: z.int().min(1) })),
};

/** The events of a change of the payee's data. */
export const payeeEvents: { readonly [event: string]: EventDefinition } = {
  checkPayeeDocument: act({ de: 'Beleg der Bankverbindung prüfen', en: 'Check the document of the bank data' },
    (data) => ({ de: `Die Bankverbindung stimmt mit dem Beleg überein: ${quoted(data, 'document').de}.`, en: `The bank data agrees with the document: ${quoted(data, 'document').en}.` }),
    z.strictObject({ document: words(300), matches: z.literal(true) })),
  noteCallBack: act({ de: 'Rückruf vermerken', en: 'Note the call-back' },
    (data) => {
      const at = data['at'] === undefined ? null : String(data['at']);
      return {
        de: `Rückruf unter der Nummer aus der Akte${at === null ? '' : ` am ${formatInstant(at, 'de')}`}: ${text(data, 'spokenTo')} hat die Bankverbindung bestätigt.`,
        en: `Call-back under the number on file${at === null ? '' : ` on ${formatInstant(at, 'en')}`}: ${text(data, 'spokenTo')} confirmed the bank data.`,
      };
    }, z.strictObject({ spokenTo: words(200), phoneFromFile: z.literal(true), at: instant.optional() })),
  approvePayee: act({ de: 'Bankverbindung freigeben', en: 'Approve the bank data' }, says('Die neue Bankverbindung wurde freigegeben; die Wartezeit läuft.', 'The new bank data was approved; the cooling down runs.')),
  declinePayee: act({ de: 'Bankverbindung ablehnen', en: 'Decline the bank data' },
    (data) => ({ de: `Die neue Bankverbindung wurde abgelehnt: ${quoted(data, 'reason').de}.`, en: `The new bank data was declined: ${quoted(data, 'reason').en}.` }), z.strictObject({ reason: words() })),
  remindPayee: ofStaff(inner({ de: 'An die neue Bankverbindung erinnern', en: 'Remind of the new bank data' },
    ({ days, since }) => ({
      de: `Seit ${formatDay(String(since), 'de')} nicht weiter geprüft: nach ${spanAfter(Number(days)).de} wurde erinnert.`,
      en: `Not checked any further since ${formatDay(String(since), 'en')}: a reminder after ${spanAfter(Number(days)).en}.`,
    }), lieFields)),
  cooledDown: act({ de: 'Wartezeit abgelaufen', en: 'Cooling down over' }, says('Die Wartezeit ist abgelaufen.', 'The cooling down has ended.')),
  followPayee: inner({ de: 'Durch eine neue Bankverbindung ersetzen', en: 'Replace by newer bank data' }, says('Eine neuere Bankverbindung gilt.', 'Newer bank data is in force.')),
  cancel: act({ de: 'Entfallen lassen', en: 'Cancel' }, says('Die Änderung der Bankverbindung entfällt, weil nichts mehr gezahlt wird.', 'The change of the bank data is cancelled because nothing is paid any more.')),
};

/** What an instalment hears of its payee. */
export const instalmentPayeeEvents: { readonly [event: string]: EventDefinition } = {
  notePayeeVerification: act({ de: 'Empfängerprüfung vermerken', en: 'Note the verification of payee' },
    (data) => ({
      de: `Empfängerprüfung der Bank: ${answerWords(data['answer']).de}${nameOrReason(data, 'de')}.`,
      en: `Verification of payee by the bank: ${answerWords(data['answer']).en}${nameOrReason(data, 'en')}.`,
    }), z.strictObject({ answer: z.enum(['match', 'closeMatch', 'noMatch', 'notPossible']), name: words(140).optional(), reason: words().optional() })),
  followPayee: inner({ de: 'Neuem Empfänger folgen', en: 'Follow the new payee' },
    says('Der Zahlungsempfänger hat sich geändert; Unterschriften sind hinfällig.', 'The payee has changed; signatures are void.')),
};
