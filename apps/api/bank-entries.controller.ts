import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor, Role, Text } from '#kernel';
import { BankList, BankService, EXCEPTION_WORDS, type BankOutcome, type ExceptionCode, type ListedEntry } from '#payments';
import { Answers, NeedsKey, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { keyed } from './commands.ts';
import { CURSORS } from './cursor.ts';
import { BANK_CLERKS, exceptionTold } from './exception.money.ts';
import { idempotencyKey } from './headers.ts';
import { Problem } from './problem.ts';
import { Refusals } from './refusals.ts';
import type { ApiRequest } from './request.ts';
import { bankEntries, bankEntry, bankEntryQuery, resolveOrder } from './wire.bank.ts';

/** Who may read what the bank says: whoever pays, and those who look over their shoulders. */
export const BANK_READERS: readonly Role[] = [...BANK_CLERKS, 'auditor', 'administrator'];

/** What the bank says of single payments, and what is done with what fits none. */
@ApiTags('bank')
@SignedIn()
@Controller('bank-entries')
export class BankEntriesController {
  readonly #list: BankList;
  readonly #bank: BankService;
  readonly #refusals: Refusals;

  constructor(list: BankList, bank: BankService, refusals: Refusals) {
    this.#list = list;
    this.#bank = bank;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'Entries of all files in the order of their import; `verdict=exception` are those that wait for a person' })
  @Answers({ status: 200, schema: bankEntries, refuses: [403, 422] })
  async list(@Query({ schema: bankEntryQuery }) { limit, cursor, verdict, file }: z.output<typeof bankEntryQuery>, @Caller() actor: Actor): Promise<z.output<typeof bankEntries>> {
    const after = cursor === undefined ? 0 : CURSORS.bankEntries.read(cursor).id;
    await this.#refusals.demand(actor, BANK_READERS);
    return pageOf(await this.#list.entries({ after, limit: limit + 1, ...(verdict && { verdict }), ...(file !== undefined && { file }) }), limit);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @NeedsKey(true)
  @ApiOperation({ summary: 'Resolve an exception with a reason: retry what can work now, or say that it is done or to be ignored' })
  @Answers({ status: 200, schema: bankEntry, headers: ['Idempotency-Replayed'], refuses: [400, 403, 404, 409, 413, 415, 422, 428] })
  async resolve(
    @Param('id') id: string, @Body({ schema: resolveOrder }) body: z.output<typeof resolveOrder>, @Caller() actor: Actor, @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof bankEntry>> {
    const entryId = Number(/^bank-([1-9]\d{0,14})$/.exec(id)?.[1]);
    if (Number.isNaN(entryId)) throw new Problem('notFound');
    const route = `POST /bank-entries/${id}/resolve`;
    const key = keyed(idempotencyKey(request.headers), route, body);
    await this.#refusals.demand(actor, BANK_CLERKS);
    if (body.action !== 'retry') await this.#demandSecond(entryId, actor);
    return viewOf(doneOf(await this.#bank.resolve({ entryId, ...body, account: actor.account }, { actor: actor.account, route, ...key }), response));
  }

  /** That a message about a payment of ours means nothing more is not for whoever imported it to say alone: what is put aside may have been paid. */
  async #demandSecond(entryId: number, actor: Actor): Promise<void> {
    const entry = await this.#list.entry(entryId);
    if (entry === null || (entry.order === null && (entry.endToEndId === null || entry.code === 'orderKnown'))) return;
    await this.#refusals.demandAnother(actor, { account: entry.importedBy, text: importedBy(entry) }, BANK_CLERKS);
  }
}

const importedBy = ({ importedBy: account, endToEndId, order }: ListedEntry): Text => {
  const about = endToEndId ?? order?.endToEndId ?? '–';
  return {
    de: `Vier-Augen-Prinzip: Sie selbst (${account}) haben die Meldung zu ${about} eingelesen; dass damit nichts weiter ist, sagt eine andere Person.`,
    en: `Four-eyes principle: you yourself (${account}) imported the message about ${about}; that nothing more comes of it another person says.`,
  };
};

/** What a command became: its answer, or the problem that it is. */
export function doneOf<T>(outcome: BankOutcome<T>, response: ServerResponse): T {
  if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
  if (outcome.ok) return outcome.done;
  const { code } = outcome;
  if (!isException(code)) throw new Problem(code);
  const { text, remedy } = EXCEPTION_WORDS[code];
  throw new Problem(code, { reasons: [{ code, text, remedy }] });
}

const isException = (code: string): code is ExceptionCode => Object.hasOwn(EXCEPTION_WORDS, code);

/** A page of entries, of which one more than wanted was asked for. */
export function pageOf(found: readonly ListedEntry[], limit: number): z.output<typeof bankEntries> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(viewOf), next: found.length > limit && last ? CURSORS.bankEntries.of({ id: last.id }) : null };
}

function viewOf(listed: ListedEntry): z.output<typeof bankEntry> {
  const { id, fileId, order, code, verdict, resolution, toldBefore, why: _, round: __, account: ___, importedBy: ____, ...entry } = listed;
  return {
    ...entry, id: `bank-${id}`, file: fileId, verdict, case: order?.caseId ?? null,
    order: order === null ? null : { endToEndId: order.endToEndId, amountCents: order.amountCents },
    problem: code === null ? null : { code, ...exceptionTold(code, toldBefore) }, toldBefore: toldBefore === null ? null : `bank-${toldBefore.id}`,
    resolution: resolution === null ? null : { ...resolution },
  };
}
