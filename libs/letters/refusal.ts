/** Why a mail server will never take a mail for its recipient. `status` is an RFC 3463 code such as `5.1.1`. */
export interface Refusal {
  readonly status: string;
  readonly diagnostic: string;
}

/** What nodemailer tells about a conversation that went wrong; all of it may be missing. */
interface Conversation {
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

const LONGEST = 1_000;

/** What a server that sends no RFC 3463 code says by its RFC 5321 code. Any other one is about the conversation. */
const PLAIN: { readonly [code: number]: string } = { 550: '5.1.0', 551: '5.1.6', 552: '5.2.2', 553: '5.1.3', 554: '5.0.0', 556: '5.1.10' };

/** It has something against us, not against the recipient: our address, our login, our way of speaking, relaying. */
const AGAINST_US = /^5\.(?:1\.[78]|[57]\.\d+)$/;

/** The address is no address any more. A full mailbox, a long message or a policy says nothing about that. */
const DEAD = /^5\.(?:0\.\d+|1\.(?![78]$)\d+|2\.[01]|4\.(?:1|4|310))$/;

/**
 * The refusal in a fault of the mail server, or null where trying again can help: it is not reachable, says 4xx, or has
 * something against us that an administrator can mend within a day.
 */
export function refusalOf(problem: unknown): Refusal | null {
  const { command, response = '', responseCode = 0 } = problem as Conversation;
  if (responseCode < 500 || !isAboutRecipient(problem)) return null;
  const said = /^\d{3}[ -]#?([45]\.\d{1,3}\.\d{1,3})\b|#([45]\.\d{1,3}\.\d{1,3})\b/.exec(response);
  const status = said?.[1] ?? said?.[2] ?? (/relay|authenticat/i.test(response) ? '5.7.1' : PLAIN[responseCode] ?? '5.5.0');
  // Once the recipient is accepted, only what names the mailbox is about it; the rest is about the message.
  const blames = command === 'DATA' ? said !== null && /^5\.[12]\./.test(status) : status.startsWith('5.');
  return blames && !AGAINST_US.test(status) ? { status, diagnostic: readable(response) } : null;
}

/** Whether the server got as far as judging this one mail: then it may still take one for somebody else. */
export const isAboutRecipient = (problem: unknown): boolean => ['RCPT TO', 'DATA'].includes((problem as Conversation).command ?? '');

/** Whether such a status means that nothing more is to be mailed to the address. */
export const isDead = (status: string): boolean => DEAD.test(status);

/** A server's words come from outside: one line, bounded, and without what PostgreSQL cannot store. */
const readable = (response: string): string => response.replaceAll(/[\p{Cc}\p{Surrogate}]+/gu, ' ').trim().slice(0, LONGEST);
