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

/** A wire between a client and PostgreSQL that a test can cut or clog. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  #cutAfter: string | null = null;
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
    near.on('data', (bytes) => {
      if (this.#swallowing) return;
      far.write(bytes);
      if (this.#cutAfter === null || !bytes.includes(this.#cutAfter)) return;
      this.#cutAfter = null;
      // The server answers once it has done what it was told; then the answer is dropped together with the line.
      far.removeAllListeners('data').once('data', () => near.destroy());
    });
    far.on('data', (bytes) => {
      if (this.#swallowing) return;
      const last = this.#breaking && bytes.includes(READY_FOR_QUERY);
      if (last) this.#breaking = false;
      near.write(last ? Buffer.concat([bytes, TERMINATED]) : bytes);
    });
  }
}
