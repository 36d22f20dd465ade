import type { Programme } from '#kernel';
import { kim } from './kim/index.ts';

export { kim };

/** Every programme of the house. */
export const programmes: readonly Programme[] = [kim];
