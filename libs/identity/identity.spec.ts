import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  IdentityService, IdentitySettings, identityTables, loadOrganisations, loadPeople, type Organisation, organisationSchema, type Person, personSchema,
} from '#identity';
import { schemaDrift } from '#store';
import { type FreshDatabase, freshDatabase } from '#test/harness';

const organisation = (key: string, kind: Organisation['kind']): Organisation => ({ key, name: `Stelle ${key}`, kind, facts: {} });
const person = (account: string, of: string, roles: Person['roles'], more: Partial<Person> = {}): Person =>
  ({ account, name: `Funktion ${account}`, organisation: of, roles, email: `${account}@tranche.example`, language: 'de', active: true, ...more });

const ORGANISATIONS = [
  { ...organisation('agency', 'agency'), name: 'Bezirksregierung Arnsberg' },
  { ...organisation('05315', 'kreisfreie Stadt'), name: 'Köln', facts: { integrationCentre: true } },
  { ...organisation('05362', 'Kreis'), name: 'Rhein-Erft-Kreis' },
];
const PEOPLE = [
  person('editor-05315', '05315', ['applicantEditor']),
  person('signatory-05315', '05315', ['applicantSignatory'], { language: 'en' }),
  person('both-05362', '05362', ['applicantEditor', 'applicantSignatory']),
  person('officer1', 'agency', ['caseOfficer']),
  person('officer2', 'agency', ['caseOfficer']),
  person('allrounder1', 'agency', ['caseOfficer', 'secondApprover', 'financeCertifier', 'financeAuthoriser']),
  person('gone1', 'agency', ['caseOfficer'], { active: false }),
  person('idle1', 'agency', []),
];

describe('identity', () => {
  let db: FreshDatabase;
  let identity: IdentityService;
  beforeAll(async () => {
    db = await freshDatabase();
    identity = new IdentityService(db.store, new IdentitySettings(null));
    expect(await db.store.transaction((tx) => loadOrganisations(tx, ORGANISATIONS))).toEqual({ written: 3 });
    expect(await db.store.transaction((tx) => loadPeople(tx, PEOPLE))).toEqual({ written: 8 });
  });
  afterAll(() => db.drop());

  const change = (...people: Person[]) => db.store.transaction((tx) => loadPeople(tx, people));
  const tokenOf = async (account: string): Promise<string> => {
    const issued = await identity.issueToken(account, 60);
    return 'token' in issued ? issued.token : issued.code;
  };

  test('the entities describe the tables', async () => {
    expect(await schemaDrift(db.url, [identityTables])).toEqual([]);
  });

  test('an actor is account, roles and municipality; the agency acts for none', async () => {
    expect(await identity.actorFor('editor-05315')).toEqual({ account: 'editor-05315', roles: ['applicantEditor'], organisation: '05315' });
    expect(await identity.actorFor('officer1')).toEqual({ account: 'officer1', roles: ['caseOfficer'], organisation: null });
  });

  test.each(['nobody', '', 'system', 'gone1', 'idle1', 'a\u0000b', "officer1'--", 'x'.repeat(10_000)])('%j is nobody who may act', async (account) => {
    expect(await identity.actorFor(account)).toBeNull();
    expect(await identity.issueToken(account, 60)).toEqual({ code: 'unknownAccount' });
  });

  test('a token brings its actor back', async () => {
    expect(await identity.verify(await tokenOf('allrounder1'))).toEqual(await identity.actorFor('allrounder1'));
  });

  test('every process of the installation signs with the same made key', async () => {
    const others = [1, 2, 3].map(() => new IdentityService(db.store, new IdentitySettings(null)));
    const token = await tokenOf('officer1');
    for (const actor of await Promise.all(others.map((other) => other.verify(token)))) expect(actor).toMatchObject({ account: 'officer1' });
  });

  test('a removed role is gone at the next use, and so is a person without roles or deactivated', async () => {
    await change(person('leaver1', 'agency', ['caseOfficer', 'secondApprover']));
    const token = await tokenOf('leaver1');
    await change(person('leaver1', 'agency', ['caseOfficer']));
    expect(await identity.verify(token)).toMatchObject({ roles: ['caseOfficer'] });
    await change(person('leaver1', 'agency', []));
    expect(await identity.verify(token)).toEqual({ code: 'tokenInvalid' });
    await change(person('leaver1', 'agency', ['caseOfficer'], { active: false }));
    expect(await identity.verify(token)).toEqual({ code: 'tokenInvalid' });
    await change(person('leaver1', 'agency', ['caseOfficer']));
    expect(await identity.verify(token)).toMatchObject({ account: 'leaver1' });
    await change(person('leaver1', 'agency', [], { active: false }));
  });

  test('who could is answered by function, without the excepted, the inactive and other municipalities', async () => {
    expect(await identity.whoCould(['caseOfficer'], '05315', ['officer2'])).toEqual([
      { account: 'allrounder1', name: 'Funktion allrounder1', role: 'caseOfficer' },
      { account: 'officer1', name: 'Funktion officer1', role: 'caseOfficer' },
    ]);
    expect((await identity.whoCould(['applicantSignatory', 'applicantEditor'], '05315')).map(({ account }) => account))
      .toEqual(['signatory-05315', 'editor-05315']);
    expect(await identity.whoCould(['applicantEditor'], null)).toEqual([]);
    expect(await identity.whoCould(['system'], '05315')).toEqual([]);
    expect(await identity.whoCould([], '05315')).toEqual([]);
  });

  test('who could is bounded, who receives a letter is not', async () => {
    await change(...Array.from({ length: 30 }, (_, at) => person(`auditor${at}`, 'agency', ['auditor'])));
    expect(await identity.whoCould(['auditor'], null)).toHaveLength(20);
    expect(await identity.recipients(['auditor'], null)).toHaveLength(30);
  });

  test('a letter to two roles reaches who holds both once', async () => {
    expect(await identity.recipients(['applicantSignatory', 'applicantEditor'], '05362')).toEqual([
      { account: 'both-05362', name: 'Funktion both-05362', role: 'applicantSignatory', email: 'both-05362@tranche.example', language: 'de' },
    ]);
  });

  test('organisations are found by key, and replaced by loading again', async () => {
    expect(await identity.organisation('05315')).toEqual(ORGANISATIONS[1]);
    expect(await identity.organisation('05999')).toBeNull();
    await db.store.transaction((tx) => loadOrganisations(tx, [{ ...organisation('05362', 'Kreis'), name: 'Rhein-Erft-Kreis (neu)' }]));
    expect((await identity.organisations()).map(({ name }) => name)).toEqual(['Köln', 'Rhein-Erft-Kreis (neu)', 'Bezirksregierung Arnsberg']);
    expect((await identity.people()).find(({ account }) => account === 'signatory-05315')).toEqual(PEOPLE[1]);
  });

  test.each([
    ['an unknown organisation', [person('new1', '05999', ['applicantEditor'])], 'unknownOrganisation'],
    ['the same account twice', [person('new1', '05315', []), person('new1', '05362', [])], 'doubleEntry'],
    ['staff in a municipality', [person('new1', '05315', ['caseOfficer'])], 'roleNotForOrganisation'],
    ['an applicant in the agency', [person('new1', 'agency', ['applicantSignatory'])], 'roleNotForOrganisation'],
    ['both sides in one hand', [person('new1', '05315', ['applicantEditor', 'secondApprover'])], 'roleNotForOrganisation'],
  ])('people: %s is refused and nothing is written', async (_, people, code) => {
    expect(await change(person('fine1', 'agency', []), ...people)).toEqual({ code, entries: ['new1'] });
    expect((await identity.people()).filter(({ account }) => ['new1', 'fine1'].includes(account))).toEqual([]);
  });

  test('organisations: the same key twice is refused', async () => {
    expect(await db.store.transaction((tx) => loadOrganisations(tx, [organisation('05111', 'Kreis'), organisation('05111', 'Kreis')])))
      .toEqual({ code: 'doubleEntry', entries: ['05111'] });
  });

  test('the database knows no role beyond the list, and nobody is the system', async () => {
    await expect(db.store.query(`update people set roles = '{system}' where account = 'officer1'`)).rejects.toMatchObject({ code: '23514' });
  });

  test.each<[string, Partial<Record<keyof Person, unknown>>]>([
    ['the system role', { roles: ['system'] }],
    ['an unknown role', { roles: ['king'] }],
    ['a role twice', { roles: ['auditor', 'auditor'] }],
    ['a line break in the name', { name: 'Sachbearbeitung\nBcc: x' }],
    ['a NUL in the name', { name: 'a\u0000' }],
    ['a lone surrogate in the name', { name: '\ud800' }],
    ['an empty name', { name: '  ' }],
    ['two addresses', { email: 'a@b.example, c@d.example' }],
    ['two addresses by semicolon', { email: 'a@b.example;c@d.example' }],
    ['a CR LF in the address', { email: 'a@b.example\r\nBcc: c@d.example' }],
    ['a line feed after the address', { email: 'a@b.example\n' }],
    ['a NUL in the address', { email: 'a@b.example\u0000' }],
    ['a name before the address', { email: 'Amt 50 <a@b.example>' }],
    ['an address in angle brackets', { email: '<a@b.example>' }],
    ['an address that no mail server takes', { email: `${'a'.repeat(65)}@b.example` }],
    ['an account with a space', { account: 'officer 1' }],
    ['an unknown field', { password: 'x' } as never],
    ['another language', { language: 'fr' }],
  ])('person from a file: %s is refused', (_, wrong) => {
    expect(personSchema.safeParse({ ...person('officer1', 'agency', ['caseOfficer']), ...wrong }).success).toBe(false);
  });

  test('files may leave out what has a default, and names keep every letter of DIN 91379', () => {
    const name = 'Ǎ̀ çğı Łódź ß ŗ̧ Ḥ';
    expect(organisationSchema.parse({ key: '05315', name, kind: 'Kreis' })).toEqual({ key: '05315', name, kind: 'Kreis', facts: {} });
    expect(personSchema.parse({ account: 'a1', name: 'A', organisation: 'agency', roles: [], email: 'a@b.example', language: 'de' }).active).toBe(true);
  });
});
