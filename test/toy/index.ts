export { bursary, type BursaryContext } from './bursary.ts';
