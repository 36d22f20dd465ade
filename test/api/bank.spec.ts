import { describe, expect, test } from '@jest/globals';
import type { Test } from 'supertest';
import { usingDesk } from './desk.ts';

const desk = usingDesk();
const counter = { keys: 0 };
const LARGEST = 32 * 1024 * 1024;

const statement = (messageId: string, references: readonly string[] = []): string => `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>2028-05-02T18:00:00Z</CreDtTm></GrpHdr><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>${references.map((reference) =>
    `<Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2028-05-02</Dt></BookgDt><AcctSvcrRef>R-${reference}</AcctSvcrRef>
     <NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`).join('')}</Stmt></BkToCstmrStmt></Document>`;

const post = (account: string, type = 'application/xml', key: string | null = `bank-${counter.keys += 1}`): Test => {
  const request = desk.ask(account, 'post', 'bank-files').set('Content-Type', type);
  return key === null ? request : request.set('Idempotency-Key', key);
};
const get = async (account: string, path: string) => (await desk.ask(account, 'get', path)).body;
const resolve = (account: string, id: string, body: object, key = `resolve-${counter.keys += 1}`) => desk.ask(account, 'post', `bank-entries/${id}/resolve`).set('Idempotency-Key', key).send(body);

describe('a bank file over HTTP', () => {
  test('is imported raw or as a form, read again as it came, and known the second time', async () => {
    const xml = statement('RAW', ['NOBODY-1']);
    const raw = await post('certifier1').send(xml);
    expect([raw.status, raw.headers['location']]).toEqual([201, `/api/v1/bank-files/${raw.body.id}`]);
    expect(raw.body).toEqual({
      id: raw.body.id, kind: 'camt.053', messageId: 'RAW', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), duplicateOf: null, counts: { entries: 1, matched: 0, duplicates: 0, exceptions: 1 },
    });
    const form = await desk.ask('authoriser1', 'post', 'bank-files').set('Idempotency-Key', 'form-1').attach('file', Buffer.from(xml), 'auszug.xml');
    expect([form.status, form.body.duplicateOf, form.body.counts]).toEqual([200, raw.body.id, { entries: 1, matched: 0, duplicates: 1, exceptions: 0 }]);
    expect(await get('auditor1', `bank-files/${raw.body.id}`)).toEqual({
      id: raw.body.id, kind: 'camt.053', version: '08', messageId: 'RAW', messageCreatedAt: '2028-05-02T18:00:00Z', account: 'DE02120300000000202051', sha256: raw.body.sha256,
      importedBy: 'certifier1', at: expect.stringMatching(/Z$/), counts: raw.body.counts,
    });
    const content = await desk.ask('auditor1', 'get', `bank-files/${raw.body.id}/content`).buffer(true).parse((response, done) => {
      const kept: Buffer[] = [];
      response.on('data', (chunk: Buffer) => kept.push(chunk));
      response.on('end', () => done(null, Buffer.concat(kept)));
    });
    expect([content.headers['content-disposition'], String(content.body)]).toEqual([expect.stringContaining('attachment; filename="camt.053-RAW.xml"'), xml]);
  });

  test('answers a repeated key again, and refuses it with another file', async () => {
    const first = await post('certifier1', 'text/xml; charset=utf-8', 'twice').send(statement('TWICE'));
    const again = await post('certifier1', 'text/xml', 'twice').send(statement('TWICE'));
    expect([again.status, again.headers['idempotency-replayed'], again.body]).toEqual([201, 'true', first.body]);
    expect((await post('certifier1', 'application/xml', 'twice').send(statement('OTHER'))).body.code).toBe('keyReused');
  });

  test.each<[string, string, string, number, string, string | null]>([
    ['a DOCTYPE', 'application/xml', `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${statement('X')}`, 422, 'bankFileRefused', 'noDoctype'],
    ['half a file', 'application/xml', statement('X').slice(0, 200), 422, 'bankFileRefused', 'fileComplete'],
    ['another message', 'application/xml', statement('X').replace('camt.053', 'pain.008'), 422, 'bankFileRefused', 'namespaceKnown'],
    ['nothing', 'application/xml', '', 422, 'bankFileRefused', 'fileGiven'],
    ['JSON', 'application/json', '{}', 415, 'fileTypeNotAllowed', null],
    ['a form without a file', 'multipart/form-data; boundary=x', '--x--\r\n', 422, 'invalidBody', null],
  ])('%s is refused, and says why', async (_, type, content, status, code, reason) => {
    const { status: found, body } = await post('certifier1', type).send(content);
    expect([found, body.code, body.reasons?.[0]?.code ?? null]).toEqual([status, code, reason]);
  });

  test('of 100 MB is refused before anyone parses it, in flat memory, raw or as a form', async () => {
    const huge = Buffer.alloc(100 * 1024 * 1024, statement('HUGE'));
    const before = process.memoryUsage().rss;
    const raw = await post('certifier1').send(huge);
    expect([raw.status, raw.body.code]).toEqual([413, 'fileTooLarge']);
    expect(process.memoryUsage().rss - before).toBeLessThan(4 * LARGEST);
    const form = await desk.ask('certifier1', 'post', 'bank-files').set('Idempotency-Key', 'huge').attach('file', huge.subarray(0, LARGEST + 1), 'x.xml');
    expect([form.status, form.body.code]).toEqual([413, 'fileTooLarge']);
  });

  test('belongs to finance; the auditor reads everything, and others nothing', async () => {
    const { body } = await post('certifier1').send(statement('ROLES', ['NOBODY-2']));
    expect((await post('certifier1', 'application/xml', null).send(statement('NO KEY'))).status).toBe(428);
    for (const account of ['officer1', 'auditor1', 'admin1', 'editor-05315']) {
      const refused = await post(account).send(statement('MINE'));
      expect([account, refused.status, refused.body.code]).toEqual([account, 403, 'wrongRole']);
    }
    for (const path of ['bank-files', `bank-files/${body.id}`, `bank-files/${body.id}/entries`, `bank-files/${body.id}/content`, 'bank-entries']) {
      for (const [account, status] of [['auditor1', 200], ['authoriser1', 200], ['officer1', 403], ['editor-05315', 403]] as const) {
        expect([path, account, (await desk.ask(account, 'get', path)).status]).toEqual([path, account, status]);
      }
    }
    expect((await desk.ask('auditor1', 'get', 'bank-files/nobody')).status).toBe(404);
    expect((await get('auditor1', 'bank-files')).items.map(({ messageId }: { messageId: string }) => messageId)).not.toContain('MINE');
  });
});

describe('what fits no payment', () => {
  test('is listed in pages, waits among the exceptions, and is resolved once with a reason', async () => {
    const references = ['NOBODY-3', 'NOBODY-4', 'NOBODY-5'];
    const { body: file } = await post('certifier1').send(statement('PAGES', references));
    const page = await get('auditor1', `bank-files/${file.id}/entries?limit=2`);
    const rest = await get('auditor1', `bank-files/${file.id}/entries?limit=2&cursor=${page.next}`);
    expect([...page.items, ...rest.items].map(({ endToEndId, index }) => [endToEndId, index])).toEqual(references.map((reference, index) => [reference, index]));
    expect(rest.next).toBeNull();
    expect(page.items[0]).toEqual({
      id: expect.stringMatching(/^bank-\d+$/), file: file.id, kind: 'camt.053', index: 0, answer: 'settled', endToEndId: 'NOBODY-3', amountCents: 700, bookedOn: '2028-05-02', valueOn: null,
      reason: null, bankReference: 'R-NOBODY-3', case: null, order: null, verdict: 'exception', resolution: null, toldBefore: null, at: expect.stringMatching(/Z$/), ageDays: 0,
      problem: { code: 'orderKnown', suggestedAction: 'ignore', text: { de: expect.any(String), en: expect.any(String) }, remedy: { de: expect.any(String), en: expect.any(String) } },
    });
    const { id } = page.items[0] as { id: string };
    expect((await get('officer1', '/api/v1/exceptions')).items.find((item: { id: string }) => item.id === id)).toMatchObject({ kind: 'bank', case: null, suggestedAction: 'ignore' });
    const open = await get('auditor1', `bank-entries?verdict=exception&file=${file.id}`);
    expect(open.items).toHaveLength(3);

    expect((await resolve('certifier1', id, { action: 'retry', reason: 'nochmal' })).body).toMatchObject({ status: 409, code: 'orderKnown', reasons: [{ code: 'orderKnown' }] });
    expect((await resolve('certifier1', id, { action: 'ignore', reason: ' ' })).body.code).toBe('invalidBody');
    expect((await resolve('certifier1', id, { action: 'pay', reason: 'x' })).body.code).toBe('invalidBody');
    expect((await resolve('officer1', id, { action: 'ignore', reason: 'x' })).status).toBe(403);
    const done = await resolve('certifier1', id, { action: 'ignore', reason: 'Miete' }, 'resolved-once');
    expect([done.status, done.body.verdict, done.body.resolution]).toEqual([200, 'resolved', { action: 'ignore', reason: 'Miete', account: 'certifier1', at: expect.stringMatching(/Z$/) }]);
    expect((await resolve('certifier1', id, { action: 'ignore', reason: 'Miete' }, 'resolved-once')).headers['idempotency-replayed']).toBe('true');
    expect((await resolve('authoriser1', id, { action: 'done', reason: 'x' })).body.code).toBe('notPossibleHere');
    for (const unknown of ['bank-999999', 'bank-0', '7', 'effect-1']) expect((await resolve('certifier1', unknown, { action: 'done', reason: 'x' })).status).toBe(404);
  });
});
