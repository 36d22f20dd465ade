import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { PersonRow } from './identity.entities.ts';

/** A person's private calendar feed. Whoever knows its token reads it; only the token's SHA-256 is kept. */
@Entity('feeds')
@Unique('feeds_token', ['tokenSha256'])
@Check('feeds_scope', "scope in ('mine', 'all')")
@Check('feeds_language', "language in ('de', 'en')")
export class FeedRow {
  @PrimaryColumn('text') id: string;
  @Index('feeds_of_account')
  @ForeignKey(() => PersonRow, { name: 'feeds_belong' })
  @Column('text') account: string;
  @Column('bytea', { name: 'token_sha256' }) tokenSha256: Buffer;
  @Column('text') scope: string;
  @Column('boolean') reminders: boolean;
  @Column('text') language: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: string;
  /** To the hour. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt: string | null;
}
