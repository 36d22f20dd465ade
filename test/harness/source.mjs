/** `node --import ./test/harness/source.mjs FILE.ts` runs the sources as they are: for what Jest runs outside its own loader. */
import { register } from 'node:module';

register('./source.hooks.mjs', import.meta.url);
