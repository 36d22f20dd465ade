import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '#kernel';
import { BankList, BankService, LARGEST_BANK_FILE, readBankMessage, type ListedFile } from '#payments';
import { Answers, NeedsKey, SignedIn } from './answers.ts';
import { BANK_READERS, doneOf, pageOf } from './bank-entries.controller.ts';
import { Caller } from './case.guard.ts';
import { keyed } from './commands.ts';
import { CURSORS } from './cursor.ts';
import { BANK_CLERKS } from './exception.money.ts';
import { attachment, idempotencyKey } from './headers.ts';
import { everything, isXml } from './json-body.ts';
import { Problem } from './problem.ts';
import { Refusals } from './refusals.ts';
import type { ApiRequest } from './request.ts';
import { bankEntries, bankFile, bankFiles, bankImport } from './wire.bank.ts';
import { pageQuery } from './wire.ts';

const ROUTE = 'POST /bank-files';
const oneFile = FileInterceptor('file', { defParamCharset: 'utf8', limits: { fileSize: LARGEST_BANK_FILE, files: 1, fields: 0, parts: 2 } });
const XML = { type: 'string', format: 'binary', description: 'pain.002, camt.053 or camt.054 in UTF-8, up to 32 MiB' };
const BODY = { oneOf: [XML, { type: 'object', required: ['file'], properties: { file: XML } }] };

/** Files of the bank: imported once each, whole or not at all, and kept as they came. */
@ApiTags('bank')
@SignedIn()
@Controller('bank-files')
export class BankFilesController {
  readonly #bank: BankService;
  readonly #list: BankList;
  readonly #refusals: Refusals;

  constructor(bank: BankService, list: BankList, refusals: Refusals) {
    this.#bank = bank;
    this.#list = list;
    this.#refusals = refusals;
  }

  @Post()
  @UseInterceptors(oneFile)
  @ApiOperation({ summary: 'Import a bank file (finance); the same file or message again changes nothing, and the second answer (200) names the first' })
  @ApiConsumes('application/xml', 'multipart/form-data')
  @ApiBody({ schema: BODY })
  @NeedsKey(true)
  @Answers({ status: 201, schema: bankImport, headers: ['Location', 'Idempotency-Replayed'], refuses: [400, 403, 409, 413, 415, 422, 428] })
  @ApiResponse({ status: 200, description: 'Known before: nothing has changed', standardSchema: bankImport })
  async import(
    @UploadedFile() file: { readonly buffer: Buffer } | undefined, @Caller() actor: Actor, @Req() request: ApiRequest, @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof bankImport>> {
    const bytes = await bytesOf(file, request);
    const read = readBankMessage(bytes);
    if (!read.ok) {
      const { code, text, remedy, line } = read.refusal;
      const at = line === undefined ? { de: '', en: '' } : { de: ` (Zeile ${line})`, en: ` (line ${line})` };
      throw new Problem('bankFileRefused', { reasons: [{ code, text: { de: text.de + at.de, en: text.en + at.en }, remedy }] });
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const key = keyed(idempotencyKey(request.headers), ROUTE, { sha256 });
    await this.#refusals.demand(actor, BANK_CLERKS);
    const done = doneOf(await this.#bank.import({ message: read.message, bytes, sha256 }, { actor: actor.account, route: ROUTE, ...key }), response);
    response.statusCode = done.duplicateOf === null ? 201 : 200;
    response.setHeader('Location', `/api/v1/bank-files/${done.id}`);
    return { ...done, counts: { ...done.counts } };
  }

  @Get()
  @ApiOperation({ summary: 'Imported files, newest first' })
  @Answers({ status: 200, schema: bankFiles, refuses: [403, 422] })
  async files(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>, @Caller() actor: Actor): Promise<z.output<typeof bankFiles>> {
    const before = cursor === undefined ? undefined : CURSORS.bankFiles.read(cursor);
    await this.#refusals.demand(actor, BANK_READERS);
    const found = await this.#list.files({ limit: limit + 1, ...(before && { before }) });
    const items = found.slice(0, limit).map(viewOf);
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? CURSORS.bankFiles.of({ at: last.at, id: last.id }) : null };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One file: what it is, who imported it, and what was done with its entries' })
  @Answers({ status: 200, schema: bankFile, refuses: [403, 404] })
  async file(@Param('id') id: string, @Caller() actor: Actor): Promise<z.output<typeof bankFile>> {
    return viewOf(await this.#known(id, actor));
  }

  @Get(':id/content')
  @ApiOperation({ summary: 'The file as it came' })
  @Answers({ status: 200, type: 'application/xml', headers: ['Content-Disposition'], refuses: [403, 404] })
  async content(@Param('id') id: string, @Caller() actor: Actor): Promise<StreamableFile> {
    const { kind, messageId } = await this.#known(id, actor);
    const bytes = await this.#list.bytes(id);
    if (bytes === null) throw new Problem('notFound');
    return new StreamableFile(bytes, { type: 'application/xml', disposition: attachment(`${kind}-${messageId}.xml`), length: bytes.length });
  }

  @Get(':id/entries')
  @ApiOperation({ summary: 'The entries of a file in its order, each with what became of it' })
  @Answers({ status: 200, schema: bankEntries, refuses: [403, 404, 422] })
  async entries(@Param('id') id: string, @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>, @Caller() actor: Actor): Promise<z.output<typeof bankEntries>> {
    const after = cursor === undefined ? 0 : CURSORS.bankEntries.read(cursor).id;
    const { id: file } = await this.#known(id, actor);
    return pageOf(await this.#list.entries({ file, after, limit: limit + 1 }), limit);
  }

  async #known(id: string, actor: Actor): Promise<ListedFile> {
    await this.#refusals.demand(actor, BANK_READERS);
    const found = /^[\w-]{1,64}$/.test(id) ? await this.#list.file(id) : null;
    if (found === null) throw new Problem('notFound');
    return found;
  }
}

/** The file from a form, or the body itself. One that is too large is let pass by without being kept, up to four times the limit. */
async function bytesOf(file: { readonly buffer: Buffer } | undefined, request: ApiRequest): Promise<Buffer> {
  if (request.body instanceof Problem) throw request.body;
  if (file !== undefined) return file.buffer;
  const { headers } = request;
  if (/^multipart\/form-data/i.test(headers['content-type'] ?? '')) {
    throw new Problem('invalidBody', { errors: [{ path: '/file', code: 'missing', text: { de: 'Die Datei fehlt.', en: 'The file is missing.' } }] });
  }
  if (!isXml(headers['content-type']) || headers['content-encoding'] !== undefined) throw new Problem('fileTypeNotAllowed');
  const bytes = await everything(request, LARGEST_BANK_FILE, 4 * LARGEST_BANK_FILE);
  if (bytes === null || bytes === 'aborted') throw new Problem('fileTooLarge');
  return bytes;
}

const viewOf = ({ counts, ...file }: ListedFile): z.output<typeof bankFile> => ({ ...file, counts: { ...counts } });
