import type { z } from 'zod';
import type { Instant } from '#kernel';
import type { exceptions } from './wire.ts';

type Item = z.output<typeof exceptions>['items'][number];

/** Where a page of exceptions begins. */
export type Place = Pick<Item, 'at' | 'id'>;

/** What its source says of it; how old it is and what its case is called is the same for all. `since`: where it is older than its place in the list. */
export type Found = Omit<Item, 'ageDays' | 'fileNumber'> & { readonly since?: Instant };
