import type { ServerResponse } from 'node:http';
import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Undelivered } from '#apps/installation';
import type { Actor } from '#kernel';
import { LettersService, type BounceReport } from '#letters';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { Problem, type FieldError } from './problem.ts';
import { Refusals } from './refusals.ts';
import { bounce, bounceReport } from './wire.mail.ts';

const STRANGE = {
  unknownMessage: {
    path: '/messageId', code: 'unknownMessage',
    text: { de: 'Kein Schreiben dieser Installation trägt diese Message-ID. Gemeint ist die der zurückgekommenen Mail, nicht die des Berichts.', en: 'No letter of this installation has this Message-ID. It is that of the mail that came back, not that of the report.' },
  },
  otherAddress: {
    path: '/address', code: 'otherAddress',
    text: { de: 'Das Schreiben ging an eine andere Adresse. Bei weitergeleiteter Post lassen Sie die Adresse weg.', en: 'The letter went to another address. Where mail is forwarded, leave the address out.' },
  },
} as const satisfies Record<string, FieldError>;

/** Delivery reports that come after the mail server has said yes; a mail gateway passes them on. */
@ApiTags('mail')
@SignedIn()
@Controller('bounces')
export class BouncesController {
  readonly #letters: LettersService;
  readonly #refusals: Refusals;
  readonly #undelivered: Undelivered;

  constructor(letters: LettersService, refusals: Refusals, undelivered: Undelivered) {
    this.#letters = letters;
    this.#refusals = refusals;
    this.#undelivered = undelivered;
  }

  @Post()
  @ApiOperation({ summary: 'Report that a letter did not arrive; the same report twice is one bounce, and the second answer (200) says so' })
  @Answers({ status: 201, schema: bounce, refuses: [400, 403, 413, 415, 422] })
  @ApiResponse({ status: 200, description: 'Known before: nothing has changed', standardSchema: bounce })
  async report(
    @Body({ schema: bounceReport }) { messageId, address, status, diagnostic }: z.output<typeof bounceReport>,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof bounce>> {
    await this.#refusals.demand(actor, ['administrator']);
    const report: BounceReport = { messageId, status, ...(address === undefined ? {} : { address }), ...(diagnostic === undefined ? {} : { diagnostic }) };
    const found = await this.#letters.recordBounce(report);
    if ('code' in found) throw new Problem('invalidBody', { errors: [STRANGE[found.code]] });
    await this.#undelivered.tell(found);
    response.statusCode = found.repeated ? 200 : 201;
    const { id, caseId, kind, at, suppressed, repeated } = found;
    return { id: `bounce-${id}`, case: caseId, kind, address: found.address, status: found.status, diagnostic: found.diagnostic, at, suppressed, repeated };
  }
}
