import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';

const ISSUER = 'tranche';
const AUDIENCE = 'tranche-api';
const TYPE = 'at+jwt';
const ALGORITHM = 'HS256';
const LONGEST_TOKEN = 2048;

/** A bearer token and the real time at which it stops being one (RFC 3339). */
export interface Token {
  readonly token: string;
  readonly expiresAt: string;
}

/** Signs an access token (RFC 9068) for an account. Tokens live in real time, for `ttlSeconds` from now. */
export async function signToken(key: Uint8Array, account: string, ttlSeconds: number): Promise<Token> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setIssuer(ISSUER).setAudience(AUDIENCE).setSubject(account)
    .setIssuedAt().setExpirationTime(`${ttlSeconds} seconds`)
    .sign(key);
  return { token, expiresAt: new Date((decodeJwt(token).exp ?? 0) * 1000).toISOString() };
}

/**
 * The account a token was signed for, or null. Everything is pinned: algorithm, type, issuer, audience; and the header
 * may say nothing else, so that no `kid`, `jku`, `jwk`, `x5u` or `crit` is ever looked at.
 */
export async function accountOf(key: Uint8Array, token: string): Promise<string | null> {
  if (token.length > LONGEST_TOKEN) return null;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM], typ: TYPE, issuer: ISSUER, audience: AUDIENCE, requiredClaims: ['sub', 'iat', 'exp'],
    });
    return Object.keys(protectedHeader).length === 2 && payload.aud === AUDIENCE ? payload.sub ?? null : null;
  } catch (problem) {
    if (problem instanceof errors.JOSEError) return null;
    throw problem;
  }
}

/** The key in a configured text. Throws when it is too short or too simple to be a secret. */
export function keyOf(text: string): Uint8Array {
  if (text.length < 32 || new Set(text).size < 10) {
    throw new Error('the token key needs at least 32 random characters, for example from: openssl rand -base64 48');
  }
  return new TextEncoder().encode(text);
}
