import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that remembers what it took, by Message-ID. */
export interface MailServer {
  /** What makes a process of the installation send its mail here. */
  readonly environment: { readonly SMTP_URL: string; readonly MAIL_FROM: string };
  readonly taken: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port of the loopback. `before` is awaited before each mail is taken. */
export async function startMailServer(before: () => Promise<void> = async () => undefined): Promise<MailServer> {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _, done) => {
      void stream.toArray().then(async (parts) => {
        await before();
        taken.push(/^Message-ID: (.+?)\r?$/im.exec(Buffer.concat(parts).toString())?.[1] ?? 'nameless');
        done();
      }).catch(done);
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    environment: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Tranche <agency@tranche.example>' },
    taken,
    stop: () => new Promise((resolve) => { server.close(() => resolve()); }),
  };
}
