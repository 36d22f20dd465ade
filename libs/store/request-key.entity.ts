import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The first answer to a request key, per account: the same key and body get it again. */
@Entity('request_keys')
@Index('request_keys_by_age', ['createdAt'])
export class RequestKeyRow {
  @PrimaryColumn('text')
  actor: string;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  route: string;

  @Column('text', { name: 'body_hash' })
  bodyHash: string;

  @Column('jsonb')
  answer: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: string;
}
