import { beforeAll, describe, expect, test } from '@jest/globals';
import { must, problem } from './client.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const stories: Story[] = [];
const first = (index: number): Promise<Story> => (stories[index] as Story).instalment(1);

beforeAll(async () => {
  for (const key of ['05315', '05314', '05111', '05113']) stories.push(await Story.of(office(), key, TO_THE_GRANT));
  await office().clock('2056-05-02');
  for (const index of [0, 1]) await (await first(index)).go('certify');
});

interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly { readonly code: string; readonly ok: boolean; readonly since: string | null; readonly owner: string }[];
}

const freeze = (account: string, path: string, body: { readonly [field: string]: string | boolean | readonly string[] }) =>
  office().client.ask<{ frozen: boolean; code: string }>(account, 'POST', `/payments/freeze${path}`, { body });

describe('a database that was restored from a backup in the middle of a run', () => {
  test('notices it, orders nothing and writes no file, until an authoriser has said what went out', async () => {
    const run = await Run.prepare(office());
    // One payment that waits for a file; then this is another database.
    await (await first(2)).go('certify', 'authorise');
    await (await first(2)).reaches('exported');
    await office().store.query(`update payment_origin set fingerprint = 'the cluster before'`);
    await run.release();
    await office().rest();
    expect(await run.view()).toMatchObject({ state: 'releasing', results: { undecided: 2 }, file: null });
    expect(await office().client.get('auditor1', '/payments/freeze')).toMatchObject({ frozen: true, freeze: { account: 'system' } });
    expect((await Run.preview(office())).rows.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toContain('paymentsNotFrozen');
    expect((await run.rows()).filter(({ result, verdict }) => verdict === 'ok' && result === null).map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([['paymentsNotFrozen'], ['paymentsNotFrozen']]);

    const [gone] = await run.rows();
    expect((await freeze('certifier1', '/lift', { reason: 'geprüft', goneOut: [] })).status).toBe(403);
    const slip = problem('slip', await freeze('authoriser1', '/lift', { reason: 'Bankportal geprüft', goneOut: [gone?.endToEndId ?? '', 'KIM-2056-9999-1-1'] }));
    expect(slip).toMatchObject({ status: 409, code: 'goneOutOurs', reasons: [{ text: { de: 'Diese Referenzen kann hier keine Rate haben: KIM-2056-9999-1-1.' } }] });
    must('lift', await freeze('authoriser1', '/lift', { reason: 'Bankportal geprüft', goneOut: [gone?.endToEndId.toLowerCase() ?? '', 'KIM-2056-9999-1-1'], strangers: true }));
    await run.reaches('exported');
    expect((await run.rows()).map(({ result, reasons }) => [result, ...reasons.map(({ code }) => code)])).toEqual([['refused', 'notGoneOut'], ['ordered'], [null, 'certified'], [null, 'certified']]);
    expect(await run.file()).not.toContain(gone?.endToEndId);
  });

  test('what went out is ordered by itself and is in no file ever; what others ordered waits for a run whose file has another name', async () => {
    await (await first(0)).go('authorise');
    await (await first(0)).reaches('exported');
    const next = await Run.prepare(office());
    await next.release();
    await next.reaches('exported');
    const { file } = await next.view();
    const [third] = await office().orders(stories[2]?.id ?? '');
    expect([file?.messageId, file?.count]).toEqual(['KIM-2056-Z0002-R1', 1]);
    // People know a run by its file number, and by that one only they find it.
    const { orders } = await office().client.get<{ orders: readonly { run: { fileNumber: string; file: string } | null; text: { de: string } }[] }>('auditor1', `/cases/${stories[2]?.id ?? ''}/readiness`);
    expect(orders).toMatchObject([{ run: { fileNumber: 'KIM-2056-Z0002', file: 'KIM-2056-Z0002-R1' }, text: { de: expect.stringContaining('steht im Zahlungslauf KIM-2056-Z0002 mit') } }]);
    const table = await office().client.ask('auditor1', 'GET', `/payment-runs/${next.id}/rows?format=csv`);
    expect(table.headers.get('content-disposition')).toContain('KIM-2056-Z0002.csv');
    expect(await next.file()).toContain(third?.endToEndId);
    await (await first(0)).go('confirmSettled');
    expect((await Run.preview(office())).rows.filter(({ verdict }) => verdict === 'ok')).toEqual([]);
  });
});

describe('a database that was restored while no run was under work', () => {
  test('is noticed by the next single payment, and stays known although that one is undone', async () => {
    await office().store.query(`update payment_origin set fingerprint = 'the cluster before'`);
    await (await first(3)).go('certify', 'authorise');
    await office().rest();
    expect(await office().store.query('select account from payment_freezes where lifted_at is null')).toEqual([{ account: 'system' }]);
    must('lift', await freeze('authoriser1', '/lift', { reason: 'Bankportal geprüft', goneOut: [] }));
    await (await first(3)).reaches('exported');
  });
});

describe('that payments stand still', () => {
  const mails = async (to: string) => {
    await office().rest();
    return (await office().client.inbox({ to })).filter(({ kind }) => ['paymentsFrozen', 'paymentsResumed'].includes(kind));
  };

  test('and that they go on is mailed at once to finance and the administration: who, why, what to do; to nobody twice', async () => {
    const before = (await mails('authoriser1')).length;
    must('freeze', await freeze('certifier1', '', { reason: 'Verdacht auf Betrug' }));
    must('again', await freeze('admin1', '', { reason: 'noch einer' }));
    for (const account of ['certifier1', 'authoriser1', 'admin1', 'allrounder1']) {
      const mail = (await mails(account)).at(-1);
      expect([account, mail?.kind, mail?.subject]).toEqual([account, 'paymentsFrozen', 'Alle Zahlungen sind angehalten']);
      expect(mail?.text).toMatch(/certifier1 hat am 02\.05\.2056 .* alle Zahlungen angehalten: „Verdacht auf Betrug“\.[^]*nichts mehr bei der Bank einreichen[^]*Mit freundlichen Grüßen/);
    }
    must('lift', await freeze('authoriser1', '/lift', { reason: 'Bankportal geprüft', goneOut: ['KIM-2056-9999-2-1'], strangers: true }));
    const mail = (await mails('admin1')).at(-1);
    expect([mail?.kind, mail?.subject]).toEqual(['paymentsResumed', 'Zahlungen wieder zugelassen']);
    expect(mail?.text).toMatch(/authoriser1 hat die Zahlungen am 02\.05\.2056 .* wieder zugelassen: „Bankportal geprüft“\.[^]*- KIM-2056-9999-2-1/);
    expect((await mails('authoriser1')).length).toBe(before + 2);
    expect(await mails('officer1')).toEqual([]);
    expect(await office().breaches()).toEqual([]);
  });
});

describe('while payments stand still', () => {
  const ready = async (story: Story) => (await office().client.get<{ items: readonly Readiness[] }>('auditor1', `/cases/${story.id}/readiness`)).items[0];

  test('no run is prepared, and readiness says so of every instalment, and since when', async () => {
    const planned = await (stories[1] as Story).instalment(2);
    expect((await ready(planned))?.checks.find(({ code }) => code === 'paymentsNotFrozen')).toMatchObject({ ok: true, since: null });
    must('freeze', await freeze('certifier1', '', { reason: 'Verdacht auf Betrug' }));
    expect((await Run.try(office(), 'certifier1', await Run.preview(office()))).body).toMatchObject({ code: 'paymentsNotFrozen', reasons: [{ remedy: { en: expect.stringContaining('second person') } }] });
    const stopped = await ready(planned);
    expect([stopped?.ready, stopped?.checks.at(-1)]).toMatchObject([false, { code: 'paymentsNotFrozen', ok: false, owner: 'financeAuthoriser', since: expect.stringMatching(/^2056-05-02T/) }]);
    must('lift', await freeze('authoriser1', '/lift', { reason: 'geklärt', goneOut: [] }));
  });
});

describe('a freeze that nobody lifts', () => {
  const exceptions = async () => (await office().client.get<{ items: readonly { kind: string; owner: string[]; ageDays: number; text: { de: string } }[] }>('auditor1', '/exceptions')).items.filter(({ kind }) => kind === 'freeze');

  test('is an exception with its age, and is told with every payment that lies to whoever can lift it', async () => {
    expect(await exceptions()).toEqual([]);
    must('freeze', await freeze('certifier1', '', { reason: 'Verdacht auf Betrug' }));
    await office().clock('2056-05-10');
    expect(await exceptions()).toMatchObject([{ owner: ['financeAuthoriser'], ageDays: expect.any(Number), text: { de: expect.stringContaining('certifier1: „Verdacht auf Betrug“') } }]);
    expect((await exceptions())[0]?.ageDays).toBeGreaterThanOrEqual(7);
    const [mail] = (await office().client.inbox({ to: 'authoriser1' })).filter(({ kind }) => kind === 'paymentUnattended');
    expect(mail?.text).toMatch(/Alle Zahlungen sind seit dem 02\.05\.2056 .* angehalten \(certifier1: „Verdacht auf Betrug“\)\. Zuerst bitte klären[^]*Mit freundlichen Grüßen/);
  });

  test('and lifted is followed at once by what waited for it: nothing is brought to mind as lying because of it', async () => {
    const instalment = await first(1);
    await instalment.go('reportReturn', 'reopen', 'certify', 'authorise');
    await office().rest();
    const open = `queue = 'payouts' and done_at is null and failed_at is null`;
    expect(await office().store.query(`select error from outbox where ${open}`)).toEqual([{ error: 'paymentsNotFrozen' }]);
    // Its next look is an hour away, as it would be with a worker that waits longer than these tests do.
    await office().store.query(`update outbox set next_at = clock_timestamp() + interval '1 hour' where ${open}`);
    must('lift', await freeze('authoriser1', '/lift', { reason: 'geklärt', goneOut: [] }));
    await office().clock('2056-05-11');
    expect(await instalment.state()).toBe('exported');
    expect(await exceptions()).toEqual([]);
  });
});

describe('a person', () => {
  test('may stop payments, and another one lets them go on; officers may neither', async () => {
    expect((await freeze('officer1', '', { reason: 'x' })).body.code).toBe('wrongRole');
    expect((await freeze('authoriser1', '/lift', { reason: 'x', goneOut: [] })).body.code).toBe('paymentsFrozen');
    expect(must('freeze', await freeze('authoriser1', '', { reason: 'Verdacht auf Betrug' })).frozen).toBe(true);
    const own = await freeze('authoriser1', '/lift', { reason: 'x', goneOut: [] });
    expect(own.body.code).toBe('differentPerson');
    expect(problem('lift', own).reasons).toMatchObject([{
      text: { de: expect.stringMatching(/Sie selbst \(authoriser1\) haben die Zahlungen am \d\d\.\d\d\.2056 [\d:]+ angehalten \(„Verdacht auf Betrug“\)/), en: expect.stringContaining('you yourself') },
      who: [{ account: 'allrounder1' }],
    }]);
    expect(must('lift', await freeze('allrounder1', '/lift', { reason: 'geklärt', goneOut: [] })).frozen).toBe(false);
  });
});
