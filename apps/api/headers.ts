import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from './problem.ts';

/** The entity tag of a case's version. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version a command was written against: `If-Match: "7"`. Weak tags, lists and `*` name no version and are refused. */
export function ifMatch({ 'if-match': header }: IncomingHttpHeaders): number {
  if (header === undefined) throw new Problem('ifMatchMissing');
  const [, digits] = /^"([1-9]\d{0,14})"$/.exec(header.trim()) ?? [];
  if (digits === undefined) throw malformed('If-Match');
  return Number(digits);
}

/** The key of a command: 1 to 200 visible ASCII characters. */
export function idempotencyKey(headers: IncomingHttpHeaders): string {
  const key = optionalIdempotencyKey(headers);
  if (key === undefined) throw new Problem('idempotencyKeyMissing');
  return key;
}

/** As `idempotencyKey`, for routes that repeat harmlessly without one. */
export function optionalIdempotencyKey({ 'idempotency-key': header }: IncomingHttpHeaders): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) throw malformed('Idempotency-Key');
  return header;
}

const malformed = (name: string): Problem => new Problem('malformedHeader', {
  errors: [{ path: name, code: 'malformedHeader', text: { de: `Die Kopfzeile „${name}“ ist nicht lesbar.`, en: `The header “${name}” is malformed.` } }],
});

/** The token of `Authorization: Bearer …`; null when there is no such header or it is of another kind. */
export const bearer = ({ authorization }: IncomingHttpHeaders): string | null =>
  /^Bearer +([\w\-.~+/]+=*)$/i.exec(authorization ?? '')?.[1] ?? null;

/** A download's name for every client: an ASCII stand-in and the name itself (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
