import type { ServerResponse } from 'node:http';
import { Body, Controller, Put, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor, Json } from '#kernel';
import { Answers, NeedsKey, NeedsVersion, SignedIn } from './answers.ts';
import { Caller, OfCase, Sends, TheCase, type Place } from './case.guard.ts';
import { Commands, keyed } from './commands.ts';
import { ifMatch, optionalIdempotencyKey } from './headers.ts';
import { arrivalOf, type ApiRequest } from './request.ts';
import { bodyOf, parse } from './shape.ts';
import { formAnswer } from './wire.ts';

/** The application form. Any draft of the right shape is stored; what is wrong with it comes back as findings. */
@ApiTags('cases')
@SignedIn()
@OfCase()
@Controller('cases/:id/form')
export class FormController {
  readonly #commands: Commands;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  @Put()
  @Sends('saveForm')
  @ApiOperation({ summary: 'Save the form of a draft' })
  @NeedsVersion()
  @NeedsKey(false)
  @Answers({ status: 200, schema: formAnswer, headers: ['ETag', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 412, 413, 415, 422, 428] })
  async save(
    @TheCase() place: Place,
    @Body() body: unknown,
    @Caller() actor: Actor,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof formAnswer>> {
    const form = parse(place.programme.form.schema, bodyOf(body)) as Json;
    const expectedVersion = ifMatch(request.headers);
    const key = optionalIdempotencyKey(request.headers);
    const { findings, lines, requestedCents, ...view } = await this.#commands.advance({
      caseId: place.id, event: 'saveForm', data: { form }, actor, at: await arrivalOf(request), expectedVersion,
      ...(key === undefined ? {} : { key: keyed(key, `PUT /cases/${place.id}/form`, body) }),
    }, place.applicantKey, response);
    return {
      form: view.form, findings: [...findings ?? []], amountCents: requestedCents,
      lines: lines.map(({ line, maximumCents }) => ({ line, maximumCents })),
    };
  }
}
