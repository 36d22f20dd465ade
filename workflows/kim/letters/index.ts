import type { LetterDefinition } from '#kernel';
import type { Application } from '../context.ts';
import { changeLetters } from './change.ts';
import { applicationLettersAfter } from './decision.ts';
import { holdLetters } from './held.ts';
import { payeeChangeLetters } from './payee.ts';
import { applicationLettersOfTime } from './periods.ts';
import { applicationLettersBefore } from './to-applicant.ts';

export { payeeLetters } from './payee.ts';
export { instalmentLetters } from './payment.ts';

/** Every letter about an application, by kind. */
export const applicationLetters: { readonly [kind: string]: LetterDefinition<Application> } = {
  ...applicationLettersBefore, ...applicationLettersOfTime, ...applicationLettersAfter, ...changeLetters, ...payeeChangeLetters, ...holdLetters,
};
