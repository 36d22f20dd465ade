import type { Programme } from '#kernel';
import { kim, kim1, kim2 } from './kim/index.ts';

export { kim };

/** Every programme of the house, in every version under which cases may live. */
export const programmes: readonly Programme[] = [kim, kim2, kim1];
