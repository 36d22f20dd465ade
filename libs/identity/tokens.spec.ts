import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { type FreshDatabase, freshDatabase } from '#test/harness';
import { IdentityService, IdentitySettings, loadOrganisations, loadPeople } from '#identity';

const KEY = 'q7Zr0Vb2LxT9mWc4HsYd8KfJ1uNgE5pA';
const HEADER: JWTHeaderParameters = { alg: 'HS256', typ: 'at+jwt' };
const CLAIMS: JWTPayload = { iss: 'tranche', aud: 'tranche-api', sub: 'officer1' };
const bytes = (text: string) => new TextEncoder().encode(text);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

interface Forgery { header?: object; claims?: object; key?: Uint8Array; expires?: string; issuedAt?: boolean }
const sign = ({ header, claims, key = bytes(KEY), expires = '1 minute', issuedAt = true }: Forgery = {}) => {
  const token = new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ ...HEADER, ...header });
  if (issuedAt) token.setIssuedAt();
  if (expires !== '') token.setExpirationTime(expires);
  return token.sign(key);
};
const by = (header: object, claims: object, signature: (input: string) => string) => {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signature(input)}`;
};
const hmac = (key: string | Uint8Array, hash = 'sha256') => (input: string) => createHmac(hash, key).update(input).digest('base64url');
const future = { iat: 1_700_000_000, exp: 4_000_000_000 };

describe('tokens', () => {
  let db: FreshDatabase;
  let identity: IdentityService;
  beforeAll(async () => {
    db = await freshDatabase();
    identity = new IdentityService(db.store, new IdentitySettings(KEY));
    await db.store.transaction(async (tx) => {
      await loadOrganisations(tx, [{ key: 'agency', name: 'Bewilligungsbehörde', kind: 'agency', facts: {} }]);
      await loadPeople(tx, [{ account: 'officer1', name: 'Sachbearbeitung 1', organisation: 'agency', roles: ['caseOfficer'], email: 'o@tranche.example', language: 'de', active: true }]);
    });
  });
  afterAll(() => db.drop());

  test('the control: the forger\'s own tool makes a good token with the right key', async () => {
    expect(await identity.verify(await sign())).toMatchObject({ account: 'officer1' });
    expect(await identity.verify(by(HEADER, { ...CLAIMS, ...future }, hmac(KEY)))).toMatchObject({ account: 'officer1' });
  });

  test('what is issued names its end in real time and nothing of the person but the account', async () => {
    const issued = await identity.issueToken('officer1', 3600);
    if (!('token' in issued)) throw new Error(issued.code);
    const payload = JSON.parse(Buffer.from(issued.token.split('.')[1] ?? '', 'base64url').toString()) as { iat: number; exp: number };
    expect(payload).toEqual({ ...CLAIMS, iat: payload.iat, exp: payload.iat + 3600 });
    expect(issued.expiresAt).toBe(new Date(payload.exp * 1000).toISOString());
  });

  test.each<[string, () => string | Promise<string>]>([
    ['nothing', () => ''],
    ['no token', () => 'officer1'],
    ['three dots', () => '...'],
    ['a NUL', () => '\u0000.\u0000.\u0000'],
    ['10 MB', () => 'a'.repeat(10_000_000)],
    ['another key', () => sign({ key: bytes(KEY.toLowerCase()) })],
    ['an empty key', () => by(HEADER, { ...CLAIMS, ...future }, hmac(''))],
    ['alg none', () => by({ ...HEADER, alg: 'none' }, { ...CLAIMS, ...future }, () => '')],
    ['alg None', () => by({ ...HEADER, alg: 'None' }, { ...CLAIMS, ...future }, () => '')],
    ['HS512 with the right key', () => by({ ...HEADER, alg: 'HS512' }, { ...CLAIMS, ...future }, hmac(KEY, 'sha512'))],
    ['no alg', () => by({ typ: 'at+jwt' }, { ...CLAIMS, ...future }, hmac(KEY))],
    ['the signature cut off', async () => (await sign()).replace(/[^.]*$/, '')],
    ['a changed subject', async () => (await sign()).replace(/\.[^.]+\./, `.${part({ ...CLAIMS, ...future, sub: 'approver1' })}.`)],
    ['another type: ID token', () => sign({ header: { typ: 'JWT' } })],
    ['no type', () => sign({ header: { typ: undefined } })],
    ['another issuer', () => sign({ claims: { iss: 'https://evil.example' } })],
    ['another audience', () => sign({ claims: { aud: 'other-api' } })],
    ['a list of audiences', () => sign({ claims: { aud: ['tranche-api', 'other-api'] } })],
    ['no audience', () => sign({ claims: { aud: undefined } })],
    ['no subject', () => sign({ claims: { sub: undefined } })],
    ['a subject with NUL', () => sign({ claims: { sub: 'officer1\u0000' } })],
    ['an unknown subject', () => sign({ claims: { sub: 'nobody' } })],
    ['expired', () => sign({ expires: '1 second ago' })],
    ['no expiry', () => sign({ expires: '' })],
    ['no time of issue', () => sign({ issuedAt: false })],
    ['expiry as text', () => by(HEADER, { ...CLAIMS, iat: 1, exp: '4000000000' }, hmac(KEY))],
    ['not yet valid', () => sign({ claims: { nbf: 4_000_000_000 } })],
    ['kid with a path', () => sign({ header: { kid: '../../dev/null' } })],
    ['kid with SQL', () => sign({ header: { kid: "x' union select 'secret'--" } })],
    ['jku', () => sign({ header: { jku: 'https://evil.example/keys' } })],
    ['x5u', () => sign({ header: { x5u: 'https://evil.example/cert' } })],
    ['crit', () => by({ ...HEADER, crit: ['b64'], b64: true }, { ...CLAIMS, ...future }, hmac(KEY))],
    ['claims that are a list', () => by(HEADER, ['officer1'], hmac(KEY))],
  ])('%s is no token', async (_, forge) => {
    expect(await identity.verify(await forge())).toEqual({ code: 'tokenInvalid' });
  });

  test.each(['RS256', 'ES256', 'EdDSA'])('%s: neither a key of the forger\'s own, nor its public half as a shared secret', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const own = await new SignJWT({ ...CLAIMS, ...future }).setProtectedHeader({ alg, typ: 'at+jwt', jwk: await exportJWK(publicKey) }).sign(privateKey);
    const confused = by({ ...HEADER, jwk: await exportJWK(publicKey) }, { ...CLAIMS, ...future }, hmac(await exportSPKI(publicKey)));
    expect(await identity.verify(own)).toEqual({ code: 'tokenInvalid' });
    expect(await identity.verify(confused)).toEqual({ code: 'tokenInvalid' });
  });

  test.each(['', 'secret', 'x'.repeat(64), 'change-me-change-me-change-me-change-me'])('a weak key %j does not start', (key) => {
    expect(() => new IdentityService(db.store, new IdentitySettings(key))).toThrow('at least 32 random characters');
  });
});
