import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadPeople, type Person } from '#identity';
import type { Role } from '#kernel';
import { problem } from './client.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const SIGNATURES = ['recommend', 'countersign', 'certify', 'authorise'] as const;
type Signature = (typeof SIGNATURES)[number];

const here = {} as { grants: { readonly [title: string]: Story } };
const grant = (title: string): Story => here.grants[title] as Story;
const first = (title: string): Promise<Story> => grant(title).instalment(1);

/** Somebody of the agency, as they are from now on. */
const staff = (account: string, roles: readonly Role[], active = true): Promise<unknown> => office().store.transaction((tx) => loadPeople(tx, [
  { account, name: `Stelle ${account}`, organisation: 'agency', roles: [...roles] as Person['roles'], email: `${account}@agency.example`, language: 'de', active }]));

/** A refusal of the person who has signed already, with those who could sign instead. */
async function refused(story: Story, account: string, event: Signature): Promise<readonly (string | undefined)[]> {
  const { status, code, reasons = [] } = await story.refused(account, event);
  expect([status, code]).toEqual([403, 'differentPerson']);
  return (reasons[0]?.who ?? []).map((each) => each.account);
}

/** Takes the signatures one after the other; the person with all roles gives one of them, and is refused each one after it. */
async function attempt(title: string, given: Signature): Promise<readonly string[]> {
  const seen: string[] = [];
  const sign = async (story: Story, event: Signature): Promise<void> => {
    if (SIGNATURES.indexOf(event) > SIGNATURES.indexOf(given)) seen.push(`${event}: ${(await refused(story, 'allrounder1', event)).join(' ')}`);
    await (event === given ? story.send('allrounder1', event) : story.go(event));
  };
  const instalment = await first(title).catch(() => null);
  if (instalment === null) for (const event of ['recommend', 'countersign'] as const) await sign(grant(title), event);
  else for (const event of ['certify', 'authorise'] as const) await sign(instalment, event);
  return seen;
}

beforeAll(async () => {
  const [one, other, third] = await Promise.all(['05315', '05314', '05111'].map((applicant) => Story.of(office(), applicant, ['requestSignature', 'sign', 'accept'])));
  const more = await Promise.all(['05112', '05113', '05114'].map((applicant) => Story.of(office(), applicant, TO_THE_GRANT)));
  here.grants = { recommend: one as Story, countersign: other as Story, certify: third as Story, leaves: more[0] as Story, retires: more[1] as Story, moves: more[2] as Story };
  await staff('certifier2', ['financeCertifier']);
  await staff('certifier3', ['financeCertifier']);
});

describe('a person with all four roles', () => {
  const signed = ['recommend', 'countersign', 'certify'] as const;

  test.each([
    ['recommend', ['countersign: approver1 approver2']], ['countersign', []], ['certify', []],
  ] as const)('who gives %s is refused what comes after it in the review', async (given, expected) => {
    expect(await attempt(given, given)).toEqual(expected);
    await grant(given).go('draftNotice', 'issueNotice', 'waive');
  });

  test('is refused for each case by itself when they try many at once', async () => {
    await office().clock('2056-05-02');
    const ids = await Promise.all(signed.map(async (title) => (await first(title)).id));
    const preview = await office().client.ask<{ rows: { case: string; reasons: { code: string }[] }[] }>('allrounder1', 'POST', '/cases/bulk/preview', {
      body: { event: 'certify', data: { factual: true, arithmetic: true }, cases: ids } });
    expect(preview.body.rows.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([['differentPerson'], ['differentPerson'], []]);
  });

  test.each([
    ['recommend', ['certify: certifier1 certifier2 certifier3', 'authorise: authoriser1']], ['countersign', ['certify: certifier1 certifier2 certifier3', 'authorise: authoriser1']], ['certify', ['authorise: authoriser1']],
  ] as const)('who gives %s is refused what comes after it in the payment', async (given, expected) => {
    expect(await attempt(given, given)).toEqual(expected);
    await (await first(given)).reaches('exported');
  });
});

describe('people who change', () => {
  test('a signature outlives the role in which it was given, and its owner does nothing more', async () => {
    const instalment = await first('leaves');
    await instalment.send('certifier2', 'certify');
    await staff('certifier2', ['auditor']);
    expect((await instalment.refused('certifier2', 'recall', { reason: 'Irrtum' })).code).toBe('wrongRole');
    await instalment.go('authorise');
    await instalment.reaches('exported');
  });

  test('who was deactivated is nobody any more; what they signed waits for the next person, and what they selected for nobody', async () => {
    const instalment = await first('retires');
    const body = { event: 'recall', data: { reason: 'Irrtum' }, cases: [instalment.id] };
    await instalment.send('certifier3', 'certify');
    const preview = await office().client.ask<{ token: string }>('certifier3', 'POST', '/cases/bulk/preview', { body });
    expect(preview.status).toBe(201);
    await staff('certifier3', ['financeCertifier'], false);
    expect(problem('confirm', await office().client.ask('certifier3', 'POST', `/cases/bulk/${preview.body.token}/confirm`, { headers: { 'idempotency-key': 'gone' } }))).toMatchObject({ status: 401, code: 'tokenInvalid' });
    expect((await instalment.refused('certifier3', 'recall', { reason: 'Irrtum' })).code).toBe('tokenInvalid');
    await instalment.go('authorise');
    await instalment.reaches('exported');
  });

  test('who moves to another desk is still the person who signed', async () => {
    const instalment = await first('moves');
    await staff('certifier2', ['financeCertifier']);
    await instalment.send('certifier2', 'certify');
    await staff('certifier2', ['financeAuthoriser']);
    expect(await refused(instalment, 'certifier2', 'authorise')).toEqual(['allrounder1', 'authoriser1']);
    await instalment.go('authorise');
    await instalment.reaches('exported');
  });

  test('and no promise is broken by any of it', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
