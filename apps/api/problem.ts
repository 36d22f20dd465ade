import type { Change } from '#cases';
import type { Instant, Text } from '#kernel';
import type { Candidate } from '#identity';
import { problemKind } from './problem.words.ts';
import type { Language } from './request.ts';

/** One field that is wrong. `path` is a JSON pointer into the body, or the name of a query parameter. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly text: Text;
}

/** Why an event is refused, as the wire says it. */
export interface WireReason {
  readonly code: string;
  readonly text: Text;
  readonly remedy: Text;
  readonly who?: readonly Candidate[];
  readonly from?: Instant;
}

/** What a problem says beyond its code. */
export interface ProblemExtras {
  readonly reasons?: readonly WireReason[];
  readonly errors?: readonly FieldError[];
  /** Of a stale version: the version now, and what has changed since. */
  readonly current?: number;
  readonly changed?: readonly Change[];
}

/** A refusal on its way out; the one filter turns it into `application/problem+json`. */
export class Problem extends Error {
  readonly status: number;

  constructor(readonly code: string, readonly extras: ProblemExtras = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'Problem';
    this.status = problemKind(code).status;
  }

  /** The body of the answer, in one language. */
  body(language: Language, requestId: string): object {
    const { title, detail } = problemKind(this.code);
    const [first] = this.extras.reasons ?? [];
    return {
      type: `urn:tranche:problem:${this.code}`,
      title: title[language],
      status: this.status,
      detail: first ? `${first.text[language]} ${first.remedy[language]}` : detail[language],
      code: this.code,
      ...this.extras,
      requestId,
    };
  }
}
