import type { Tables } from '#store';
import { BlobRow, DocumentRow } from './document.entity.ts';
import { CreateFiles } from './files.migration.ts';

export { FilesModule } from './files.module.ts';
export { FilesService, type DocumentContent, type StoredDocument, type Upload } from './files.service.ts';
export { MOST_BYTES, type FileRefusal } from './inspect.ts';

/** What files add to the data source. */
export const filesTables: Tables = { entities: [BlobRow, DocumentRow], migrations: [CreateFiles] };
