import type { Runner } from '#store';

/** A letter's frozen words in its reader's language, on their way to the mail server. */
export interface Outgoing {
  readonly messageId: string;
  readonly address: string;
  readonly language: 'de' | 'en';
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of an optional letter: what unsubscribes its reader. */
  readonly token: string | null;
}

/** Longer than all waits of one mail together (see `smtpMailer`), in real time: after that whoever had it is gone. */
const LEASE_MS = 60_000;

const FREE = 'sent_at is null and withheld_at is null and (sending_until is null or sending_until < clock_timestamp())';

/** Keeps a letter back for good that is not to be mailed: nobody reads at its address, or its reader wants no more of its kind. */
export async function withhold(runner: Runner, id: number): Promise<'suppressed' | 'unsubscribed' | null> {
  const [letter] = await runner.query<{ withheld: 'suppressed' | 'unsubscribed' }>(
    `update letters l set withheld_at = tranche_now(), withheld = why.withheld, sending_until = null
     from (select 1 as rank, 'suppressed' as withheld from suppressions s join letters t on t.id = $1 and s.address = lower(t.address) where s.lifted_at is null
       union all select 2, 'unsubscribed' from subscriptions s join letters t on t.id = $1 and t.optional and s.account = t.account and s.kind = t.kind
         where s.unsubscribed_at is not null
       order by rank limit 1) why
     where id = $1 and ${FREE} returning l.withheld`, [id]);
  return letter?.withheld ?? null;
}

/** The mail of a letter, for the one worker who gets it; null when it has gone, or never will. Throws while another worker has it. */
export async function takeMail(runner: Runner, id: number): Promise<Outgoing | null> {
  const [mail] = await runner.query<Outgoing>(
    `update letters l set sending_until = clock_timestamp() + $2::integer * interval '1 millisecond'
     where id = $1 and ${FREE}
     returning message_id as "messageId", address, language,
       case language when 'de' then subject_de else subject_en end as subject,
       case language when 'de' then text_de else text_en end as text,
       case language when 'de' then html_de else html_en end as html,
       (select s.token from subscriptions s where l.optional and s.account = l.account and s.kind = l.kind) as token`,
    [id, LEASE_MS],
  );
  if (mail !== undefined) return mail;
  const [letter] = await runner.query<{ over: boolean }>('select sent_at is not null or withheld_at is not null as over from letters where id = $1', [id]);
  if (letter?.over === true) return null;
  throw new Error(letter === undefined ? `there is no letter ${id}` : `letter ${id} is being sent by another worker`);
}

/** Lets the next attempt have a letter that the mail server did not take. */
export async function giveBack(runner: Runner, id: number): Promise<void> {
  await runner.query('update letters set sending_until = null where id = $1 and sent_at is null and withheld_at is null', [id]);
}
