import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bank, type BankLedger, type BankMemory } from './bank.ts';
import type { Script } from './script.ts';

const USAGE = `bank --in PAIN001.xml --out FOLDER [--seed N] [--script FILE.json]

Hands a pain.001.001.09 to a simulated bank. Its answers (pain.002, camt.053, camt.054) and its books (bank-ledger.json)
are written to FOLDER; what it has had before, it remembers there. Same files, seed and script: same answers.`;

/** Cents are too large for JSON's numbers to be trusted with: they are written as text with an `n`. */
const toJson = (value: unknown): string => `${JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner), 2)}\n`;
const fromJson = (text: string): unknown => JSON.parse(text, (_, inner: unknown) => (typeof inner === 'string' && /^\d+n$/.test(inner) ? BigInt(inner.slice(0, -1)) : inner));

const sheet = ({ payments, paidCents, doubled }: BankLedger) => ({ paidCents, doubled, payments });

/** Serves one customer at the counter. @returns the exit code: 0 taken, 1 refused, 2 usage */
export async function serve(args: readonly string[], out: (line: string) => void): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { in: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string', default: '1' }, script: { type: 'string' } } });
  if (values.in === undefined || values.out === undefined || !/^\d{1,9}$/.test(values.seed)) {
    out(USAGE);
    return 2;
  }
  const folder = values.out;
  await mkdir(folder, { recursive: true });
  const books = join(folder, 'bank-ledger.json');
  const known = await readFile(books, 'utf8').then((text) => (fromJson(text) as { memory: BankMemory }).memory, () => undefined);
  const script = values.script === undefined ? {} : fromJson(await readFile(values.script, 'utf8')) as Script;
  const bank = new Bank({ seed: Number(values.seed), script, ...(known && { memory: known }) });
  const { messageId, accepted, refused } = bank.receive(await readFile(values.in));
  const answers = bank.answers();
  for (const [index, { name, xml }] of answers.entries()) await writeFile(join(folder, `${String(index + 1).padStart(3, '0')}-${name}`), xml);
  await writeFile(books, toJson({ ...sheet(bank.ledger()), memory: bank.memory() }));
  out(`${messageId ?? 'no message'}: ${accepted} payments taken, ${refused.length} refused, ${answers.length} files written to ${folder}`);
  for (const why of refused) out(`  refused: ${why}`);
  return refused.length === 0 ? 0 : 1;
}
