/** The same in German and English. */
export interface Words {
  readonly de: string;
  readonly en: string;
}

interface Said {
  readonly text: Words;
  readonly remedy: Words;
}

const said = (de: string, en: string, remedyDe: string, remedyEn: string): Said => ({ text: { de, en }, remedy: { de: remedyDe, en: remedyEn } });

/** Why a bank file is not read at all, by what must hold. */
export const FILE_WORDS = {
  fileGiven: said('Die Datei ist leer.', 'The file is empty.', 'Die Datei der Bank hochladen.', 'Upload the bank\'s file.'),
  fileWithinLimit: said('Die Datei ist größer als 32 MiB.', 'The file is larger than 32 MiB.',
    'Die Bank um kleinere Dateien bitten, etwa eine je Tag.', 'Ask the bank for smaller files, such as one a day.'),
  encodingUtf8: said('Die Datei ist nicht in UTF-8 geschrieben.', 'The file is not written in UTF-8.',
    'ISO 20022 verlangt UTF-8: die Datei unverändert von der Bank laden.', 'ISO 20022 demands UTF-8: load the file unchanged from the bank.'),
  noDoctype: said('Die Datei enthält eine DOCTYPE- oder ENTITY-Angabe. Bankdateien haben keine; sie könnte Fremdes nachladen.',
    'The file has a DOCTYPE or ENTITY declaration. Bank files have none; it could load foreign content.',
    'Die Datei nicht verwenden und ihre Herkunft klären.', 'Do not use the file, and find out where it came from.'),
  fewEnoughElements: said('Die Datei hat mehr Elemente, als eine Bankdatei dieser Größe haben kann.', 'The file has more elements than a bank file of its size can have.',
    'Die Bank um kleinere Dateien bitten oder die Herkunft klären.', 'Ask the bank for smaller files, or find out where it came from.'),
  fileComplete: said('Die Datei ist abgeschnitten: ihr Ende fehlt.', 'The file is cut off: its end is missing.', 'Die Datei noch einmal laden.', 'Load the file again.'),
  wellFormed: said('Die Datei ist kein wohlgeformtes XML.', 'The file is not well-formed XML.', 'Die Datei unverändert von der Bank laden.', 'Load the file unchanged from the bank.'),
  namespaceKnown: said('Die Datei ist keine Nachricht pain.002, camt.053 oder camt.054.', 'The file is no pain.002, camt.053 or camt.054 message.',
    'Zahlungsstatus oder Kontoauszug im Format ISO 20022 hochladen.', 'Upload a payment status report or an account statement in the ISO 20022 format.'),
  versionKnown: said('Diese Fassung der Nachricht wird nicht gelesen.', 'This version of the message is not read.',
    'Die Bank um pain.002.001.03 bis .12 oder camt.053/camt.054.001.02 bis .08 bitten.', 'Ask the bank for pain.002.001.03 to .12, or camt.053/camt.054.001.02 to .08.'),
  messageIdGiven: said('Die Nachricht nennt ihre Kennung (MsgId) nicht; ob sie schon eingelesen wurde, ist nicht zu erkennen.',
    'The message does not give its id (MsgId); whether it was imported before cannot be seen.',
    'Die Bank um eine vollständige Datei bitten.', 'Ask the bank for a complete file.'),
} as const satisfies Record<string, Said>;

/** The code of a refused bank file. */
export type FileFault = keyof typeof FILE_WORDS;

/** What a person can do about an entry: have it tried again, or say that nothing is (or no longer is) to be done. */
export type ResolveAction = 'retry' | 'done' | 'ignore';

interface Exceptional extends Said {
  readonly suggestedAction: ResolveAction;
}

const parked = (words: Said, suggestedAction: ResolveAction): Exceptional => ({ ...words, suggestedAction });
const BY_HAND = ['Den Betrag am Konto prüfen, Auszahlung oder Rückläufer von Hand melden und als erledigt vermerken.',
  'Check the amount on the account, report the settlement or the return by hand, and mark it as done.'] as const;

/** Why a single entry cannot be read with certainty, by what must hold. The rest of its file is imported. */
export const ENTRY_WORDS = {
  amountReadable: parked(said('Der Betrag fehlt oder ist keine Zahl ohne Vorzeichen.', 'The amount is missing or no number without a sign.', ...BY_HAND), 'done'),
  amountInCents: parked(said('Der Betrag hat mehr als zwei Nachkommastellen.', 'The amount has more than two decimals.', ...BY_HAND), 'done'),
  amountWithinLimit: parked(said('Der Betrag ist größer, als das Haus rechnet (9.999.999.999,99 €).', 'The amount is larger than the house counts (€9,999,999,999.99).', ...BY_HAND), 'done'),
  amountPositive: parked(said('Der Betrag ist null.', 'The amount is zero.', ...BY_HAND), 'ignore'),
  currencyEuro: parked(said('Der Betrag ist nicht in Euro.', 'The amount is not in euros.', ...BY_HAND), 'done'),
  batchSumMatches: parked(said('Die Einzelbeträge der Sammelbuchung ergeben nicht ihre Summe.', 'The single amounts of the batch booking do not make its sum.', ...BY_HAND), 'done'),
  dayReadable: parked(said('Der Buchungstag oder die Wertstellung ist kein Tag, den es gibt.', 'The booking day or the value date is no day that there is.',
    'Den Tag am Konto prüfen, Auszahlung oder Rückläufer von Hand melden und als erledigt vermerken.', 'Check the day on the account, report the settlement or the return by hand, and mark it as done.'), 'done'),
  directionKnown: parked(said('Soll oder Haben ist nicht angegeben oder passt nicht zum Vorgang.', 'Debit or credit is not given or does not fit the transaction.', ...BY_HAND), 'done'),
  statusKnown: parked(said('Der Status der Bank ist unbekannt oder gilt nur für einen Teil.', 'The bank\'s status is unknown, or holds only for a part.',
    'Bei der Bank nachfragen und das Ergebnis von Hand melden.', 'Ask the bank and report the result by hand.'), 'done'),
  accountGiven: parked(said('Der Auszug nennt sein Konto nicht.', 'The statement does not name its account.',
    'Die Bank um einen vollständigen Auszug bitten; was darin stimmt, von Hand melden.', 'Ask the bank for a complete statement; report by hand what is right in it.'), 'done'),
  returnRecognised: parked(said('Eine Gutschrift, die nicht als Rückläufer gekennzeichnet ist.', 'A credit that is not marked as a return.',
    'Klären, woher das Geld kommt; ist es ein Rückläufer, ihn von Hand melden.', 'Find out where the money comes from; if it is a return, report it by hand.'), 'done'),
} as const satisfies Record<string, Exceptional>;

/** The code of an entry that could not be read with certainty. */
export type EntryFault = keyof typeof ENTRY_WORDS;

/** Why an entry that was read moves no instalment, by what must hold. */
export const EXCEPTION_WORDS = {
  ...ENTRY_WORDS,
  accountOurs: parked(said('Der Auszug gehört zu einem Konto, von dem dieses Haus nicht zahlt.', 'The statement belongs to an account that this house does not pay from.',
    'Prüfen, ob die richtige Datei eingelesen wurde.', 'Check whether the right file was imported.'), 'ignore'),
  referenceGiven: parked(said('Die Buchung nennt keine Referenz (EndToEndId), und die Sammlung ist nicht bekannt.', 'The entry gives no reference (EndToEndId), and its batch is not known.',
    'Die Buchung am Konto zuordnen; gehört sie nicht zu einer Auszahlung, sie übergehen.', 'Match the entry by hand; if it belongs to no payment, ignore it.'), 'ignore'),
  orderKnown: parked(said('Zu dieser Referenz (EndToEndId) gibt es keinen Zahlungsauftrag.', 'There is no payment order with this reference (EndToEndId).',
    'Gehört die Buchung zu keiner Auszahlung, sie übergehen.', 'If the entry belongs to no payment, ignore it.'), 'ignore'),
  orderWritten: parked(said('Die Referenz (EndToEndId) sieht aus wie eine des Hauses, aber dazu gibt es keinen Zahlungsauftrag.', 'The reference (EndToEndId) looks like one of ours, but there is no payment order with it.',
    'Klären, wer diese Zahlung veranlasst hat, bevor die Rate gezahlt wird. Nach einer Wiederherstellung zuerst klären, was hinausging; ist der Auftrag da, erneut versuchen.',
    'Find out who made this payment before the instalment is paid. After a restore find out first what went out; once the order is there, retry.'), 'retry'),
  amountMatches: parked(said('Der Betrag ist nicht der des Zahlungsauftrags.', 'The amount is not that of the payment order.', ...BY_HAND), 'done'),
  bookedSinceExecution: parked(said('Die Buchung liegt mehrere Tage vor dem, an dem die Bank den Auftrag ausführen sollte.', 'The booking lies several days before the one on which the bank was to carry out the order.',
    'Den Tag am Konto prüfen, Auszahlung oder Rückläufer von Hand melden und als erledigt vermerken.', 'Check the day on the account, report the settlement or the return by hand, and mark it as done.'), 'done'),
  bookedByNow: parked(said('Buchung oder Wertstellung liegt mehr als ein Jahr voraus.', 'The booking or value date lies more than a year ahead.',
    'Den Tag am Konto prüfen; ist er gekommen, erneut versuchen.', 'Check the day on the account; once it has come, retry.'), 'retry'),
  settledOnce: parked(said('Die Bank meldet dieselbe Auszahlung ein zweites Mal, mit anderer Bankreferenz oder anderem Betrag.',
    'The bank reports the same payment a second time, with another reference or amount.',
    'Mit der Bank klären, ob zweimal belastet wurde; bei einer Doppelmeldung übergehen.', 'Find out from the bank whether it was debited twice; ignore a mere second report.'), 'ignore'),
  returnWithinPayment: parked(said('Zusammen käme mehr zurück, als mit diesem Auftrag gezahlt wurde.', 'Together more would have come back than was paid with this order.',
    'Mit der Bank klären; bei einer Doppelmeldung übergehen.', 'Ask the bank; ignore a mere second report.'), 'ignore'),
  noContradiction: parked(said('Die Bank hat zu diesem Auftrag vorher das Gegenteil gemeldet: abgelehnt und ausgeführt.', 'The bank said the opposite about this order before: rejected and executed.',
    'Mit der Bank klären, ob gezahlt wurde, und es von Hand melden.', 'Find out from the bank whether it was paid, and report it by hand.'), 'done'),
  notOnlyRepeated: parked(said('Die Bank hat eine Wiederholung abgelehnt (gleiche Kennung); die erste Einreichung kann ausgeführt sein.',
    'The bank has rejected a repetition (same id); the first submission may have been executed.',
    'Mit der Bank klären, was mit der ersten Einreichung geschah, und es von Hand melden.', 'Find out what became of the first submission, and report it by hand.'), 'ignore'),
  orderNewest: parked(said('Der Auftrag ist inzwischen durch einen neuen ersetzt.', 'The order has been replaced by a newer one meanwhile.',
    'Prüfen, ob das Geld zweimal unterwegs ist; einen späten Rückläufer von Hand melden.', 'Check whether the money is on its way twice; report a late return by hand.'), 'done'),
  possibleHere: parked(said('Die Rate steht nicht so, dass die Bankmeldung sie weiterbringen könnte.', 'The instalment does not stand where the bank\'s message could move it.',
    'Den Stand der Rate klären, dann erneut versuchen oder als erledigt vermerken. Kam schon ein anderer Teil zurück, der noch nicht wieder gezahlt ist: als erledigt vermerken und diesen Betrag von Hand melden, sobald die Rate wieder gezahlt ist.',
    'Clarify how the instalment stands, then retry or mark it as done. If another part came back before and is not paid again yet: mark it as done, and report this amount by hand once the instalment is paid again.'), 'retry'),
} as const satisfies Record<string, Exceptional>;

/** The code of an entry that waits for a person. */
export type ExceptionCode = keyof typeof EXCEPTION_WORDS;
