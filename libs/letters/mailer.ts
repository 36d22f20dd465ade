import { createTransport } from 'nodemailer';

/** One mail, as the mail server gets it. */
export interface Mail {
  readonly messageId: string;
  readonly address: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands a mail to a mail server and returns once the server has taken it; throws when it has not. */
export type Mailer = (mail: Mail) => Promise<void>;

/** No mail server keeps a worker waiting: milliseconds for each step. */
const WAITS = { dnsTimeout: 3_000, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 5_000 };

/** Sends by SMTP: `url` as `smtp://user:password@host:587`, `from` as `Name <address>`. One connection per mail. */
export function smtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({ url, ...WAITS, disableFileAccess: true, disableUrlAccess: true });
  return async ({ messageId, address, language, subject, text, html }) => {
    await transport.sendMail({
      from, subject, text, html, messageId,
      to: { name: '', address },
      headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
    });
  };
}

/** An address that is one address and nothing else: no list, no name, no line break, at most 254 characters. */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text);
