import type { Tables } from '#store';
import { LettersArrive } from './arrival.migration.ts';
import { BounceRow, SuppressionRow } from './bounce.entity.ts';
import { LetterRow } from './letter.entity.ts';
import { CreateLetters } from './letters.migration.ts';
import { SubscriptionRow } from './subscription.entity.ts';

export type { Bounce, BounceReport, Trouble } from './bounces.ts';
export { gatheredWords, withNote, type Gathered } from './gathered.ts';
export { LettersModule } from './letters.module.ts';
export { LettersService, LettersSettings, type FrozenLetter, type InboxItem, type InboxQuery, type LetterCopy, type LetterOrder } from './letters.service.ts';
export { isAddress } from './mailer.ts';
export { isDead } from './refusal.ts';
export { html, type Words } from './render.ts';
export { SubscriptionsService, type Subscription } from './subscriptions.service.ts';
export { SuppressionsService, type Suppression } from './suppressions.service.ts';

/** What letters add to the data source. */
export const lettersTables: Tables = {
  entities: [LetterRow, BounceRow, SuppressionRow, SubscriptionRow],
  migrations: [CreateLetters, LettersArrive],
};
