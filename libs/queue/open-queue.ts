import type { Backend, QueueSettings } from './backend.ts';

/** The backend one module instance opened, with its settings. Closing twice is closing once. */
export class OpenQueue {
  private closing: Promise<void> | null = null;

  constructor(
    readonly settings: QueueSettings,
    readonly backend: Backend,
  ) {}

  close(): Promise<void> {
    this.closing ??= this.backend.close();
    return this.closing;
  }
}
