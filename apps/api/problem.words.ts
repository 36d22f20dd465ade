import type { Text } from '#kernel';

/** One kind of refusal on the wire: its status and its words. */
export interface ProblemKind {
  readonly status: number;
  readonly title: Text;
  readonly detail: Text;
}

const kind = (status: number, title: Text, detail: Text): ProblemKind => ({ status, title, detail });

/** Every problem the API itself can answer. A programme's requirements bring their own words and are 409. */
export const PROBLEMS = {
  malformedJson: kind(400,
    { de: 'Kein gültiges JSON', en: 'Not valid JSON' },
    { de: 'Der Inhalt der Anfrage ist kein JSON in UTF-8. Bitte prüfen Sie Klammern, Anführungszeichen und Kodierung.', en: 'The body of the request is not JSON in UTF-8. Check brackets, quotes and encoding.' }),
  malformedHeader: kind(400,
    { de: 'Kopfzeile nicht lesbar', en: 'Malformed header' },
    { de: 'Eine Kopfzeile der Anfrage hat nicht die vorgesehene Form.', en: 'A header of the request does not have the form it should have.' }),
  tokenMissing: kind(401,
    { de: 'Nicht angemeldet', en: 'Not signed in' },
    { de: 'Senden Sie ein Zugangstoken: „Authorization: Bearer …“.', en: 'Send an access token: “Authorization: Bearer …”.' }),
  tokenInvalid: kind(401,
    { de: 'Anmeldung ungültig', en: 'Sign-in not valid' },
    { de: 'Das Zugangstoken ist abgelaufen, gehört zu keinem aktiven Konto oder wurde nicht von dieser Installation ausgestellt.', en: 'The access token has expired, belongs to no active account or was not issued by this installation.' }),
  wrongRole: kind(403,
    { de: 'Andere Funktion nötig', en: 'Another role is needed' },
    { de: 'Dieser Schritt ist einer anderen Funktion vorbehalten.', en: 'This step is reserved for another role.' }),
  differentPerson: kind(403,
    { de: 'Andere Person nötig', en: 'Another person is needed' },
    { de: 'Vier-Augen-Prinzip: Eine andere Person muss handeln.', en: 'Four-eyes principle: another person must act.' }),
  notFound: kind(404,
    { de: 'Nicht gefunden', en: 'Not found' },
    { de: 'Unter dieser Adresse gibt es nichts, was Sie sehen dürfen.', en: 'There is nothing at this address that you may see.' }),
  notPossibleHere: kind(409,
    { de: 'In diesem Stand nicht möglich', en: 'Not possible in this state' },
    { de: 'Der Vorgang steht nicht so, dass dieser Schritt möglich wäre.', en: 'The case does not stand where this step is possible.' }),
  requirement: kind(409,
    { de: 'Voraussetzung fehlt', en: 'A requirement is missing' },
    { de: 'Mindestens eine Voraussetzung ist nicht erfüllt.', en: 'At least one requirement does not hold.' }),
  keyInFlight: kind(409,
    { de: 'Anfrage läuft noch', en: 'Request still running' },
    { de: 'Eine Anfrage mit diesem Idempotency-Key wird gerade bearbeitet. Wiederholen Sie sie gleich noch einmal.', en: 'A request with this Idempotency-Key is being worked on. Repeat it in a moment.' }),
  tooManyFeeds: kind(409,
    { de: 'Zu viele Kalender-Abos', en: 'Too many calendar feeds' },
    { de: 'Mehr Kalender-Abos kann eine Person nicht haben. Widerrufen Sie eines, das Sie nicht mehr brauchen.', en: 'One person cannot have more calendar feeds. Revoke one that you no longer need.' }),
  clockForwards: kind(409,
    { de: 'Die Uhr geht nur vorwärts', en: 'The clock only moves forwards' },
    { de: 'Der gewünschte Zeitpunkt liegt vor der Zeit dieser Installation.', en: 'The wanted instant lies before the time of this installation.' }),
  paymentsFrozen: kind(409,
    { de: 'Zahlungen sind nicht angehalten', en: 'Payments are not frozen' },
    { de: 'Es gibt nichts aufzuheben: Zahlungen laufen.', en: 'There is nothing to lift: payments go on.' }),
  fileNotWritten: kind(409,
    { de: 'Noch keine Zahlungsdatei', en: 'No payment file yet' },
    { de: 'Die Datei wird geschrieben, sobald der Lauf freigegeben und jede seiner Raten entschieden ist.', en: 'The file is written once the run is released and each of its instalments is decided.' }),
  letterMandatory: kind(409,
    { de: 'Nicht abbestellbar', en: 'One cannot unsubscribe from this' },
    { de: 'Dieses Schreiben gehört zum Verfahren. Abbestellen lassen sich die Arten, die GET /me/mail nennt.', en: 'This letter is part of the procedure. One can unsubscribe from the kinds that GET /me/mail names.' }),
  staleVersion: kind(412,
    { de: 'Inzwischen geändert', en: 'Changed in the meantime' },
    { de: 'Jemand hat den Vorgang geändert, seit Sie ihn gelesen haben. Unter „changed“ steht, was; lesen Sie ihn neu.', en: 'Someone has changed the case since you read it. “changed” says what; read it again.' }),
  fileTooLarge: kind(413,
    { de: 'Zu groß', en: 'Too large' },
    { de: 'Die Datei oder der Inhalt der Anfrage ist größer als erlaubt (Dateien: 10 MiB, Bankdateien: 32 MiB, sonst 1 MiB).', en: 'The file or the body of the request is larger than allowed (files: 10 MiB, bank files: 32 MiB, otherwise 1 MiB).' }),
  fileTypeNotAllowed: kind(415,
    { de: 'Dateityp nicht erlaubt', en: 'Type not allowed' },
    { de: 'Erlaubt sind Dateien, die ihrem Inhalt nach PDF sind, Bankdateien in XML, und sonst „application/json“ in UTF-8.', en: 'Allowed are files that are PDF by content, bank files in XML, and otherwise “application/json” in UTF-8.' }),
  invalidBody: kind(422,
    { de: 'Angaben nicht verarbeitbar', en: 'Invalid input' },
    { de: 'Mindestens eine Angabe fehlt, ist unbekannt oder hat die falsche Form. Unter „errors“ steht, welche.', en: 'At least one field is missing, unknown or has the wrong form. “errors” says which.' }),
  bankFileRefused: kind(422,
    { de: 'Bankdatei nicht verwendbar', en: 'Bank file refused' },
    { de: 'Die Datei wurde nicht eingelesen; nichts wurde geändert. Unter „reasons“ steht, warum.', en: 'The file was not imported; nothing has changed. “reasons” says why.' }),
  keyReused: kind(422,
    { de: 'Idempotency-Key schon verwendet', en: 'Idempotency-Key already used' },
    { de: 'Dieser Idempotency-Key gehört zu einer anderen Anfrage. Verwenden Sie für jede neue Anfrage einen neuen.', en: 'This Idempotency-Key belongs to another request. Use a new one for each new request.' }),
  ifMatchMissing: kind(428,
    { de: 'If-Match fehlt', en: 'If-Match is missing' },
    { de: 'Nennen Sie die Fassung, die Sie gelesen haben: „If-Match: "7"“, wie im ETag.', en: 'Name the version you have read: “If-Match: "7"”, as in the ETag.' }),
  idempotencyKeyMissing: kind(428,
    { de: 'Idempotency-Key fehlt', en: 'Idempotency-Key is missing' },
    { de: 'Senden Sie einen frei gewählten „Idempotency-Key“, damit eine Wiederholung nichts doppelt tut.', en: 'Send an “Idempotency-Key” of your choice, so that a repetition does nothing twice.' }),
  internalError: kind(500,
    { de: 'Fehler im System', en: 'Error in the system' },
    { de: 'Das ist ein Fehler dieser Software. Nichts wurde geändert. Nennen Sie bei Rückfragen die requestId.', en: 'This is a mistake of this software. Nothing was changed. Name the requestId when you ask about it.' }),
  unavailable: kind(503,
    { de: 'Gerade nicht erreichbar', en: 'Not available right now' },
    { de: 'Die Datenbank antwortet nicht rechtzeitig. Wiederholen Sie die Anfrage mit demselben Idempotency-Key.', en: 'The database does not answer in time. Repeat the request with the same Idempotency-Key.' }),
} as const satisfies Record<string, ProblemKind>;

/** A problem the API has words for. */
export type ProblemCode = Exclude<keyof typeof PROBLEMS, 'requirement'>;

const isKnown = (code: string): code is keyof typeof PROBLEMS => Object.hasOwn(PROBLEMS, code);

/** Status and words of a code; a code that only a programme knows is a requirement that does not hold. */
export const problemKind = (code: string): ProblemKind => PROBLEMS[isKnown(code) ? code : 'requirement'];
