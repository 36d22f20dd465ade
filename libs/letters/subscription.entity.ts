import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** Whether an account gets a kind of optional letters. Made with the first one, because its mail carries the token. */
@Entity('subscriptions')
@Unique('subscriptions_token', ['token'])
export class SubscriptionRow {
  @PrimaryColumn('text') account: string;
  @PrimaryColumn('text') kind: string;
  /** Whoever holds it may unsubscribe this account from this kind, and nothing else: 256 random bits, base64url. */
  @Column('text') token: string;
  @Column({ type: 'timestamptz', name: 'unsubscribed_at', precision: 3, nullable: true }) unsubscribedAt: string | null;
}
