import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, createConnection, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READY_FOR_QUERY = Buffer.from('Z\0\0\0\x05I');
/** What a server says to a connection that an administrator terminates (an ErrorResponse of PostgreSQL's protocol). */
const TERMINATED = errorResponse('SFATAL', 'VFATAL', 'C57P01', 'Mterminating connection due to administrator command');

function errorResponse(...fields: readonly string[]): Buffer {
  const body = Buffer.from(`${fields.join('\0')}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A transaction whose end its sender is not to hear of: what it says, and whether that has happened. */
interface Unheard {
  readonly word: string;
  happened: boolean;
}

const COMMIT = 'commit\0';

/** A wire between a client and PostgreSQL that a test can cut or clog. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  #cutAfter: string | null = null;
  readonly #unheard = new Set<Unheard>();
  #swallowing = false;
  #breaking = false;

  private constructor(readonly url: string, readonly folder: string, readonly server: Server) {}

  /** Lays a wire to the server behind `url`, which names a unix socket. */
  static async to(url: string): Promise<Wire> {
    const target = new URL(url);
    const name = `.s.PGSQL.${target.port}`;
    const socket = join(target.searchParams.get('host') ?? '', name);
    const folder = await mkdtemp(join(tmpdir(), 'tranche-wire-'));
    target.searchParams.set('host', folder);
    const server = createServer((near) => wire.#join(near, createConnection(socket)));
    const wire = new Wire(target.href, folder, server);
    await new Promise<void>((resolve) => server.listen(join(folder, name), resolve));
    return wire;
  }

  /** The next statement that contains `word` reaches the server; its answer does not come back. */
  cutAfter(word: string): void {
    this.#cutAfter = word;
  }

  /** The next transaction that says `word` is committed, and nobody on this side hears so. @returns whether that has happened */
  cutCommitOf(word: string): () => boolean {
    const unheard: Unheard = { word, happened: false };
    this.#unheard.add(unheard);
    return () => unheard.happened;
  }

  /** The next connection is terminated by its server in the very moment in which it is ready: both come in one packet. */
  breakAtBirth(): void {
    this.#breaking = true;
  }

  /** From now on, nothing that either side says arrives; nobody is told. */
  swallow(on: boolean): void {
    this.#swallowing = on;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.folder, { recursive: true, force: true });
  }

  #join(near: Socket, far: Socket): void {
    for (const [one, other] of [[near, far], [far, near]] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => { this.#sockets.delete(one); other.destroy(); });
    }
    const ending = this.#listener();
    near.on('data', (bytes) => {
      if (this.#swallowing) return;
      far.write(bytes);
      const unheard = ending(bytes);
      const cut = this.#cutAfter !== null && bytes.includes(this.#cutAfter);
      if (cut) this.#cutAfter = null;
      if (!cut && unheard === undefined) return;
      // The server answers once it has done what it was told; then the answer is dropped together with the line.
      far.removeAllListeners('data').once('data', () => {
        near.destroy();
        if (unheard !== undefined) unheard.happened = true;
      });
    });
    far.on('data', (bytes) => {
      if (this.#swallowing) return;
      const last = this.#breaking && bytes.includes(READY_FOR_QUERY);
      if (last) this.#breaking = false;
      near.write(last ? Buffer.concat([bytes, TERMINATED]) : bytes);
    });
  }

  /** Listens to one connection. @returns which of those that are not to be heard of ends with these bytes */
  #listener(): (bytes: Buffer) => Unheard | undefined {
    const said = new Set<Unheard>();
    return (bytes) => {
      for (const each of this.#unheard) if (bytes.includes(each.word)) said.add(each);
      const ends = bytes.includes(COMMIT) ? [...said].find((each) => this.#unheard.has(each)) : undefined;
      if (bytes.includes(COMMIT) || bytes.includes('rollback\0')) said.clear();
      if (ends !== undefined) this.#unheard.delete(ends);
      return ends;
    };
  }
}
