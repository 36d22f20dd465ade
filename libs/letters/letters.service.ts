import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Store, type Tx } from '#store';
import { letterOf, listTroubles, recordBounce, type Bounce, type BounceReport, type Trouble } from './bounces.ts';
import { giveBack, takeMail, withhold, type Outgoing } from './lease.ts';
import { isAddress, smtpMailer, type Mailer } from './mailer.ts';
import { isAboutRecipient } from './refusal.ts';
import { freezeWords, wayOut, type Words } from './render.ts';
import { willing } from './subscriptions.service.ts';

/** How letters leave the house. `smtp` null: they stay readable in the inbox and go nowhere. Links begin with `publicUrl`. */
export class LettersSettings {
  constructor(readonly smtp: { readonly url: string; readonly from: string } | null, readonly publicUrl = 'http://127.0.0.1:3000') {}
}

/** What some readers of a letter are told, and about which case. */
export interface LetterCopy {
  readonly caseId: string;
  readonly rootId: string;
  readonly words: Words;
  readonly recipients: readonly { readonly account: string; readonly address: string; readonly language: 'de' | 'en' }[];
}

/** A letter to be written: the words of one effect for everyone it goes to. */
export interface LetterOrder extends LetterCopy {
  readonly effectId: number;
  readonly kind: string;
  /** Not written to those who have unsubscribed from its kind. */
  readonly optional?: true;
  /** What others are told, where it does not say the same to everybody. */
  readonly copies?: readonly LetterCopy[];
}

/** The identity of a letter that is written, and what has become of it: it went, was kept back for good, or neither yet. */
export interface FrozenLetter {
  readonly id: number;
  readonly account: string;
  readonly sha256: string;
  readonly sentAt: string | null;
  readonly withheld: 'bounced' | 'suppressed' | 'unsubscribed' | null;
}

/** A letter as its recipient reads it, in the recipient's language and with the way out of optional ones. */
export interface InboxItem {
  readonly id: string;
  readonly case: string;
  readonly kind: string;
  readonly to: string;
  readonly language: 'de' | 'en';
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
}

/** What to show of the inbox: `to` is an address or an account, `case` a case or its whole family. */
export interface InboxQuery {
  readonly to?: string;
  readonly case?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const MOST_ITEMS = 200;

/** Writes letters once, sends them once, shows what was sent and knows what did not arrive. */
@Injectable()
export class LettersService {
  readonly #store: Store;
  readonly #mailer: Mailer | null;
  readonly #domain: string;
  readonly #publicUrl: string;

  constructor(store: Store, { smtp, publicUrl }: LettersSettings) {
    this.#store = store;
    this.#publicUrl = publicUrl;
    this.#mailer = smtp === null ? null : smtpMailer(smtp);
    this.#domain = /@([A-Za-z0-9.-]+)/.exec(smtp?.from ?? '')?.[1] ?? 'tranche.example';
  }

  /**
   * Writes the letters of an effect. The first call decides words and recipients; every later one with the same effect
   * returns those letters unchanged. Addresses that are not exactly one address are refused, and nothing is written.
   */
  async freeze(tx: Tx, order: LetterOrder): Promise<readonly FrozenLetter[] | { readonly code: 'addressInvalid'; readonly accounts: readonly string[] }> {
    const written = await this.written(tx, order.effectId);
    if (written.length > 0) return written;
    const copies = [order, ...order.copies ?? []];
    const everyone = copies.flatMap(({ recipients }) => recipients);
    const wrong = everyone.filter(({ address }) => !isAddress(address));
    if (wrong.length > 0) return { code: 'addressInvalid', accounts: wrong.map(({ account }) => account) };
    const wanted = order.optional ? await willing(tx, order.kind, everyone.map(({ account }) => account)) : null;
    for (const copy of copies) await this.#write(tx, order, { ...copy, recipients: copy.recipients.filter(({ account }) => wanted?.has(account) ?? true) });
    return this.written(tx, order.effectId);
  }

  async #write(tx: Tx, { effectId, kind, optional }: Pick<LetterOrder, 'effectId' | 'kind' | 'optional'>, copy: LetterCopy): Promise<void> {
    const words = freezeWords(copy.words);
    const recipients = copy.recipients.map((recipient) => ({ ...recipient, messageId: this.#messageId(effectId, recipient.account, words.sha256) }));
    await tx.query(
      `insert into letters (effect_id, case_id, root_id, kind, account, address, language, message_id,
         subject_de, subject_en, text_de, text_en, html_de, html_en, sha256, optional, created_at)
       select $1, $2, $3, $4, r.account, r.address, r.language, r."messageId", $6, $7, $8, $9, $10, $11, $12, $13, tranche_now()
       from jsonb_to_recordset($5::jsonb) as r(account text, address text, language text, "messageId" text)
       on conflict (effect_id, account) do nothing`,
      [effectId, copy.caseId, copy.rootId, kind, JSON.stringify(recipients),
        words.subjectDe, words.subjectEn, words.textDe, words.textEn, words.htmlDe, words.htmlEn, words.sha256, optional === true],
    );
  }

  /**
   * Sends letters one after the other; those that are over are left alone. Where the server has something against one
   * mail, the others go all the same; where nobody answers, asking for them is no use. Throws the first fault.
   */
  async sendAll(letters: readonly FrozenLetter[]): Promise<void> {
    const faults: unknown[] = [];
    for (const { id } of letters.filter(({ sentAt, withheld }) => sentAt === null && withheld === null)) {
      await this.send(id).catch((problem: unknown) => {
        if (!isAboutRecipient(problem)) throw problem;
        faults.push(problem);
      });
    }
    if (faults.length > 0) throw faults[0];
  }

  /**
   * Brings a letter to its end: sent and stamped with legal time, or kept back because its recipient is refused for
   * good, its address is dead or its reader wants no more of its kind. Without a mail server it only reaches the inbox.
   * Throws what may be better next time, and the letter stays open; throws too while another worker has it, so that
   * nobody takes it for done. No connection to the database waits for the mail server. A process that dies between the
   * server's yes and the stamp repeats the mail under the same Message-ID.
   */
  async send(id: number): Promise<void> {
    if (await withhold(this.#store, id) !== null) return;
    if (this.#mailer !== null) {
      const mail = await takeMail(this.#store, id);
      if (mail === null) return;
      const refusal = await this.#mailer({ ...mail, ...this.#signed(mail) }).catch(async (problem: unknown) => {
        await giveBack(this.#store, id);
        throw problem;
      });
      if (refusal !== null) return void await this.#store.transaction((tx) => recordBounce(tx, id, refusal));
    }
    await this.#store.query('update letters set sent_at = tranche_now() where id = $1 and sent_at is null and withheld_at is null', [id]);
  }

  /** Records that a letter did not arrive, as its delivery report says: once, and it answers which case and kind it concerned. */
  recordBounce(report: BounceReport): Promise<Bounce | { readonly code: 'unknownMessage' | 'otherAddress' }> {
    return this.#store.transaction(async (tx) => {
      const letter = await letterOf(tx, report);
      return typeof letter === 'number' ? recordBounce(tx, letter, report) : letter;
    });
  }

  /** Whether a letter's effect reached none of its readers: every copy came back for good, or was kept from a dead address. */
  async nobodyReached(effectId: number): Promise<boolean> {
    const [row] = await this.#store.query<{ lost: boolean }>(
      `select count(*) > 0 and bool_and(coalesce(l.withheld in ('bounced', 'suppressed'), false)
         or exists (select from bounces b where b.letter_id = l.id and b.status like '5.%')) as lost
       from letters l where l.effect_id = $1`, [effectId]);
    return row?.lost === true;
  }

  /** Letters that did not reach their readers, newest first: bounces, and what was kept back from dead addresses. */
  troubles(page: Parameters<typeof listTroubles>[1]): Promise<Trouble[]> {
    return listTroubles(this.#store, page);
  }

  /** Letters that were sent, newest first, in pages of at most 200 (50 unless told). */
  async inbox(query: InboxQuery): Promise<{ items: InboxItem[]; next: string | null } | { readonly code: 'cursorInvalid' }> {
    if (query.cursor !== undefined && !/^[1-9]\d{0,14}$/.test(query.cursor)) return { code: 'cursorInvalid' };
    const limit = Math.min(Math.max(query.limit ?? 50, 1), MOST_ITEMS);
    const found = await this.#store.query<InboxItem & Pick<Outgoing, 'token'>>(
      `select id::text, case_id as "case", kind, address as "to", language,
         case language when 'de' then subject_de else subject_en end as subject,
         case language when 'de' then text_de else text_en end as text,
         sent_at as "sentAt",
         (select s.token from subscriptions s where l.optional and s.account = l.account and s.kind = l.kind) as token
       from letters l
       where sent_at is not null
         and ($1::text is null or address = $1 or account = $1)
         and ($2::text is null or root_id = $2 or case_id = $2)
         and ($3::bigint is null or id < $3)
       order by l.id desc limit $4`,
      [query.to ?? null, query.case ?? null, query.cursor ?? null, limit + 1],
    );
    const items = found.slice(0, limit).map(({ token, ...item }) => ({ ...item, text: this.#signed({ ...item, html: '', token }).text }));
    return { items, next: found.length > limit ? items.at(-1)?.id ?? null : null };
  }

  /** What has been written of an effect before: none where nothing has. */
  written(tx: Tx, effectId: number): Promise<FrozenLetter[]> {
    return tx.query<FrozenLetter>(
      'select id, account, sha256, sent_at as "sentAt", withheld from letters where effect_id = $1 order by id', [effectId]);
  }

  /** The frozen words of a letter, and below those of an optional one how its reader gets no more of them. */
  #signed({ token, ...letter }: Pick<Outgoing, 'language' | 'text' | 'html' | 'token'>): Pick<Outgoing, 'text' | 'html'> & { readonly unsubscribe: string | null } {
    if (token === null) return { text: letter.text, html: letter.html, unsubscribe: null };
    const unsubscribe = `${this.#publicUrl}/api/v1/unsubscribe/${token}`;
    return { ...wayOut(letter, unsubscribe), unsubscribe };
  }

  /** Fixed by effect, account and words: a restored database may give an effect's number to another letter. */
  #messageId(effectId: number, account: string, words: string): string {
    const letter = createHash('sha256').update(`${account} ${words}`).digest('hex').slice(0, 24);
    return `<letter.${effectId}.${letter}@${this.#domain}>`;
  }
}
