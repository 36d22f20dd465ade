import { atTime } from '#calendar';
import type { Day, Instant } from '#kernel';

/** Something that somebody does at an instant of legal time. */
interface Entry {
  readonly at: Instant;
  readonly order: number;
  readonly run: () => Promise<void>;
}

/** What still lies ahead in the demo year, in the order of legal time; entries of one instant keep the order of writing. */
export class Agenda {
  private entries: Entry[] = [];
  private written = 0;

  /** Notes an act for a day at a time in Berlin. */
  on(day: Day, time: string, run: () => Promise<void>): void {
    this.at(atTime(day, time), run);
  }

  at(at: Instant, run: () => Promise<void>): void {
    this.written += 1;
    this.entries.push({ at, order: this.written, run });
  }

  /** Lives through everything noted, also what is noted on the way. `moveTo` is asked once for each new instant. */
  async live(moveTo: (at: Instant) => Promise<void>): Promise<void> {
    for (let now = ''; this.entries.length > 0;) {
      this.entries.sort((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1));
      const next = this.entries.shift() as Entry;
      if (next.at > now) await moveTo(now = next.at);
      await next.run();
    }
  }
}
