import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as a server took it: its envelope's recipients, and every byte of it. */
export interface Delivered {
  readonly to: readonly string[];
  readonly source: string;
}

/** What a mail server answers instead of yes: `550 5.1.1 no such mailbox`. */
type Answer = string | null;

/** A mail server on the loopback that a test can make say no. */
export interface MailServer {
  readonly port: number;
  readonly smtp: { readonly url: string; readonly from: string };
  /** What it took, oldest first. */
  readonly mails: Delivered[];
  /** To each recipient, and to each whole mail; both say yes until a test says otherwise. */
  readonly answers: { recipient: (address: string) => Answer; mail: (to: string) => Answer };
  readonly stop: () => Promise<void>;
}

const yes = (): Answer => null;

/** Starts one on a free port, or on the port of one that was stopped. */
export async function startMailServer(wanted = 0): Promise<MailServer> {
  const mails: Delivered[] = [];
  const answers: MailServer['answers'] = { recipient: yes, mail: yes };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => { done(refusal(answers.recipient(address))); },
    onData: (stream, { envelope: { rcptTo } }, done) => {
      const to = rcptTo.map(({ address }) => address);
      void stream.toArray().then((parts) => {
        const no = refusal(answers.mail(to.join()));
        if (no === null) mails.push({ to, source: Buffer.concat(parts as Buffer[]).toString() });
        done(no);
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(wanted, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    port, mails, answers,
    smtp: { url: `smtp://127.0.0.1:${port}`, from: 'Förderstelle <kim@amt.example>' },
    stop: () => new Promise((resolve) => { server.close(() => resolve()); }),
  };
}

function refusal(answer: Answer): Error | null {
  const [, code = '', text = ''] = /^(\d{3}) (.*)$/s.exec(answer ?? '') ?? [];
  return answer === null ? null : Object.assign(new Error(text), { responseCode: Number(code) });
}
