import type { IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import { Problem } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** Bytes of a JSON body; no form of the house comes near. */
const LARGEST = 1024 * 1024;
/** Bytes after which nobody waits for the end of a body that is too large anyway: the connection is cut. */
const PATIENCE = 64 * LARGEST;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a JSON body. What is wrong with it is kept in its place, so that 401 and 404 can come first. */
export async function jsonBody(request: ApiRequest, _response: ServerResponse, next: () => void): Promise<void> {
  if (hasBody(request) && !isReadLater(request)) {
    const bytes = await everything(request);
    if (bytes === 'aborted') return;
    request.body = parsed(request, bytes);
  }
  next();
}

/** Uploads are read by their own routes, within their own bounds. */
const isReadLater = ({ headers, path }: ApiRequest): boolean =>
  /^multipart\//i.test(headers['content-type'] ?? '') || (path.startsWith('/api/v1/bank-files') && isXml(headers['content-type']));

/** Whether a body calls itself XML. Its encoding is judged by its bytes. */
export const isXml = (type: string | undefined): boolean => /^(?:application|text)\/xml\s*(?:;|$)/i.test(type ?? '');

const hasBody = ({ headers, method }: IncomingMessage): boolean =>
  method !== 'GET' && method !== 'HEAD' && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/**
 * The body's bytes; null when there are more than `largest`, which are not kept. A body without an end is cut off: it was
 * aborted, as when its sender went away.
 */
export async function everything(request: IncomingMessage, largest: number = LARGEST, patience: number = PATIENCE): Promise<Buffer | null | 'aborted'> {
  const kept: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > patience) return 'aborted';
      if (size <= largest) kept.push(chunk);
      else kept.length = 0;
    }
  } catch {
    // The client went away in the middle of its sentence: there is nobody to answer.
    return 'aborted';
  }
  return size > largest ? null : Buffer.concat(kept);
}

function parsed({ headers }: IncomingMessage, bytes: Buffer | null): unknown {
  if (bytes === null) return new Problem('fileTooLarge');
  if (bytes.length === 0) return undefined;
  if (!isJson(headers['content-type'] ?? '') || headers['content-encoding'] !== undefined) return new Problem('fileTypeNotAllowed');
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown;
  } catch (cause) {
    return new Problem('malformedJson', {}, { cause });
  }
}

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type);
