import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { CasesService, type AdvanceCommand, type CaseView, type OpenCommand, type Outcome } from '#cases';
import { digest, type Actor } from '#kernel';
import { etagOf } from './headers.ts';
import { Refusals } from './refusals.ts';
import { bodyOf } from './shape.ts';

/** A command on its way to the cases, with what its answer needs. */
export interface Envelope {
  readonly actor: Actor;
  readonly applicant: string;
  readonly response: ServerResponse;
}

/** Sends commands and puts what they became into headers: the version, and whether the answer is a repetition. */
@Injectable()
export class Commands {
  readonly #cases: CasesService;
  readonly #refusals: Refusals;

  constructor(cases: CasesService, refusals: Refusals) {
    this.#cases = cases;
    this.#refusals = refusals;
  }

  async open(command: OpenCommand, response: ServerResponse): Promise<CaseView> {
    return this.answer(await this.#cases.open(command), { actor: command.actor, applicant: command.applicant.key, response });
  }

  async advance(command: AdvanceCommand, applicant: string, response: ServerResponse): Promise<CaseView> {
    return this.answer(await this.#cases.advance(command), { actor: command.actor, applicant, response });
  }

  /** The view of a command that others carried out, or its refusal as a problem. */
  async answer(outcome: Outcome, { response, ...asker }: Envelope): Promise<CaseView> {
    if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
    if (!outcome.ok) throw await this.#refusals.problem(outcome.refusal, asker);
    response.setHeader('ETag', etagOf(outcome.view.version));
    return outcome.view;
  }
}

/** A key with the digest of everything that makes the command what it is. */
export const keyed = (key: string, route: string, body: unknown) => ({ key, bodyHash: digest({ route, body: bodyOf(body) }) });
