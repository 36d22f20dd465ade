import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The official schema of an ISO 20022 message, such as `pain.001.001.09`, or null where they are not at hand: they are
 * published for everybody, but they are not ours to copy. `TRANCHE_ISO20022` names the folder that holds them.
 */
export function isoSchema(message: string): Buffer | null {
  const folder = process.env.TRANCHE_ISO20022;
  if (folder === undefined || folder === '') return null;
  const path = join(folder, `${message}.xsd`);
  if (!existsSync(path)) throw new Error(`TRANCHE_ISO20022 is ${folder}, which has no ${message}.xsd`);
  return readFileSync(path);
}
