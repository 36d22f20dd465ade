import { setTimeout as pause } from 'node:timers/promises';

/** A loop's rests: they end early when somebody wakes it, and for good when it is stopped. */
export class Pace {
  private readonly stopping = new AbortController();
  private nap = new AbortController();

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Ends the present rest, or the next one before it begins. */
  wake(): void {
    this.nap.abort();
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Rests at least `leastMs`, and at most `mostMs` unless woken or stopped. */
  async rest(leastMs: number, mostMs: number): Promise<void> {
    await this.sleep(leastMs, this.stopping.signal);
    await this.sleep(mostMs - leastMs, AbortSignal.any([this.stopping.signal, this.nap.signal]));
    this.nap = new AbortController();
  }

  private async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}
