import { atTime } from '#calendar';
import { digest, SYSTEM, type Actor, type Effect, type Facts, type Json } from '#kernel';
import { defaultCycle, type Cycle } from '../cycle.ts';
import type { Form } from '../form.ts';
import { caseOf, openedBy, passTo, person, send, type Family, type Scene } from './family.ts';

type Data = { readonly [field: string]: Json };

export const CITY: Facts['applicant'] = { key: '05315', name: 'Köln', kind: 'kreisfreie Stadt' };
export const DISTRICT: Facts['applicant'] = { key: '05554', name: 'Borken', kind: 'Kreis' };

/** A complete form of a city: two posts, their workplaces, events and interfaces; 57,000 + 28,500 + 11,400 + 5,000 + 10,000 €. */
export const cityForm = (year = 2028): Form => ({
  integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
  posts: [
    { id: 'coord', kind: 'coordination', fteThousandths: 1_000, from: `${year}-01-01`, to: `${year}-12-31`, place: 'KI', additional: true },
    { id: 'case-1', kind: 'caseManagement', fteThousandths: 500, from: `${year}-01-01`, to: `${year}-12-31`, place: 'Sozialamt', additional: true },
  ],
  workplaces: 2, eventsCents: 500_000, interfacesCents: 1_000_000,
  payee: { iban: 'DE89 3704 0044 0532 0130 00', holder: 'Stadt Köln' },
  declarations: { noDoubleFunding: true, statePlan: true },
});

const SMALL = { ...cityForm(), posts: cityForm().posts?.slice(0, 1) ?? [], workplaces: 1 };
const CONCEPT = { id: 'doc-1', kind: 'concept', name: 'Konzept.pdf', bytes: 12_345, sha256: 'a'.repeat(64) };
const LINES = ['coord', 'case-1', 'workplaces', 'events', 'interfaces'];
const MAXIMA = [['coord', 5_700_000], ['case-1', 2_850_000], ['workplaces', 1_140_000], ['events', 500_000], ['interfaces', 1_000_000]] as const;
const verdicts = (verdict: Data, ...changed: readonly Data[]): readonly Data[] =>
  LINES.map((line) => ({ ...(changed.find((other) => other['line'] === line) ?? verdict), line }));

/** What people send where a script says no more than the event; `event:variant` for the roads beside the main one. */
export const BODIES: { readonly [event: string]: Data } = {
  'saveForm': { form: cityForm() as Json },
  'saveForm:half': { form: { integrationCentre: true } },
  'saveForm:small': { form: SMALL as Json },
  'saveForm:payee': { form: { ...cityForm(), payee: { iban: 'DE02120300000000202051', holder: 'Stadtkasse Köln' } } as Json },
  'saveForm:holder': { form: { ...cityForm(), payee: { iban: 'DE02120300000000202051', holder: '北京' } } as Json },
  'attach': { document: CONCEPT },
  'attach:other': { document: { ...CONCEPT, id: 'doc-2', sha256: 'b'.repeat(64) } },
  'sendBackToEditor': { comment: 'Bitte den zweiten Anteil prüfen.' },
  'proposeLate': { admit: true, reason: 'Störung des Zugangs' },
  'proposeLate:no': { admit: false, reason: 'Kein Grund vorgetragen' },
  'askCompletion': { sections: ['payee'], text: 'Bitte die Bankverbindung berichtigen.' },
  'askCompletion:concept': { sections: ['concept'], text: 'Bitte das Konzept ergänzen.' },
  'recommend': { lines: verdicts({ decision: 'approve' }) },
  'recommend:cut': { lines: verdicts({ decision: 'approve' }, { line: 'events', decision: 'cut', grantedCents: 250_000, reason: 'Zwei Formate genügen.' }) },
  'recommend:no': { lines: verdicts({ decision: 'refuse', reason: 'Kein Bedarf dargelegt.' }) },
  'recommend:half': { lines: verdicts({ decision: 'approve' }).slice(1) },
  'recommend:much': { lines: verdicts({ decision: 'approve' }, { line: 'events', decision: 'cut', grantedCents: 500_001, reason: 'Mehr.' }) },
  'sendBack': { comment: 'Bitte die Kürzung begründen.' },
  'issueNotice': { channel: 'post', postedOn: '2028-01-27' },
  'issueNotice:today': { channel: 'electronic', postedOn: '2028-01-26' },
  'issueNotice:early': { channel: 'post', postedOn: '2027-12-24' },
  'issueNotice:portal': { channel: 'portal', postedOn: '2028-01-27' },
  'recordArrival': { arrivedOn: '2028-01-27' },
  'recordArrival:later': { arrivedOn: '2028-02-07' },
  'recordArrival:early': { arrivedOn: '2028-01-01' },
  'reportUndelivered': { reason: 'Empfänger unbekannt verzogen' },
  'proposeExtension': { until: '2027-11-16', reason: 'Hochwasser im Rathaus' },
  'proposeExtension:past': { until: '2027-11-02', reason: 'Hochwasser im Rathaus' },
  'declineExtension': { reason: 'Die Störung dauerte nur eine Stunde.' },
  'hear': { text: 'Das Konzept stützt sich nicht auf das Handlungskonzept des Landes.' },
  'answerHearing': { text: 'Wir haben es ergänzt.' },
  'remindCompletion': { step: 3 },
  'remindHearing': { step: 3 },
  'remindOffice': { days: 20, since: '2027-11-03' },
  'escalate': { days: 40, since: '2027-11-03' },
  'datesMoved': { revision: 2, reason: null, moved: [{ date: 'cutOffAt', from: '2027-10-31T23:00:00.000Z', to: '2027-11-02T23:00:00.000Z' }] },
  'datesMoved:others': { revision: 2, reason: null, moved: [] },
  'warnPayment': { step: 30 },
  'remindPayment': { days: 5, since: '2028-05-02', nth: 1 },
  'remindBudgetEnd': { step: 20 },
  'suitFiled': { docket: '1 K 234/28' },
  'suitEnded': { outcome: 'noticeStands' },
  'suitEnded:quashed': { outcome: 'quashed' },
  'placeHold': { reason: 'payeeUnclear', scope: 'all' },
  'placeHold:2': { reason: 'postVacant', scope: '2' },
  'liftHold': { hold: 'h1', reason: 'geklärt' },
  'liftHold:unknown': { hold: 'h9', reason: 'geklärt' },
  'liftHold:second': { hold: 'h2', reason: 'geklärt' },
  'holdAmount': { reason: 'postVacant', instalment: '1', amountCents: 1_000_000 },
  'holdAmount:2': { reason: 'postVacant', instalment: '2', amountCents: 1_000_000 },
  'proposeBypass': { hold: 'h1', instalment: '1', reason: 'Gehälter sind fällig' },
  'proposeBypass:2': { hold: 'h1', instalment: '2', reason: 'Gehälter sind fällig' },
  'proposeBypass:amount': { hold: 'h2', instalment: '1', reason: 'Gehälter sind fällig' },
  'proposeBypass:second': { hold: 'h2', instalment: '2', reason: 'Gehälter sind fällig' },
  'declineBypass': { reason: 'Erst klären' },
  'proposeChange': { lines: [{ line: 'events', grantedCents: 250_000 }], reason: 'Zwei Formate entfallen' },
  'proposeChange:deep': { lines: [{ line: 'coord', grantedCents: 4_000_000 }, ...LINES.slice(1).map((line) => ({ line, grantedCents: 0 }))], reason: 'Stelle unbesetzt' },
  'proposeChange:full': { lines: MAXIMA.map(([line, grantedCents]) => ({ line, grantedCents })), reason: 'Doch besetzt' },
  'proposeChange:even': { lines: [{ line: 'coord', grantedCents: 5_700_000 }, { line: 'case-1', grantedCents: 2_300_000 }], reason: 'Doch teilweise besetzt' },
  'proposeChange:post': { lines: [{ line: 'case-1', grantedCents: 0 }], reason: 'Stelle unbesetzt' },
  'proposeChange:place': { lines: [{ line: 'case-1', grantedCents: 0 }, { line: 'workplaces', grantedCents: 570_000 }], reason: 'Stelle unbesetzt' },
  'proposeChange:paid': { lines: [{ line: 'coord', grantedCents: 5_595_000 }], reason: 'Ausgezahltes bleibt' },
  'proposeChange:same': { lines: [{ line: 'events', grantedCents: 500_000 }], reason: 'Nichts' },
  'declineChange': { reason: 'Nicht belegt' },
  'confirmRecovery': { valueDate: '2028-05-19', amountCents: 500_000, reference: 'Kontoauszug 91' },
  'confirmRecovery:more': { valueDate: '2028-05-19', amountCents: 1_595_001, reference: 'Kontoauszug 91' },
  'confirmRecovery:rest': { valueDate: '2028-10-04', amountCents: 1_095_000, reference: 'Kontoauszug 142' },
  'markExported': {},
  'markExported:old': { signed: '0'.repeat(64) },
  'proposePayee': { iban: 'DE02 1203 0000 0000 2020 51', holder: 'Stadtkasse Köln', bic: 'BYLADEM1001', reason: 'Neue Hausbank' },
  'proposePayee:again': { iban: 'NL91ABNA0417164300', holder: 'Stadt Köln', reason: 'Noch ein Konto' },
  'proposePayee:alike': { iban: 'DE02120300000000202051', holder: 'Stadt Kӧln', reason: 'Neue Hausbank' },
  'proposePayee:typo': { iban: 'DE03 1203 0000 0000 2020 51', holder: 'Stadtkasse Köln', reason: 'Neue Hausbank' },
  'proposePayee:abroad': { iban: 'BR1800360305000010009795493C1', holder: 'Stadtkasse Köln', reason: 'Neue Hausbank' },
  'proposePayee:bic': { iban: 'DE02 1203 0000 0000 2020 51', holder: 'Stadtkasse Köln', bic: 'ABNANL2A', reason: 'Neue Hausbank' },
  'proposePayee:long': { iban: 'DE02 1203 0000 0000 2020 51', holder: 'ü'.repeat(36), reason: 'Neue Hausbank' },
  'proposePayee:strange': { iban: 'DE02 1203 0000 0000 2020 51', holder: '北京', reason: 'Neue Hausbank' },
  'proposePayee:unseen': { iban: 'DE02 1203 0000 0000 2020 51', holder: 'Stadtkasse\u202e Köln', reason: 'Neue Hausbank' },
  'proposePayee:same': { iban: 'DE89370400440532013000', holder: 'Stadt Köln', reason: 'Nichts' },
  'checkPayeeDocument': { document: 'Bestätigung der Bank vom 3. April', matches: true },
  'noteCallBack': { spokenTo: 'Leitung der Stadtkasse', phoneFromFile: true },
  'noteCallBack:early': { spokenTo: 'Leitung der Stadtkasse', phoneFromFile: true, at: '2028-01-01T08:00:00.000Z' },
  'declinePayee': { reason: 'Die Kommune weiß nichts davon.' },
  'notePayeeVerification': { answer: 'match' },
  'notePayeeVerification:close': { answer: 'closeMatch', name: 'Stadt Koeln' },
  'notePayeeVerification:no': { answer: 'noMatch', name: 'Erika Mustermann' },
  'notePayeeVerification:nevertheless': { answer: 'noMatch', name: 'Kasse Köln', reason: 'Name der Kasse, im Beleg bestätigt' },
  'certify': { factual: true, arithmetic: true },
  'certifyFactually': { factual: true },
  'remindPayee': { days: 5, since: '2028-04-03', nth: 1 },
  'recall': { reason: 'Empfänger noch einmal prüfen' },
  'confirmSettled': { valueDate: '2028-05-03', reference: 'Kontoauszug 84' },
  'confirmSettled:payDay': { valueDate: '2028-05-02', reference: 'Kontoauszug 83' },
  'confirmSettled:early': { valueDate: '2028-04-28', reference: 'Kontoauszug 82' },
  'confirmSettled:far': { valueDate: '2028-05-10', reference: 'Kontoauszug 85' },
  'confirmSettled:second': { valueDate: '2028-10-04', reference: 'Kontoauszug 141' },
  'reportReturn': { reason: 'Konto erloschen', amountCents: 5_595_000 },
  'reportReturn:account': { reason: 'bankRejected (AC04)', amountCents: 5_595_000 },
  'reportReturn:claimed': { reason: 'Konto erloschen', amountCents: 4_000_000 },
  'reportReturn:part': { reason: 'Teilbetrag zurück', amountCents: 1_000_000 },
  'reportReturn:toomuch': { reason: 'Tippfehler', amountCents: 5_595_001 },
  'noteValueDate': { valueDate: '2028-05-04' }, 'noteValueDate:same': { valueDate: '2028-05-03' },
  'withdrawReturn': { reason: 'Verlesen: Das Geld ist bei der Kommune' },
  'reopen': { reason: 'Neue Bankverbindung geklärt' },
};

/** Who appears in scripts. */
export const PEOPLE: { readonly [name: string]: Actor } = {
  editor: person('editor', 'applicantEditor'),
  signatory: person('signatory', 'applicantSignatory'),
  officer: person('officer', 'caseOfficer'),
  officer2: person('officer2', 'caseOfficer'),
  approver: person('approver', 'secondApprover'),
  approver2: person('approver2', 'secondApprover'),
  certifier: person('certifier', 'financeCertifier'),
  authoriser: person('authoriser', 'financeAuthoriser'),
  allrounder: person('allrounder', 'caseOfficer', 'secondApprover', 'financeCertifier', 'financeAuthoriser'),
  both: person('both', 'applicantEditor', 'applicantSignatory'),
  auditor: person('auditor', 'auditor'),
  system: SYSTEM,
};

/** One line of a script and what came of it. */
export interface Told {
  readonly line: string;
  readonly expected: string;
  readonly actual: string;
  readonly refused: string | null;
}

/** Where a script begins: with a draft just opened, or where another script ended. */
export interface Start {
  readonly cycle?: Cycle;
  readonly family?: Family;
}

const drafted = new Map<string, Family>();

/** A draft opened on 2 August 2027; the same one for the same round and applicant. */
export function draft(cycle: Cycle = defaultCycle(2028), applicant: Facts['applicant'] = CITY): Family {
  const key = digest({ cycle, applicant });
  const opened = drafted.get(key) ?? openedBy(applicant, cycle, atTime('2027-08-02', '09:00'));
  drafted.set(key, opened);
  return opened;
}


const inWords = (outcome: string, effects: readonly Effect[]): string =>
  [outcome, ...effects.map((effect) => (effect.type === 'letter' ? `letter:${effect.kind}` : effect.type))].join(' ');

/**
 * Plays a script that a case worker can read, one act a line:
 * `2028-01-27 10:00  officer  draftNotice  →  decided.noticeDrafted letter:…`. What falls due on the way happens first;
 * `clock` as the person only lets time pass and tells the state and the letters of that time. `1.certify` is sent to the
 * first instalment, `state` after the arrow is that of the case which got the event.
 */
export function play(script: string, { cycle, family: start = draft(cycle) }: Start = {}): { readonly told: readonly Told[]; readonly family: Family } {
  const told: Told[] = [];
  const lines = script.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const family = lines.reduce((before, line) => {
    const [act = '', expected = ''] = line.split(/\s+→\s+/);
    const scene = sceneOf(before, act);
    told.push({ line, expected, actual: inWords(scene.refused === null ? scene.state : `refused ${scene.refused}`, scene.effects), refused: scene.refused });
    return scene.family;
  }, start);
  return { told, family };
}

const scenes = new WeakMap<Family, Map<string, Scene>>();

/** Many stories begin alike and a step is pure: each act on the same family is played once. */
function sceneOf(before: Family, act: string): Scene {
  const known = scenes.get(before) ?? new Map<string, Scene>();
  const scene = known.get(act) ?? playLine(before, act);
  scenes.set(before, known.set(act, scene));
  return scene;
}

function playLine(before: Family, act: string): Scene {
  const [date = '', time = '', who = '', what = ''] = act.split(/\s+/);
  const at = atTime(date, time);
  const passed = passTo(before, at);
  const [, child = '0', sent = what] = /^(\d+)\.(.+)$/.exec(what) ?? [];
  const number = Number(child);
  if (who === 'clock') return { ...passed, state: caseOf(passed.family, number).stored.state, refused: null };
  const actor = PEOPLE[who];
  if (actor === undefined) throw new Error(`nobody is called ${who}`);
  return send(passed.family, number, { type: sent.split(':')[0] ?? '', at, actor, data: BODIES[sent] ?? {} });
}

/** The main road up to the state an act leads to, for scripts that tell what comes after. */
export function until(event: string): string {
  const lines = HAPPY.split('\n').filter((line) => line.trim() !== '');
  const last = lines.findIndex((line) => line.split(/\s+→\s+/)[0]?.trim().endsWith(` ${event}`));
  if (last < 0) throw new Error(`the main road has no ${event}`);
  return lines.slice(0, last + 1).join('\n');
}

/** The main road, from the draft to the second instalment. */
export const HAPPY = `
  2027-08-02 09:00  editor      saveForm            →  drafting.editing
  2027-08-02 09:05  editor      attach              →  drafting.editing
  2027-08-20 11:00  editor      requestSignature    →  drafting.awaitingSignature letter:signatureRequested
  2027-08-23 08:30  signatory   sign                →  submitted.receiptCheck letter:receipt
  2027-11-20 10:00  officer     accept              →  submitted.inReview
  2027-12-10 15:00  officer     recommend           →  submitted.reviewed
  2028-01-12 09:00  approver    countersign         →  decided.awaitingNotice
  2028-01-26 10:00  officer     draftNotice         →  decided.noticeDrafted
  2028-01-27 10:00  approver    issueNotice         →  appealPeriod.running letter:notice
  2028-03-01 00:00  clock       finality            →  active.instalment1 letter:paymentPlan
  2028-05-02 00:00  clock       1.fallDue           →  due letter:dueSoon letter:instalmentDue
  2028-05-02 09:00  certifier   1.certify           →  certified
  2028-05-02 11:00  authoriser  1.authorise         →  authorised payout
  2028-05-02 11:01  system      1.markExported      →  exported
  2028-05-03 14:00  certifier   1.confirmSettled    →  settled letter:paid letter:settledByHand
  2028-10-02 00:00  clock       2.fallDue           →  due letter:dueSoon letter:instalmentDue
  2028-10-02 09:00  certifier   2.certify           →  certified
  2028-10-02 11:00  authoriser  2.authorise         →  authorised payout
  2028-10-02 11:01  system      2.markExported      →  exported
  2028-10-04 14:00  certifier   2.confirmSettled:second →  settled letter:paid letter:settledByHand
`;
