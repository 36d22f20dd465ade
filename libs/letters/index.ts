import type { Tables } from '#store';
import { LetterRow } from './letter.entity.ts';
import { CreateLetters } from './letters.migration.ts';

export { LettersModule } from './letters.module.ts';
export { LettersService, LettersSettings, type FrozenLetter, type InboxItem, type InboxQuery, type LetterOrder } from './letters.service.ts';
export { html, type Words } from './render.ts';

/** What letters add to the data source. */
export const lettersTables: Tables = { entities: [LetterRow], migrations: [CreateLetters] };
