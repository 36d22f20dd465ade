import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bank, type BankLedger, type BankMemory } from './bank.ts';
import type { Script } from './script.ts';

const USAGE = `npm run bank -- --in PAIN001.xml --out FOLDER [--seed N] [--script FILE.json]

Hands a pain.001.001.09 to a simulated bank. Its answers (pain.002, camt.053, camt.054) and its books (bank-ledger.json)
are written to FOLDER; what it has had before, it remembers there. Same files, seed and script: same answers.

  --in      the file of a payment run, as \`ctl run RUN --file\` saves it
  --out     where the answers and the books go
  --seed    0 to 999999999 (default 1): what befalls whom
  --script  instead: {"fates": {"KIM-2028-0001-1-1": {"rejected": "AC04"},
            "KIM-2028-0002-1-1": {"returns": [{"cents": 5000, "afterDays": 3, "reason": "MS03"}]}}, "otherwise": {"delayDays": 1}};
            all of it in apps/bank/script.ts

Exit 0 when all was taken, 1 when the bank refused something, 2 on wrong usage.`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' }, in: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string', default: '1' }, script: { type: 'string' },
} as const;

interface Errand {
  readonly input: Buffer;
  readonly folder: string;
  readonly seed: number;
  readonly script: Script;
}

/** What the customer wants; null when they ask how that is said. Throws a sentence about what cannot be understood or read. */
async function errandOf(args: readonly string[]): Promise<Errand | null> {
  const { help, in: path, out: folder, seed, script } = parseArgs({ args: [...args], options: OPTIONS }).values;
  if (help === true) return null;
  if (path === undefined || folder === undefined) throw new Error('--in and --out are needed');
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`--seed ${seed} is not a number from 0 to 999999999`);
  return { input: await readFile(path), folder, seed: Number(seed), script: script === undefined ? {} : fromJson(await readFile(script, 'utf8')) as Script };
}

/** Cents are too large for JSON's numbers to be trusted with: they are written as text with an `n`. */
const toJson = (value: unknown): string => `${JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner), 2)}\n`;
const fromJson = (text: string): unknown => JSON.parse(text, (name, inner: unknown) => {
  if (typeof inner === 'string' && /^\d+n$/.test(inner)) return BigInt(inner.slice(0, -1));
  if (name !== 'cents' || typeof inner === 'bigint') return inner;
  if (typeof inner !== 'number' || !Number.isSafeInteger(inner) || inner < 1) throw new Error(`cents ${JSON.stringify(inner)} is not a whole number of cents`);
  return BigInt(inner);
});

const sheet = ({ payments, paidCents, doubled }: BankLedger) => ({ paidCents, doubled, payments });

/** Serves one customer at the counter. @returns the exit code: 0 taken, 1 refused, 2 usage */
export async function serve(args: readonly string[], out: (line: string) => void): Promise<number> {
  try {
    const errand = await errandOf(args);
    if (errand !== null) return await take(errand, out);
    out(USAGE);
    return 0;
  } catch (error) {
    out(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
}

/** Takes the file and hands out the answers. */
async function take({ input, folder, seed, script }: Errand, out: (line: string) => void): Promise<number> {
  await mkdir(folder, { recursive: true });
  const books = join(folder, 'bank-ledger.json');
  const known = await readFile(books, 'utf8').then((text) => (fromJson(text) as { memory: BankMemory }).memory, () => undefined);
  const bank = new Bank({ seed, script, ...(known && { memory: known }) });
  const { messageId, accepted, refused } = bank.receive(input);
  const answers = bank.answers();
  for (const [index, { name, xml }] of answers.entries()) await writeFile(join(folder, `${String(index + 1).padStart(3, '0')}-${name}`), xml);
  await writeFile(books, toJson({ ...sheet(bank.ledger()), memory: bank.memory() }));
  out(`${messageId ?? 'no message'}: ${accepted} payments taken, ${refused.length} refused, ${answers.length} files written to ${folder}`);
  for (const why of refused) out(`  refused: ${why}`);
  return refused.length === 0 ? 0 : 1;
}
