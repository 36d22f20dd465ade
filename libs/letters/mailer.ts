import { createTransport } from 'nodemailer';
import { refusalOf, type Refusal } from './refusal.ts';

/** One mail, as the mail server gets it. */
export interface Mail {
  readonly messageId: string;
  readonly address: string;
  readonly language: 'de' | 'en';
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where one click unsubscribes from mails like this one; null for those one may not do without. */
  readonly unsubscribe: string | null;
}

/**
 * Hands a mail to a mail server: null once the server has taken it, a refusal when it never will for this recipient.
 * Throws what may be better next time.
 */
export type Mailer = (mail: Mail) => Promise<Refusal | null>;

/** No mail server keeps a worker waiting: milliseconds for each step. */
const WAITS = { dnsTimeout: 3_000, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 5_000 };

/** Sends by SMTP: `url` as `smtp://user:password@host:587`, `from` as `Name <address>`. One connection per mail. */
export function smtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({ url, ...WAITS, disableFileAccess: true, disableUrlAccess: true });
  return async ({ messageId, address, language, subject, text, html, unsubscribe }) => {
    const sent = transport.sendMail({
      from, subject, text, html, messageId,
      to: { name: '', address },
      headers: {
        'Content-Language': language,
        // Neither a holiday note nor another machine answers a machine (RFC 3834, and what Exchange asks for instead).
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'OOF, AutoReply',
        // RFC 8058, each on one line: not every reader of it knows that a header may be folded.
        ...(unsubscribe === null ? {} : { 'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` }, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    });
    return sent.then(() => null, (problem: unknown) => {
      const refusal = refusalOf(problem);
      if (refusal === null) throw problem;
      return refusal;
    });
  };
}

/** An address that is one address and nothing else: no list, no name, no line break, at most 254 characters. */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text);
