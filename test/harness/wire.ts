import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, createConnection, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A wire between a client and PostgreSQL that a test can cut or clog. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  #cutAfter: string | null = null;
  #swallowing = false;

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
    far.on('data', (bytes) => { if (!this.#swallowing) near.write(bytes); });
  }
}
