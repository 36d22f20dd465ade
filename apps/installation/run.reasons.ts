import { faultTold, type RowReason } from '#payments';

/** It is not what was seen any more. */
export const CHANGED: RowReason = {
  code: 'rowUnchanged',
  text: { de: 'Die Rate hat sich geändert, seit der Lauf vorbereitet wurde.', en: 'The instalment has changed since the run was prepared.' },
  remedy: { de: 'Die Rate prüfen; in einem neuen Lauf wird sie gezahlt.', en: 'Check the instalment; a new run will pay it.' },
};

/** Somebody took it back in time. */
export const RECALLED: RowReason = {
  code: 'rowRecalled',
  text: { de: 'Die Rate wurde nach der Anordnung zurückgeholt.', en: 'The instalment was recalled after it had been authorised.' },
  remedy: { de: 'Die Rate neu feststellen; in einem neuen Lauf wird sie gezahlt.', en: 'Certify the instalment again; a new run will pay it.' },
};

/** A person has told meanwhile what became of it, or it was ordered anew: this order pays nothing more. */
export const ANSWERED: RowReason = {
  code: 'orderAwaited',
  text: { de: 'Die Zahlung wurde schon als ausgeführt oder zurückgekommen gemeldet, oder die Rate wurde neu angeordnet.', en: 'The payment was reported as settled or returned already, or the instalment was ordered anew.' },
  remedy: { de: 'Den Stand der Rate prüfen; was neu angeordnet ist, gehört in den nächsten Lauf.', en: 'Check how the instalment stands; what was ordered anew belongs into the next run.' },
};

/** Ordered, in no file, and something has come up since: it does not go out before that is cleared. */
export const SINCE_ORDERED: RowReason = {
  code: 'nothingSinceOrder',
  text: { de: 'Die Zahlung ist angeordnet und noch in keiner Datei; seither steht ihr etwas entgegen.', en: 'The payment is ordered and in no file yet; something stands against it since.' },
  remedy: {
    de: 'Klären, was ihr entgegensteht. Soll sie so nicht hinausgehen: als zurückgekommen melden, die Rate wieder öffnen und neu feststellen.',
    en: 'Clear what stands against it. If it is not to go out like this: report it as returned, reopen the instalment and certify it anew.',
  },
};

/** What went out before a restore is never sent again; ordered by itself, the bank's answer finds it. */
export const GONE_OUT: RowReason = {
  code: 'notGoneOut',
  text: { de: 'Diese Zahlung ging vor der Wiederherstellung der Datenbank an die Bank.', en: 'This payment went to the bank before the database was restored.' },
  remedy: { de: 'Die Rate einzeln anordnen: Die Antwort der Bank findet dann ihren Auftrag, und keine Datei enthält sie.', en: 'Authorise the instalment by itself: then the answer of the bank finds its order, and no file contains it.' },
};

/** Whether it has left the account already is for a person to find out. */
export const BANK_WAITING: RowReason = {
  code: 'bankCleared',
  text: { de: 'Zu dieser Rate oder Referenz wartet eine Meldung der Bank auf Klärung, oder sie wird gerade verarbeitet.', en: 'A message of the bank about this instalment or reference waits to be clarified, or is being processed.' },
  remedy: { de: 'Die Ausnahme klären und auflösen; danach gehört die Rate in den nächsten Lauf.', en: 'Clarify and resolve the exception; then the instalment belongs into the next run.' },
};

/** A reference pays once: the bank has debited it, or two persons have said that it was paid in another way. */
export const REFERENCE_USED: RowReason = {
  code: 'referenceUnused',
  text: { de: 'Unter dieser Referenz hat die Bank schon eine Belastung gemeldet, oder zwei Personen haben bestätigt, dass ohne Datei gezahlt wurde.', en: 'The bank has reported a debit under this reference already, or two persons have confirmed that it was paid without a file.' },
  remedy: {
    de: 'Am Kontoauszug klären, ob das Geld geflossen ist. Ist es geflossen: die Rate einzeln anordnen, wenn sie es noch nicht ist, und die Meldung der Bank erneut versuchen oder die Auszahlung von Hand bestätigen. Ist es nicht geflossen: (1) wartet die Meldung der Bank noch, sie von einer anderen Person als der, die sie eingelesen hat, als erledigt vermerken lassen; (2) die Rate einzeln anordnen, wenn sie es noch nicht ist; (3) sie als Rückläufer melden und das von einer anderen Person der Finanzen bestätigen lassen; (4) sie erneut fällig stellen und neu feststellen: Sie erhält eine neue Referenz und gehört in den nächsten Lauf.',
    en: 'Find out from the statement whether the money has left. If it has: authorise the instalment by itself unless it is, and retry the bank\'s message or confirm the settlement by hand. If it has not: (1) where the bank\'s message still waits, have another person than the one who imported it mark it as done; (2) authorise the instalment by itself unless it is; (3) report it as returned and have another person of finance confirm that; (4) reopen it and certify it anew: it gets another reference and belongs into the next run.',
  },
};

/** What one person says came back is borne out before the family is paid again. */
export const RETURN_TOLD: RowReason = {
  code: 'returnTold',
  text: { de: 'Dass Geld dieser Kommune zurück ist, hat bisher nur eine Person gemeldet.', en: 'So far only one person has reported that money of this municipality is back.' },
  remedy: { de: 'Den Kontoauszug einlesen oder die Meldung bestätigen lassen.', en: 'Import the statement, or have the report confirmed.' },
};

/** Nobody authorises in the name of somebody who has left. */
export const RELEASER_GONE: RowReason = {
  code: 'releaserActive',
  text: { de: 'Die Person, die freigegeben hat, ist nicht mehr aktiv.', en: 'The person who released the run is no longer active.' },
  remedy: { de: 'Die Rate in einem neuen Lauf von einer anderen Person freigeben lassen.', en: 'Let another person release the instalment in a new run.' },
};

/** The first of its two signatures is missing. */
export const NOT_CERTIFIED: RowReason = {
  code: 'certified',
  text: { de: 'Die Rate ist noch nicht festgestellt.', en: 'The instalment is not certified yet.' },
  remedy: { de: 'Die Feststellung nachholen; danach gehört sie in den nächsten Lauf.', en: 'Certify it; then it belongs into the next run.' },
};

const NEVER_WRITTEN: RowReason = {
  code: 'orderWritable',
  text: { de: 'Der Zahlungsauftrag dieser Rate konnte nicht geschrieben werden; die Ausnahmen nennen den Grund.', en: 'The payment order of this instalment could not be written; the exceptions say why.' },
  remedy: { de: 'Die Rate zurückholen, den Grund klären und neu feststellen; in einem neuen Lauf wird sie gezahlt.', en: 'Recall the instalment, clear the reason and certify it again; a new run will pay it.' },
};

/** Authorised, and its order was given up for this: what a bank would refuse in its own words. */
export function orderGivenUp(why: string): RowReason {
  const told = faultTold(why);
  return told === null ? NEVER_WRITTEN : { code: why.split(' ', 1)[0] ?? why, ...told };
}

/** A payment lives in one run only; by that one's file number. */
export const inAnotherRun = (fileNumber: string): RowReason => ({
  code: 'inNoOtherRun',
  text: { de: `Die Zahlung ist schon im Zahlungslauf ${fileNumber}.`, en: `The payment is already in payment run ${fileNumber}.` },
  remedy: { de: 'Diesen Lauf freigeben und abschließen oder zurückholen.', en: 'Release and finish that run, or recall it.' },
});

/** Both of its signatures are there, its order is not: something holds it up, or a worker is about to write it. */
export const ORDER_TO_WRITE: RowReason = {
  code: 'orderWritten',
  text: { de: 'Die Rate ist angeordnet, aber ihr Zahlungsauftrag ist noch nicht geschrieben.', en: 'The instalment is authorised but its payment order is not written yet.' },
  remedy: {
    de: 'Aufheben, was ihn aufhält, oder die Rate zurückholen; steht nichts entgegen, die Vorschau gleich noch einmal abrufen.',
    en: 'Lift what holds it up, or recall the instalment; where nothing stands against it, get the preview again in a moment.',
  },
};

/** Nothing is paid until a person has said what went out. */
export const STANDING_STILL: RowReason = {
  code: 'paymentsNotFrozen',
  text: { de: 'Zahlungen sind angehalten.', en: 'Payments are frozen.' },
  remedy: { de: 'Erst wenn eine zweite Person bestätigt hat, was hinausging, wird wieder gezahlt.', en: 'Only once a second person has confirmed what went out will there be payments again.' },
};

/** Taken all the same, and then waits. */
export const WAITS_FROZEN: RowReason = {
  code: STANDING_STILL.code,
  text: { de: 'Zahlungen sind angehalten: Der Schritt ist möglich, aber was damit angeordnet wird, wartet.', en: 'Payments are frozen: the step is possible, but what it orders will wait.' },
  remedy: STANDING_STILL.remedy,
};

/** What a report by hand comes to where there is nothing to come back. */
export const NOTHING_SENT: RowReason = {
  code: 'orderUnsent',
  text: { de: 'Der Zahlungsauftrag steht in keiner Zahlungsdatei: Aus diesem System ist nichts an die Bank gegangen.', en: 'No payment file carries the payment order: nothing went to the bank from this system.' },
  remedy: {
    de: 'Die Meldung nimmt nur den Auftrag zurück; mit dem Kontoauszug ist nur zu vergleichen, was auf anderem Weg gezahlt wurde. Danach kann die Rate erneut fällig gestellt werden.',
    en: 'The report only takes the order back; only what was paid in another way is to be compared with the statement. Then the instalment can be reopened.',
  },
};

/** A reason of anybody's as a row keeps it. */
export const worded = (reasons: readonly RowReason[]): readonly RowReason[] => reasons.map(({ code, text, remedy }) => ({ code, text, remedy }));
