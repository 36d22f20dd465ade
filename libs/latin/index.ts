export { toSepa } from './latin.ts';
export { beginningOf, holderFault, isLegible, lineFault, LONGEST, normaliseHolder, normaliseLine, type LineFault } from './line.ts';
