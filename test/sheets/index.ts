export { recordsOf, type StoredCell, unzipped, workbookOf } from './readers.ts';
