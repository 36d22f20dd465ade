import type { Instant, Json } from '#kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A funding round, one row a revision. Dates follow the newest revision; amounts are pinned by each application. */
@Entity('cycles')
export class CycleRevision {
  @PrimaryColumn('text') id: string;
  @PrimaryColumn('int') revision: number;
  @Column('text') programme: string;
  @Column('jsonb') data: Json;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Instant;
  @Column('text', { default: 'system' }) account: string;
  @Column('text', { nullable: true }) reason: string | null;
}

/** The last file number given out in a cycle. */
@Entity('file_numbers')
export class FileNumber {
  @PrimaryColumn('text', { name: 'cycle_id' }) cycleId: string;
  @Column('int') last: number;
}
