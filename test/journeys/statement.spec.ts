import { describe, expect, test } from '@jest/globals';
import { atTime } from '#calendar';
import { recordsOf, workbookOf } from '#test/sheets';
import { statementAnswer } from '#apps/api';
import type { z } from 'zod';
import { problem } from './client.ts';
import { AWARD, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

type Statement = z.output<typeof statementAnswer>;

describe('statements over HTTP', () => {
  const office = usingOffice();
  const told = {} as { grant: Story; gone: Story };
  const of = (account: string, path: string) => office().client.get<Statement>(account, path);
  const ofRound = (query = '') => of('auditor1', `/cycles/${office().cycle}/statement${query}`);
  const file = async (account: string, path: string) => {
    const answer = await office().client.raw(account, path);
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  test('a round: every entry with what it leaves, and the balances add up to the budget', async () => {
    told.grant = await Story.of(office(), '05111', TO_THE_GRANT);
    told.gone = await Story.of(office(), '05315', TO_THE_GRANT.slice(0, 5));
    await told.gone.go('withdraw');
    const statement = await ofRound();
    expect(statementAnswer.safeParse(statement).error).toBeUndefined();
    const budget = statement.appropriatedCents;
    expect(statement.balances).toEqual({ budget: budget - AWARD, reserved: 0, committed: AWARD, ordered: 0, paid: 0, claimed: 0, recovered: 0 });
    expect(statement.items.map(({ from, to, fromBalanceCents, toBalanceCents, applicant }) => [from, to, fromBalanceCents, toBalanceCents, applicant])).toEqual([
      ['appropriation', 'budget', null, budget, null],
      ['budget', 'reserved', budget - AWARD, AWARD, 'Düsseldorf'], ['reserved', 'committed', 0, AWARD, 'Düsseldorf'],
      ['budget', 'reserved', budget - 2 * AWARD, AWARD, 'Köln'], ['reserved', 'budget', 0, budget - AWARD, 'Köln'],
    ]);
    expect(statement.checks.every(({ ok }) => ok)).toBe(true);
  });

  test('in pages it is the same list, and a cursor of another list is refused', async () => {
    const [whole, first] = [await ofRound(), await ofRound('?limit=2')];
    const [second, third] = [await ofRound(`?limit=2&cursor=${first.next}`), await ofRound(`?limit=1&cursor=${first.next}`)];
    expect([...first.items, ...second.items]).toEqual(whole.items.slice(0, 4));
    expect(third.items).toEqual(whole.items.slice(2, 3));
    expect(second.balances).toEqual(whole.balances);
    expect((await office().client.raw('auditor1', `/cycles/${office().cycle}/statement?cursor=x`)).status).toBe(422);
  });

  test('as of an instant it ends there', async () => {
    const { items } = await ofRound();
    const at = items[1]?.at ?? '';
    const then = await ofRound(`?at=${encodeURIComponent(at)}`);
    expect(then.items).toEqual(items.slice(0, 2));
    expect(then.balances).toMatchObject({ reserved: AWARD, committed: 0 });
    expect((await ofRound(`?at=2020-01-01T00:00:00Z`)).items).toEqual([]);
    expect((await ofRound('?budgetLine=posts')).items).toEqual([]);
    for (const format of ['json', 'csv']) {
      const future = await office().client.ask('auditor1', 'GET', `/cycles/${office().cycle}/statement?at=2199-01-01T00:00:00Z&format=${format}`);
      expect(problem('the future', future)).toMatchObject({ status: 422, code: 'invalidBody', errors: [{ path: '/at', code: 'instantReached' }] });
    }
  });

  test('a case: its family alone, for finance, audit, administration and its own applicant', async () => {
    const path = `/cases/${told.grant.id}/statement`;
    const statement = await of('certifier1', path);
    expect(statement).toMatchObject({ case: told.grant.id, fileNumber: (await told.grant.view()).fileNumber, appropriatedCents: 0, balances: { budget: -AWARD, committed: AWARD } });
    expect(statement.items).toHaveLength(2);
    expect((await of(told.grant.editor, path)).items).toEqual(statement.items);
    expect((await of('admin1', `/cases/${(await told.grant.instalment(1)).id}/statement`)).items).toEqual(statement.items);
    const status = async (account: string, where: string) => (await office().client.raw(account, where)).status;
    const round = `/cycles/${office().cycle}/statement`;
    expect([await status('officer1', path), await status('editor-05315', path), await status(told.grant.editor, round), await status('officer1', round), await status('authoriser1', '/cycles/nowhere/statement')])
      .toEqual([403, 404, 403, 403, 404]);
  });

  test('CSV opens in a German Excel: mark, semicolons, commas, dates; no name is run as a formula, and amounts stay numbers', async () => {
    await office().store.query(`update cases set applicant_name = '=HYPERLINK("http://x";"Köln")' where root_id = $1`, [told.gone.id]);
    const { answer, bytes } = await file('auditor1', `/cycles/${office().cycle}/statement?format=csv`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="kontoauszug-kim-2056-\d{4}-\d\d-\d\d\.csv"/);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [titles, ...records] = recordsOf(bytes.toString('utf8').slice(1));
    expect(titles?.slice(0, 3)).toEqual(['Zeitpunkt', 'Aktenzeichen', 'Antragsteller']);
    expect(records[1]?.slice(2, 10)).toEqual(['Düsseldorf', 'all', 'Vormerkung', 'verfügbar', 'vorgemerkt', '86275,01', expect.stringMatching(/^\d+,\d\d$/), '86275,01']);
    expect(records.slice(0, 5).map((record) => record[4])).toEqual(['Bereitstellung', 'Vormerkung', 'Bindung durch Bescheid', 'Vormerkung', 'Vormerkung aufgehoben']);
    expect(records[1]?.[0]).toMatch(/^\d\d\.\d\d\.\d{4} \d\d:\d\d/);
    expect(records[3]?.[2]).toBe(`'=HYPERLINK("http://x";"Köln")`);
    expect(records.slice(-8).map((record) => [record[4], record[6], record[9]])).toContainEqual(['Saldo', 'gebunden', '86275,01']);
    const own = await file(told.gone.editor, `/cases/${told.gone.id}/statement?format=csv`);
    expect(recordsOf(own.bytes.toString('utf8').slice(1)).flat().filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-\d+,\d\d$/.test(cell))).toEqual([]);
    expect(recordsOf(own.bytes.toString('utf8').slice(1))[1]?.[8]).toBe('-86275,01');
  });

  test('a workbook holds numbers, dates and texts as what they are, and no formula', async () => {
    const { answer, bytes } = await file('auditor1', `/cycles/${office().cycle}/statement?format=xlsx`);
    expect(answer.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const { rows, xml } = workbookOf(bytes);
    expect(xml).not.toMatch(/<f[ >]/);
    expect(rows[0]?.[7]?.value).toBe('Betrag in EUR');
    const [at, , applicant] = rows[2] ?? [];
    expect(applicant).toEqual({ type: 'text', value: 'Düsseldorf', format: '@' });
    expect(rows[2]?.[7]).toEqual({ type: 'number', value: '86275.01', format: '#,##0.00\\ [$€-407]' });
    expect(rows[4]?.[2]).toEqual({ type: 'text', value: '=HYPERLINK("http://x";"Köln")', format: '@' });
    const { items } = await ofRound();
    const day = new Date(Date.UTC(1899, 11, 30) + Math.round(Number(at?.value) * 86_400) * 1_000).toISOString();
    expect([at?.format, atTime(day.slice(0, 10), day.slice(11, 19)).slice(0, 19)]).toEqual(['dd.mm.yyyy hh:mm:ss', items[1]?.at.slice(0, 19)]);
  });

  test('what was settled has its day of value, everything else has none', async () => {
    await office().clock('2056-05-02');
    const instalment = await told.grant.instalment(1);
    await instalment.go('certify', 'authorise');
    await instalment.reaches('exported');
    await instalment.send('certifier1', 'confirmSettled', { valueDate: '2056-05-02', reference: 'Auszug 5' });
    const path = `/cases/${told.grant.id}/statement`;
    const { items } = await of('auditor1', path);
    expect(items.map(({ posting, valueDate }) => [posting, valueDate])).toEqual([['reserve', null], ['commit', null], ['order', null], ['settle', '2056-05-02']]);
    const records = recordsOf((await file('auditor1', `${path}?format=csv`)).bytes.toString('utf8').slice(1));
    expect([records[0]?.[10], records[1]?.[10], records[4]?.[10]]).toEqual(['Wertstellung', '', '02.05.2056']);
    expect(workbookOf((await file('auditor1', `${path}?format=xlsx`)).bytes).rows[4]?.[10]).toMatchObject({ type: 'number', format: 'dd.mm.yyyy' });
  });

  test('the work list can be taken along with its filters: every row, its sums by kind, and only what one may know', async () => {
    const { rows } = workbookOf((await file('officer1', '/cases?format=xlsx&machine=application')).bytes);
    const amounts = rows.slice(1).map((row) => [row[0]?.value, row[1]?.value, row[9]?.value, row[10]?.value]);
    expect(amounts).toEqual([['KIM-2056-0001', 'application', '86275.01', '86275.01'], ['KIM-2056-0002', 'application', '86275.01', '86275.01'], ['Summe', 'application', '172550.02', '172550.02']]);
    const listed = async (account: string, query: string) => recordsOf((await file(account, `/cases?format=csv${query}`)).bytes.toString('utf8').slice(1)).slice(1);
    expect((await listed('officer1', '&state=withdrawn')).map(([fileNumber, , , , , state]) => [fileNumber, state])).toEqual([['KIM-2056-0002', 'Zurückgezogen'], ['Summe', '']]);
    expect(new Set((await listed(told.grant.editor, '')).map((record) => record[2]))).toEqual(new Set(['Düsseldorf', '']));
    expect((await listed('officer1', '&machine=instalment')).at(-1)?.slice(0, 2)).toEqual(['Summe', 'instalment']);
  });
});
