export { Bank, type BankedPayment, type BankLedger, type BankMemory, type BankOptions, type Receipt } from './bank.ts';
export type { AnswerFile } from './answer-file.ts';
export { serve } from './counter.ts';
export type { Fate, Script } from './script.ts';
