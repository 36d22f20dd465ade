import type { Runner } from '#store';
import type { Mail } from './mailer.ts';

/** Longer than all waits of one mail together (see `smtpMailer`), in real time: after that whoever had it is gone. */
const LEASE_MS = 60_000;

/** The mail of a letter, for the one worker who gets it; null when it has gone. Throws while another worker has it. */
export async function takeMail(runner: Runner, id: number): Promise<Mail | null> {
  const [mail] = await runner.query<Mail>(
    `update letters set sending_until = clock_timestamp() + $2::integer * interval '1 millisecond'
     where id = $1 and sent_at is null and (sending_until is null or sending_until < clock_timestamp())
     returning message_id as "messageId", address, language,
       case language when 'de' then subject_de else subject_en end as subject,
       case language when 'de' then text_de else text_en end as text,
       case language when 'de' then html_de else html_en end as html`,
    [id, LEASE_MS],
  );
  if (mail !== undefined) return mail;
  const [letter] = await runner.query<{ sent: boolean }>('select sent_at is not null as sent from letters where id = $1', [id]);
  if (letter?.sent === true) return null;
  throw new Error(letter === undefined ? `there is no letter ${id}` : `letter ${id} is being sent by another worker`);
}

/** Lets the next attempt have a letter that the mail server did not take. */
export async function giveBack(runner: Runner, id: number): Promise<void> {
  await runner.query('update letters set sending_until = null where id = $1 and sent_at is null', [id]);
}
