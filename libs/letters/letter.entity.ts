import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One letter to one account, in both languages, as it was when the act happened. */
@Entity('letters')
@Check('letters_language', "language in ('de', 'en')")
@Check('letters_withheld', "withheld in ('bounced', 'suppressed', 'unsubscribed')")
@Check('letters_one_end', '(withheld is null) = (withheld_at is null) and (sent_at is null or withheld_at is null)')
@Unique('letters_once', ['effectId', 'account'])
@Index('letters_root', ['rootId', 'id'])
@Index('letters_case', ['caseId', 'id'])
@Index('letters_address', ['address', 'id'])
@Index('letters_account', ['account', 'id'])
@Index('letters_message', ['messageId'])
@Index('letters_suppressed', ['withheldAt', 'id'], { where: "withheld = 'suppressed'" })
export class LetterRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  @Column('bigint', { name: 'effect_id' }) effectId: number;
  @Column('text', { name: 'case_id' }) caseId: string;
  @Column('text', { name: 'root_id' }) rootId: string;
  @Column('text') kind: string;
  @Column('text') account: string;
  @Column('text') address: string;
  @Column('text') language: string;
  @Column('text', { name: 'subject_de' }) subjectDe: string;
  @Column('text', { name: 'subject_en' }) subjectEn: string;
  @Column('text', { name: 'text_de' }) textDe: string;
  @Column('text', { name: 'text_en' }) textEn: string;
  @Column('text', { name: 'html_de' }) htmlDe: string;
  @Column('text', { name: 'html_en' }) htmlEn: string;
  /** SHA-256 of the words: see `frozen`. */
  @Column('text') sha256: string;
  /** The same for every attempt to send, so that a mail server recognises a repetition. */
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: string;
  /** Real time: until then one worker has it at the mail server. */
  @Column({ type: 'timestamptz', name: 'sending_until', precision: 3, nullable: true }) sendingUntil: string | null;
  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3, nullable: true }) sentAt: string | null;
  /** A reminder one may do without: its mail says how to unsubscribe. */
  @Column('boolean', { default: false }) optional: boolean;
  /** Why it will never be mailed, and since when: the letter itself stays in the file. */
  @Column('text', { nullable: true }) withheld: string | null;
  @Column({ type: 'timestamptz', name: 'withheld_at', precision: 3, nullable: true }) withheldAt: string | null;
}
