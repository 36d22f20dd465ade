import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Lifecycle } from './lifecycle.ts';

/** SHA-256, in hex, over the RFC 8785 canonical form of a JSON value: the same value gives the same digest anywhere. */
export function digest(value: unknown): string {
  const canonical = canonicalize(value);
  if (canonical === undefined) throw new TypeError('digest: not a JSON value');
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}

/** The fingerprint of a lifecycle: states, transitions and the names they use. It changes when the lifecycle does. */
export const definitionHash = (lifecycle: Lifecycle): string => digest(lifecycle);
