import { z } from 'zod';
import { CRASH_POINTS, type CrashPoint, type Mode } from '#store';

/** What an installation was told by its environment; nothing else reads `process.env`. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where people reach this installation, without a slash at the end: what links in letters and calendars begin with. */
  readonly publicUrl: string;
  /** Folder of the embedded PostgreSQL. Null: `.tranche` here, or where the server's account can reach. */
  readonly dataFolder: string | null;
  /** Null: embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Null: the queues live on PostgreSQL. */
  readonly redisUrl: string | null;
  /** Null: letters can only be read in the inbox. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  readonly mode: Mode;
  /** Signs tokens. Null, in a demo only: the installation makes a key and keeps it in its database. */
  readonly tokenKey: string | null;
  /** Where the process kills itself, once; tests and demos only. */
  readonly crashAt: CrashPoint | null;
}

/** The environment does not describe an installation that may start. The message says what, where and what to do. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['Tranche cannot start:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

const KEY_ADVICE = 'set it to at least 32 random characters, for example the output of `openssl rand -hex 32`, the same for api, worker and ctl';
/** What stands in examples and is forgotten there; a random key spells none of it. */
const PLACEHOLDER = /change.?me|default|example|secret|password|tranche|0123456789/i;

const urlOf = (...schemes: string[]): z.ZodType<string | undefined> =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), `must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`).optional();

const environment = z.object({
  PORT: z.string().regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535').transform(Number).refine((port) => port <= 65_535, 'must be a port number from 0 to 65535').default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: urlOf('http:', 'https:'),
  TRANCHE_DATA: z.string().optional(),
  DATABASE_URL: urlOf('postgres:', 'postgresql:'),
  REDIS_URL: urlOf('redis:', 'rediss:'),
  SMTP_URL: urlOf('smtp:', 'smtps:'),
  MAIL_FROM: z.string().includes('@', 'must be a mail address').optional(),
  TRANCHE_MODE: z.enum(['demo', 'production'], 'must be demo or production').optional(),
  TRANCHE_TOKEN_KEY: z.string().optional(),
  TRANCHE_CRASH_AT: z.enum(CRASH_POINTS, `must be one of ${CRASH_POINTS.join(', ')}`).optional(),
});

/** Reads the environment once; an empty variable counts as absent. Throws `ConfigError` with every problem at once. */
export function readConfig(variables: { readonly [name: string]: string | undefined } = process.env): Config {
  const parsed = environment.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')));
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`));
  const given = parsed.data;
  const mode = given.TRANCHE_MODE ?? (given.DATABASE_URL === undefined ? 'demo' : 'production');
  const problems = contradictions({ ...given, mode });
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    port: given.PORT,
    host: given.HOST,
    publicUrl: (given.PUBLIC_URL ?? `http://${given.HOST.includes(':') ? `[${given.HOST}]` : given.HOST}:${given.PORT}`).replace(/\/+$/, ''),
    dataFolder: given.TRANCHE_DATA ?? null,
    databaseUrl: given.DATABASE_URL ?? null,
    redisUrl: given.REDIS_URL ?? null,
    smtp: given.SMTP_URL !== undefined && given.MAIL_FROM !== undefined ? { url: given.SMTP_URL, from: given.MAIL_FROM } : null,
    mode,
    tokenKey: given.TRANCHE_TOKEN_KEY ?? null,
    crashAt: given.TRANCHE_CRASH_AT ?? null,
  };
}

function contradictions(given: z.infer<typeof environment> & { readonly mode: Mode }): string[] {
  const problems: string[] = [];
  if ((given.SMTP_URL === undefined) !== (given.MAIL_FROM === undefined)) {
    problems.push(`${given.SMTP_URL === undefined ? 'SMTP_URL' : 'MAIL_FROM'} is missing: mail needs both SMTP_URL and MAIL_FROM; set both or neither.`);
  }
  const key = given.TRANCHE_TOKEN_KEY;
  if (key !== undefined && (key.length < 32 || new Set(key).size < 10 || PLACEHOLDER.test(key))) problems.push(`TRANCHE_TOKEN_KEY is too easy to guess: ${KEY_ADVICE}.`);
  if (given.mode === 'demo') return problems;
  const why = given.TRANCHE_MODE === undefined ? 'production, because DATABASE_URL is set; TRANCHE_MODE=demo would make it a demo' : 'production';
  if (key === undefined) problems.push(`TRANCHE_TOKEN_KEY is missing (mode: ${why}): ${KEY_ADVICE}.`);
  if (given.TRANCHE_CRASH_AT !== undefined) problems.push('TRANCHE_CRASH_AT would kill a production process: unset it; it is for tests and demos.');
  return problems;
}
