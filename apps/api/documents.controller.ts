import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, Param, Post, Req, Res, StreamableFile, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { digest, type Actor } from '#kernel';
import { FilesService, MOST_BYTES, type StoredDocument } from '#files';
import { Answers, NeedsKey, SignedIn } from './answers.ts';
import { Caller, OfCase, Sends, TheCase, type Place } from './case.guard.ts';
import { Commands, keyed } from './commands.ts';
import { attachment, optionalIdempotencyKey } from './headers.ts';
import { Problem } from './problem.ts';
import { arrivalOf, type ApiRequest } from './request.ts';
import { parse } from './shape.ts';
import { document, upload } from './wire.ts';

interface Arrived {
  readonly originalname: string;
  readonly buffer: Buffer;
}

/** One file and a few words about it, in memory, and not a byte more. */
const oneFile = FileInterceptor('file', { defParamCharset: 'utf8', limits: { fileSize: MOST_BYTES, files: 1, fields: 8, fieldSize: 1024, parts: 10 } });

const FORM = {
  type: 'object', required: ['file', 'kind'],
  properties: { file: { type: 'string', format: 'binary', description: 'PDF by content, up to 10 MiB' }, kind: { type: 'string', enum: ['concept'] } },
};

/** What is attached to a case. */
@ApiTags('cases')
@SignedIn()
@OfCase()
@Controller('cases/:id/documents')
export class DocumentsController {
  readonly #files: FilesService;
  readonly #commands: Commands;

  constructor(files: FilesService, commands: Commands) {
    this.#files = files;
    this.#commands = commands;
  }

  @Post()
  @Sends('attach')
  @UseInterceptors(oneFile)
  @ApiOperation({ summary: 'Attach a document' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM })
  @NeedsKey(false)
  @Answers({ status: 201, schema: document, headers: ['ETag', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 413, 415, 422] })
  async attach(
    @TheCase() place: Place,
    @UploadedFile() file: Arrived | undefined,
    @Body() body: unknown,
    @Caller() actor: Actor,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<StoredDocument> {
    if (!/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) throw new Problem('fileTypeNotAllowed');
    const { kind } = parse(upload, { ...(body ?? {}) as object });
    if (file === undefined) throw new Problem('invalidBody', { errors: [{ path: '/file', code: 'missing', text: { de: 'Die Datei fehlt.', en: 'The file is missing.' } }] });
    const key = optionalIdempotencyKey(request.headers);
    const stored = await this.#files.accept({
      caseId: place.id, kind, name: file.originalname, content: file.buffer, uploadedBy: actor.account,
      ...(key === undefined ? {} : { id: uuidOf([actor.account, key, place.id]) }),
    });
    if ('code' in stored) throw new Problem(stored.code);
    await this.#commands.advance({
      caseId: place.id, event: 'attach', data: { document: { ...stored } }, actor, at: await arrivalOf(request),
      ...(key === undefined ? {} : { key: keyed(key, `POST /cases/${place.id}/documents`, { kind, name: file.originalname, sha256: stored.sha256 }) }),
    }, place.applicantKey, response);
    return stored;
  }

  @Get(':document')
  @ApiOperation({ summary: 'Download a document' })
  @Answers({ status: 200, type: 'application/pdf', headers: ['Content-Disposition'], refuses: [404] })
  async read(@TheCase() { id }: Place, @Param('document') documentId: string): Promise<StreamableFile> {
    const found = await this.#files.read(id, documentId);
    if (found === null) throw new Problem('notFound');
    return new StreamableFile(found.content, { type: found.type, disposition: attachment(found.name), length: found.bytes });
  }
}

/** A repeated upload is the same document: its id follows from who sent it under which key. */
const uuidOf = (key: readonly string[]): string => digest(key).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
