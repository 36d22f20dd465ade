export { toSepa } from './latin.ts';
export { holderFault, isLegible, lineFault, LONGEST, normaliseHolder, normaliseLine, type LineFault } from './line.ts';
