import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Store } from '#store';
import { inspect, type FileRefusal } from './inspect.ts';
import { safeName } from './name.ts';

/** A file as it arrives. */
export interface Upload {
  readonly caseId: string;
  readonly kind: string;
  readonly name: string;
  readonly content: Uint8Array;
  /** The account that sends it. */
  readonly uploadedBy: string;
  /** Fixed by whoever repeats an upload under a key: the first one under that id stays. A UUID; absent: a new one. */
  readonly id?: string;
}

/** A stored document; `bytes` is its size, `sha256` hexadecimal. */
export interface StoredDocument {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A document with its content, to be offered as an attachment and never shown in the page. */
export interface DocumentContent extends StoredDocument {
  readonly caseId: string;
  readonly type: 'application/pdf';
  readonly content: Buffer;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Takes uploads in and gives them back unchanged. Whose they are and who may read them is the caller's question. */
@Injectable()
export class FilesService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Looks at an upload's content and stores it. A document counts only once an event of its case names it, so one whose
   * event is refused stays unseen.
   */
  async accept(upload: Upload): Promise<StoredDocument | FileRefusal> {
    const refusal = await inspect(upload.content);
    if (refusal !== null) return refusal;
    const document: StoredDocument = {
      id: upload.id ?? randomUUID(),
      kind: upload.kind,
      name: safeName(upload.name, 'pdf'),
      bytes: upload.content.length,
      sha256: createHash('sha256').update(upload.content).digest('hex'),
    };
    await this.#store.query(
      `with content as (insert into blobs (sha256, content) values ($6, $7) on conflict do nothing)
       insert into documents (id, case_id, kind, name, bytes, sha256, uploaded_by, at) values ($1, $2, $3, $4, $5, $6, $8, tranche_now())
       on conflict (id) do nothing`,
      [document.id, upload.caseId, document.kind, document.name, document.bytes, document.sha256, upload.content, upload.uploadedBy],
    );
    return document;
  }

  /** A document of a case with its content, or null. Throws when the content is no longer what was uploaded. */
  async read(caseId: string, id: string): Promise<DocumentContent | null> {
    if (!UUID.test(id)) return null;
    const [document] = await this.#store.query<DocumentContent>(
      `select id, case_id as "caseId", kind, name, bytes, sha256, 'application/pdf' as type, content
       from documents join blobs using (sha256) where id = $1 and case_id = $2`,
      [id, caseId],
    );
    if (document === undefined) return null;
    const sha256 = createHash('sha256').update(document.content).digest('hex');
    if (sha256 !== document.sha256) throw new Error(`document ${id} is not what was uploaded`);
    return document;
  }
}
