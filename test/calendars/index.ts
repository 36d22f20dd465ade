export { READERS, type Entry } from './readers.ts';
