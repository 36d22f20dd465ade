import { afterAll, beforeAll } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DestinationStream } from 'pino';
import supertest, { type Test } from 'supertest';
import { ApiModule, apiOptions, configureApi, createLog } from '#apps/api';
import { Installation, InstallationModule, type Config } from '#apps/installation';
import { WorkerModule } from '#apps/worker';
import { IdentityService } from '#identity';
import { moveClock, Store, type Instant } from '#store';
import { freshDatabase, testQueue } from '#test/harness';

type Method = 'get' | 'post' | 'put' | 'delete' | 'patch';

class Root {}

/** The API of a demo agency on a database of its own: what the specs of this folder talk to. */
export interface Desk {
  readonly app: NestExpressApplication;
  readonly store: Store;
  /** The round that the demo opened. */
  readonly cycle: string;
  /** A request in the name of an account, or of nobody. */
  readonly ask: (account: string | null, method: Method, path: string) => Test;
  readonly moveClock: (to: Instant) => Promise<void>;
  readonly close: () => Promise<void>;
}

const DEMO: Config = {
  port: 0, host: '127.0.0.1', publicUrl: 'http://127.0.0.1', dataFolder: null, databaseUrl: null, redisUrl: null, smtp: null, mode: 'demo', tokenKey: 'p8Jq2vXw7Zr4Lt9Ns1Bd6Fh3Kg5Ym0CeAuIoTx', crashAt: null,
};

interface Around {
  /** A worker in the same process, on the queue of this run. */
  readonly worker?: true;
  readonly logTo?: DestinationStream;
  /** What stands between the API and its database. */
  readonly through?: (url: string) => Promise<string>;
}

/** Opens the API; `config` says what is not a demo's default. */
export async function openDesk(config: Partial<Config> = {}, { worker, logTo, through }: Around = {}): Promise<Desk> {
  const database = await freshDatabase();
  if (config.mode === 'production') await database.store.query("update installation set mode = 'production'");
  const log = createLog(logTo ? 'info' : 'silent', logTo);
  const { redisUrl } = testQueue();
  const installation = new Installation({ ...DEMO, redisUrl, ...config }, through ? await through(database.url) : database.url);
  const imports = [InstallationModule.forRoot(installation), ApiModule, ...(worker ? [WorkerModule.forRoot({ redisUrl, databaseUrl: database.url, prefix: new URL(database.url).pathname.slice(1) })] : [])];
  const app = await NestFactory.create<NestExpressApplication>({ module: Root, imports }, { ...apiOptions(log), abortOnError: false });
  configureApi(app, log);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const store = app.get(Store);
  const [round] = await store.query<{ id: string }>('select id from cycles');
  const tokens = new Map<string, string>();
  for (const account of await accounts(app)) tokens.set(account, await tokenOf(app, account));
  return {
    app, store, cycle: round?.id ?? 'none',
    ask: (account, method, path) => {
      const request = supertest(url)[method](path.startsWith('/') ? path : `/api/v1/${path}`);
      return account === null ? request : request.set('Authorization', `Bearer ${tokens.get(account) ?? account}`);
    },
    moveClock: async (to) => void (await store.transaction((tx) => moveClock(tx, to))),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** A desk for the tests of the file or `describe` that calls this: opened before and closed after them. */
export function usingDesk(config: Partial<Config> = {}, around: Around = {}): Omit<Desk, 'close'> {
  const held: { desk?: Desk } = {};
  const desk = (): Desk => {
    if (held.desk === undefined) throw new Error('the desk is open only while tests run');
    return held.desk;
  };
  beforeAll(async () => { held.desk = await openDesk(config, around); });
  afterAll(() => desk().close());
  return {
    get app() { return desk().app; }, get store() { return desk().store; }, get cycle() { return desk().cycle; },
    ask: (...request) => desk().ask(...request), moveClock: (to) => desk().moveClock(to),
  };
}

const accounts = async (app: NestExpressApplication): Promise<string[]> =>
  (await app.get(IdentityService).people()).map(({ account }) => account).filter((account) => !/^(editor|signatory)-/.test(account) || /05315|05314|05111|05112|05113/.test(account));

async function tokenOf(app: NestExpressApplication, account: string): Promise<string> {
  const issued = await app.get(IdentityService).issueToken(account, 3600);
  if ('code' in issued) throw new Error(`${account}: ${issued.code}`);
  return issued.token;
}
