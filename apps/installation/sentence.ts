import { QueueAway } from '#queue';
import { FolderClosed, FolderHeld, Unavailable } from '#store';
import { ConfigError } from './config.ts';
import { PortTaken } from './port.ts';

const MENDABLE = [ConfigError, FolderClosed, FolderHeld, PortTaken, QueueAway, Unavailable];

/** Why a process could not start: what a person can mend is said in a sentence; anything else is a bug and shows where. */
export function sentenceOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  return MENDABLE.some((kind) => problem instanceof kind) ? problem.message : problem.stack ?? problem.message;
}
