import type { Instant, Json, Text } from '#kernel';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/**
 * A deadline of a case. The row decides; its alarm in the queue only wakes someone up to look. `alarm_epoch` names the
 * epoch in which the alarm was published: null means not yet, another one than the present means again, so the row is
 * its own outbox. A settled row keeps it only while its alarm may still lie in the queue, to be taken out.
 */
@Entity('clocks')
@Unique('clocks_once_a_name', ['caseId', 'name'])
@Index('clocks_by_root', ['rootId'])
@Index('clocks_due', ['dueAt', 'id'], { where: 'settled_at is null' })
@Index('clocks_unpublished', ['dueAt'], { where: 'settled_at is null and alarm_epoch is null' })
@Index('clocks_published', ['alarmEpoch', 'dueAt'], { where: 'settled_at is null and alarm_epoch is not null' })
@Index('clocks_withdrawn', ['id'], { where: 'settled_at is not null and alarm_epoch is not null' })
export class CaseClock {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'case_id' }) caseId: string;
  @Column('text', { name: 'root_id' }) rootId: string;
  @Column('text') name: string;
  /** Rises whenever the date moves: an alarm of an older generation means nothing. */
  @Column('int') generation: number;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Instant;
  @Column('text') event: string;
  @Column('jsonb') data: { readonly [field: string]: Json };
  @Column('boolean') reminder: boolean;
  @Column('jsonb') because: Text;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt: Instant | null;
  /** `overtaken`: a later reminder was due too. `refused` is an exception: the lifecycle did not take its own clock's event. */
  @Column('text', { nullable: true }) outcome: 'fired' | 'overtaken' | 'cancelled' | 'refused' | null;
  @Column('text', { name: 'alarm_epoch', nullable: true }) alarmEpoch: string | null;
}
