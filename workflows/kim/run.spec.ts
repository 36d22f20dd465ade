import { describe, expect, test } from '@jest/globals';
import { edgesOf, explain, initial, judgeOpening, machineOf, step, type Actor, type CaseEvent, type Facts, type Role, type Stored } from '#kernel';
import { kim } from './index.ts';
import { LIFT_OR_RECALL } from './letters/paper.ts';
import { runHead, runOpening } from './run.parts.ts';

const AT = '2028-05-02T08:00:00.000Z';
const DATA = { executionOn: '2028-05-04', count: 2, sumCents: 300, blocked: 1, rowsHash: 'a'.repeat(64), certifiers: ['certifier1'] };
const FILE = { messageId: 'KIM-2028-Z0001', sha256: 'b'.repeat(64), count: 1, sumCents: 100, refused: 1 };
const REASON = 'nach Rücksprache';

const BODIES: { readonly [event: string]: CaseEvent['data'] } = {
  dropRow: { case: 'i-1', endToEndId: 'KIM-2028-0001-1-1', amountCents: 200, reason: REASON }, recallRun: { reason: REASON }, release: {}, remindRelease: { step: 0, nth: 2 }, remindFile: { step: 1, nth: 3 }, fileWritten: FILE, nothingOrdered: { refused: 2 },
};

const person = (account: string, ...roles: Role[]): Actor => ({ account, roles, organisation: null });
const PREPARER = person('certifier2', 'financeCertifier', 'financeAuthoriser');
const RELEASER = person('authoriser1', 'financeAuthoriser');
const SYSTEM = person('system', 'system');

const facts = (more: Partial<Facts> = {}): Facts => ({
  cycle: kim.cycle.default(2028), cycleId: 'kim-2028', applicant: { key: 'agency', name: 'Bezirksregierung', kind: 'agency' },
  openApplications: 0, availableCents: 0, firstInRank: true, parent: null, children: [], acts: { open: ['certifier2'] }, lastAt: {}, ...more,
});

const begun = (data: CaseEvent['data'] = DATA): Stored =>
  initial(machineOf(kim, 'paymentRun'), runHead.begin({ applicant: facts().applicant, fileNumber: 'KIM-2028-Z0001', at: AT, cycle: facts().cycle, data: data ?? {} }));

const send = (stored: Stored, type: string, actor: Actor, { at = AT, more = {} }: { readonly at?: string; readonly more?: Partial<Facts> } = {}) =>
  step({ programme: kim, machine: 'paymentRun', stored, facts: facts(more) }, { type, at, actor, data: BODIES[type] });

const becomes = (stored: Stored, type: string, actor: Actor): Stored => {
  const move = send(stored, type, actor);
  if (!move.ok) throw new Error(`${type} is refused: ${move.code}`);
  return move.next;
};

describe('a payment run', () => {
  const opening = (data: CaseEvent['data'], actor = PREPARER) => judgeOpening(runHead, { type: 'open', at: AT, actor, data }, facts()).map(({ code }) => code);

  test('is opened by finance, with something to pay, for a day that has not passed', () => {
    expect(opening(DATA)).toEqual([]);
    expect(opening({ ...DATA, count: 0, executionOn: '2028-04-28' }, person('officer1', 'caseOfficer'))).toEqual(['wrongRole', 'rowsLeft', 'executionAhead']);
    expect(opening({ ...DATA, executionOn: '2028-05-02' })).toEqual([]);
  });

  test('is carried out on a banking day, soon, and within the budget year', () => {
    const on = (executionOn: string, cycle = facts().cycle, at = AT) =>
      judgeOpening(runHead, { type: 'open', at, actor: PREPARER, data: { ...DATA, executionOn } }, facts({ cycle })).map(({ code }) => code);
    // Ascension Day is no working day in North Rhine-Westphalia, but banks work.
    expect(['2028-05-06', '2028-05-07', '2028-05-25'].map((day) => on(day))).toEqual([['executionOnBankingDay'], ['executionOnBankingDay'], []]);
    expect(['2028-06-01', '2028-06-02'].map((day) => on(day))).toEqual([[], ['executionWithinDays']]);
    expect(on('2028-06-02', { ...kim.cycle.default(2028) as object, executionWithinDays: 31 })).toEqual([]);
    expect(['2028-12-29', '2029-01-02'].map((day) => on(day, facts().cycle, '2028-12-20T08:00:00.000Z'))).toEqual([[], ['executionInBudgetYear']]);
    expect(on('2029-01-02', { ...kim.cycle.default(2028) as object, budgetOpenUntil: '2029-01-31' }, '2028-12-20T08:00:00.000Z')).toEqual([]);
  });

  test('names a day that can be chosen, never one beyond the budget year or too far ahead', () => {
    const told = (executionOn: string, at: string, round: object = {}) =>
      judgeOpening(runHead, { type: 'open', at, actor: PREPARER, data: { ...DATA, executionOn } }, facts({ cycle: { ...kim.cycle.default(2028) as object, ...round } })).map(({ remedy }) => remedy.de);
    const december = '2028-12-20T08:00:00.000Z';
    expect(told('2028-05-06', AT)).toEqual(['Einen Bankarbeitstag wählen; der nächste ist der 08.05.2028.']);
    // The last days of 2028 are a weekend, and 1 January is no banking day.
    expect(told('2028-12-30', december)).toEqual(['Einen früheren Tag wählen; der letzte mögliche Bankarbeitstag ist der 29.12.2028.']);
    expect(told('2029-01-02', december)).toEqual(['Einen früheren Tag wählen; der letzte mögliche Bankarbeitstag ist der 29.12.2028. Die Administration kann in der Förderrunde einen späteren Haushaltsschluss setzen.']);
    expect(told('2028-12-30', '2028-12-30T08:00:00.000Z')).toEqual(['Es gibt bis zum Haushaltsschluss keinen Bankarbeitstag mehr. Die Administration kann in der Förderrunde einen späteren Haushaltsschluss setzen.']);
    expect(told('2028-05-07', AT, { executionWithinDays: 5 })).toEqual(['Einen früheren Tag wählen; der letzte mögliche Bankarbeitstag ist der 05.05.2028.']);
  });

  test('is not released for a day after the budget year, which may have been shortened since', () => {
    const move = step({ programme: kim, machine: 'paymentRun', stored: begun(), facts: facts({ cycle: { ...kim.cycle.default(2028) as object, budgetOpenUntil: '2028-05-03' } }) },
      { type: 'release', at: AT, actor: RELEASER, data: {} });
    expect(move.ok ? [] : move.reasons.map(({ code }) => code)).toEqual(['executionInBudgetYear']);
  });

  test('takes every arrow, each with its work', () => {
    const taken = new Map(([
      ['dropRow', begun(), PREPARER], ['recallRun', begun(), PREPARER], ['remindRelease', begun(), SYSTEM], ['release', begun(), RELEASER],
      ['remindFile', becomes(begun(), 'release', RELEASER), SYSTEM], ['recallRun', becomes(begun(), 'release', RELEASER), PREPARER],
      ['fileWritten', becomes(begun(), 'release', RELEASER), SYSTEM], ['nothingOrdered', becomes(begun(), 'release', RELEASER), SYSTEM],
    ] as const).map(([event, from, actor]) => {
      const move = send(from, event, actor);
      return [`${from.state} ${event} ${move.ok ? move.next.state : move.code}`, move.ok ? move.effects.map(({ type }) => type) : []];
    }));
    expect(edgesOf(machineOf(kim, 'paymentRun')).map(({ from, event, to }) => `${from} ${event} ${to}`).filter((arrow) => !taken.has(arrow))).toEqual([]);
    expect(Object.fromEntries(taken)).toEqual({
      'prepared dropRow prepared': [], 'prepared recallRun recalled': ['run'], 'prepared remindRelease prepared': ['letter'], 'prepared release releasing': ['run'],
      'releasing remindFile releasing': ['letter'], 'releasing recallRun recalled': ['run'], 'releasing fileWritten exported': ['letter'], 'releasing nothingOrdered empty': ['letter'],
    });
  });

  test.each([
    ['the preparer', PREPARER, {}, ['differentPerson']],
    ['whoever dropped a row', RELEASER, { acts: { open: ['certifier2'], dropRow: ['authoriser1'] } }, ['differentPerson']],
    ['whoever certified one', person('certifier1', 'financeAuthoriser'), {}, ['certifiedByOthers']],
    ['an officer', person('officer1', 'caseOfficer'), {}, ['wrongRole']],
    ['the system', SYSTEM, {}, ['wrongRole']],
  ] as const)('is not released by %s', (_, actor, more, codes) => {
    const move = send(begun(), 'release', actor, { more });
    expect(move.ok ? [] : move.reasons.map(({ code }) => code)).toEqual(codes);
  });

  test('is not released after its day, nor when every row was dropped', () => {
    const emptied = becomes(begun({ ...DATA, count: 1, sumCents: 200 }), 'dropRow', PREPARER);
    const move = send(emptied, 'release', RELEASER, { at: '2028-05-04T22:00:00.000Z' });
    expect(move.ok ? [] : move.reasons.map(({ code }) => code)).toEqual(['rowsLeft', 'executionAhead']);
    expect(send(begun(), 'release', RELEASER, { at: '2028-05-04T21:59:59.999Z' }).ok).toBe(true);
  });

  test('gets no file after its day: a row may have held it up since the release', () => {
    const releasing = becomes(begun(), 'release', RELEASER);
    const move = send(releasing, 'fileWritten', SYSTEM, { at: '2028-05-04T22:00:00.000Z' });
    expect(move.ok ? [] : move.reasons.map(({ code }) => code)).toEqual(['executionAhead']);
    expect(send(releasing, 'fileWritten', SYSTEM, { at: '2028-05-04T21:59:59.999Z' }).ok).toBe(true);
  });

  test('counts what is left of it, and keeps what its file says', () => {
    expect(becomes(begun(), 'dropRow', PREPARER).context).toMatchObject({ count: 1, sumCents: 100 });
    const exported = becomes(becomes(begun(), 'release', RELEASER), 'fileWritten', SYSTEM);
    expect(exported.context).toMatchObject({ refused: 1, file: { messageId: FILE.messageId, count: 1, sumCents: 100 }, exportedAt: AT });
    expect(runHead.figures(exported, [], facts().cycle).milestones.map(({ name, reachedAt }) => [name, reachedAt])).toEqual([['prepared', AT], ['released', AT], ['exported', AT]]);
    expect(runOpening.safeParse({ ...DATA, state: 'exported' }).success).toBe(false);
  });

  test('tells finance in both languages how it ended', () => {
    const releasing = becomes(begun(), 'release', RELEASER);
    for (const [event, words] of [['fileWritten', ['1 Zahlung über 1,00', '1 Rate wurde abgelehnt', FILE.sha256]], ['nothingOrdered', ['Alle 2 Raten wurden abgelehnt']]] as const) {
      const move = send(releasing, event, SYSTEM);
      const [letter] = move.ok ? move.effects : [];
      if (letter?.type !== 'letter') throw new Error(`${event} sends no letter`);
      for (const word of words) expect(letter.words.text.de).toContain(word);
      expect([letter.to, letter.words.text.en.length > 50, letter.words.subject.en]).toEqual([['financeCertifier', 'financeAuthoriser'], true, expect.stringContaining('KIM-2028-Z0001')]);
    }
  });

  const german = (stored: Stored, type: string, { at = AT, cycle = facts().cycle } = {}) => {
    const move = send(stored, type, SYSTEM, { at, more: { cycle } });
    return move.ok ? move.effects.flatMap((effect) => (effect.type === 'letter' ? [effect] : [])).map(({ words, to }) => ({ text: words.text.de, to }))[0] ?? { text: '', to: [] } : { text: move.code, to: [] };
  };

  test('says what to do with its file, and where it is; what was not ordered has another next step', () => {
    const releasing = becomes(begun(), 'release', RELEASER);
    expect(german(releasing, 'fileWritten').text).toMatch(/rechtzeitig vor dem Ausführungstag bei der Bank einreichen\. Datei und Begleitzettel stehen beim Lauf zum Herunterladen/);
    expect(german(releasing, 'fileWritten', { at: '2028-05-04T06:00:00.000Z' }).text).toContain('noch heute bei der Bank einreichen');
    expect(german(releasing, 'nothingOrdered').text).toMatch(/Als Nächstes: Die Zeilen des Laufs nennen zu jeder Rate den Grund; bitte beheben\. Danach bitte einen neuen Lauf vorbereiten/);
    expect(german(releasing, 'remindFile').text).not.toContain('Ergebnis');
  });

  test('is never advised what would be refused: another run after the budget year, a release beyond it, or of nothing', () => {
    const after = '2028-05-05T06:00:00.000Z';
    const short = { ...kim.cycle.default(2028) as object, budgetOpenUntil: '2028-05-03' };
    for (const [stored, event] of [[begun(), 'remindRelease'], [becomes(begun(), 'release', RELEASER), 'remindFile']] as const) {
      expect(german(stored, event, { at: after, cycle: short }).text).toMatch(/Bitte den Lauf zurückholen\..* Das Haushaltsjahr ist seit dem 03\.05\.2028 geschlossen: Ein neuer Lauf lässt sich erst vorbereiten, wenn die Administration/);
      expect(german(stored, event, { at: after, cycle: short }).text).not.toContain('Danach bitte einen neuen Lauf');
    }
    expect(german(begun(), 'remindRelease', { cycle: short }).text).toMatch(/kann nicht freigegeben werden: Das Haushaltsjahr zahlt nur bis zum 03\.05\.2028/);
    expect(german(becomes(begun({ ...DATA, count: 1, sumCents: 200 }), 'dropRow', PREPARER), 'remindRelease').text).toContain('Alle Raten sind aus dem Lauf genommen');
  });

  test('goes to those above finance from its third reminder on, which says so', () => {
    expect(german(begun(), 'remindRelease').to).toEqual(['financeCertifier', 'financeAuthoriser']);
    const third = german(becomes(begun(), 'release', RELEASER), 'remindFile');
    expect(third.to).toEqual(['financeCertifier', 'financeAuthoriser', 'secondApprover', 'administrator']);
    expect(third.text).toContain('Dies ist die 3. Erinnerung');
  });

  test('is refused in words that name the day that is possible', () => {
    const refused = (executionOn: string) => judgeOpening(runHead, { type: 'open', at: AT, actor: PREPARER, data: { ...DATA, executionOn } }, facts())[0];
    expect(refused('2028-06-02')?.text).toEqual({ de: expect.stringMatching(/: höchstens 30 Tage \(bis zum 01\.06\.2028\)\.$/), en: expect.stringMatching(/: at most 30 days \(until 1 Jun 2028\)\.$/) });
    expect(refused('2028-05-06')?.remedy).toEqual({ de: 'Einen Bankarbeitstag wählen; der nächste ist der 08.05.2028.', en: 'Choose a banking day; the next one is 8 May 2028.' });
    expect(judgeOpening(runHead, { type: 'open', at: '2028-12-20T08:00:00.000Z', actor: PREPARER, data: { ...DATA, executionOn: '2029-01-02' } }, facts())[0]?.text.de).toContain('Es zahlt bis zum 31.12.2028');
  });

  test('counts one payment and one instalment as one', () => {
    const letter = machineOf(kim, 'paymentRun').letters;
    const text = (kind: string, context: object) => letter[kind]?.words({ context: { ...begun().context, ...context }, event: { at: AT }, facts: facts() } as never).text ?? { de: '', en: '' };
    for (const kind of ['runUnreleased', 'runWithoutFile']) {
      expect(text(kind, { count: 1 }).de).toContain('mit 1 Zahlung über');
      expect(text(kind, { count: 1 }).en).toContain('run of 1 payment of');
    }
    expect(text('runEmpty', { refused: 1 })).toMatchObject({ de: expect.stringMatching(/^Sehr geehrte Damen und Herren,\n\nAusführungstag: 04\.05\.2028\.\n\nDie einzige Rate des Laufs wurde abgelehnt\.[^]*Bezirksregierung Arnsberg/), en: expect.stringMatching(/The only instalment of the run was refused\.[^]*Arnsberg District Government/) });
    const { de, en } = machineOf(kim, 'paymentRun').events['fileWritten']?.sentence(FILE) ?? { de: '', en: '' };
    expect([de, en]).toEqual([expect.stringMatching(/: 1 Zahlung über 1,00\s€; 1 Rate wurde abgelehnt\.$/), expect.stringMatching(/: 1 payment of €1\.00; 1 instalment was refused\.$/)]);
  });

  const clocks = (stored: Stored, cycle = facts().cycle, at = AT) =>
    machineOf(kim, 'paymentRun').clocks(stored as never, { cycle, parent: null, children: [], since: AT, at }).map(({ at, event, data }) => [at, event, data]);

  test('is brought to mind around its execution day, until it is released or recalled', () => {
    const run = begun({ ...DATA, executionOn: '2028-05-29' });
    expect(clocks(run).slice(0, 3)).toEqual([
      ['2028-05-26T06:00:00.000Z', 'remindRelease', { step: -1, nth: 1 }], ['2028-05-29T06:00:00.000Z', 'remindRelease', { step: 0, nth: 2 }], ['2028-05-30T06:00:00.000Z', 'remindRelease', { step: 1, nth: 3 }]]);
    expect(clocks(begun({ ...DATA, executionOn: '2028-05-02' }))[0]).toEqual(['2028-05-03T06:00:00.000Z', 'remindRelease', { step: 1, nth: 1 }]);
    // And then every five working days for as long as it lies; Corpus Christi is none, nor is Whit Monday.
    expect(clocks(run).slice(3).map(([at, , data]) => [at, data])).toEqual([['2028-06-07T06:00:00.000Z', { step: 6, nth: 4 }]]);
    expect(clocks(run, facts().cycle, '2028-12-01T07:00:00.000Z').at(-1)?.[0]).toMatch(/^2028-12-2|^2029/);
    expect([becomes(run, 'recallRun', PREPARER), becomes(becomes(run, 'release', RELEASER), 'fileWritten', SYSTEM)].map((stored) => clocks(stored))).toEqual([[], []]);
    const said = ['2028-05-29T06:00:00.000Z', '2028-05-30T06:00:00.000Z'].map((at) => {
      const move = send(run, 'remindRelease', SYSTEM, { at });
      return move.ok && move.effects[0]?.type === 'letter' ? move.effects[0].words.text.de : '';
    });
    expect(said).toEqual([expect.stringContaining('noch nicht freigegeben'), expect.stringMatching(/Bitte den Lauf zurückholen\. Danach bitte einen neuen Lauf vorbereiten\. Sind alle Zahlungen angehalten, müssen sie zuerst wieder zugelassen werden/)]);
  });

  test('that was released and has no file because its rows wait is brought to mind, too, until there is one or it is recalled', () => {
    const later = begun({ ...DATA, executionOn: '2028-05-04' });
    const releasing = send(later, 'release', RELEASER, { at: '2028-05-04T07:00:00.000Z' });
    if (!releasing.ok) throw new Error(releasing.code);
    expect(clocks(releasing.next)[0]).toEqual(['2028-05-05T06:00:00.000Z', 'remindFile', { step: 1, nth: 1 }]);
    expect(clocks(becomes(later, 'release', RELEASER)).map(([at]) => at).slice(0, 3)).toEqual(['2028-05-03T06:00:00.000Z', '2028-05-04T06:00:00.000Z', '2028-05-05T06:00:00.000Z']);
    expect(clocks(releasing.next, { ...kim.cycle.default(2028) as object, runReminderWorkingDays: [] })).toEqual([]);
    expect(['fileWritten', 'nothingOrdered', 'recallRun'].map((end) => clocks(becomes(releasing.next, end, end === 'recallRun' ? PREPARER : SYSTEM)))).toEqual([[], [], []]);
    const said = ['2028-05-04T06:00:00.000Z', '2028-05-05T06:00:00.000Z'].map((at) => {
      const move = send(releasing.next, 'remindFile', SYSTEM, { at });
      return move.ok && move.effects[0]?.type === 'letter' ? move.effects[0].words.text : { de: '', en: '' };
    });
    for (const { de, en } of said) expect([de, en]).toEqual([expect.stringContaining('hat aber keine Zahlungsdatei'), expect.stringContaining('has no payment file')]);
    expect([said[0]?.de, said[0]?.en]).toEqual([expect.stringContaining(`Als Nächstes: ${LIFT_OR_RECALL.de}`), expect.stringContaining(`Next: ${LIFT_OR_RECALL.en}`)]);
    expect(said[1]?.de).toMatch(/kann die Datei nicht mehr geschrieben werden\. Bitte den Lauf zurückholen\. Was angeordnet ist, bleibt es .* Danach bitte einen neuen Lauf vorbereiten\. Sind alle Zahlungen angehalten/);
  });

  test('has a sentence for every event in both languages, and offers what is possible', () => {
    for (const [event, { sentence }] of Object.entries(machineOf(kim, 'paymentRun').events)) {
      const { de, en } = sentence(BODIES[event] ?? {});
      expect([de, en].some((text) => text.length < 20 || /undefined|NaN|null/.test(text))).toBe(false);
    }
    const offered = explain({ programme: kim, machine: 'paymentRun', stored: begun(), facts: facts() }, PREPARER, AT);
    expect(offered.map(({ event, allowed }) => [event, allowed])).toEqual([['recallRun', true], ['release', false]]);
  });
});
