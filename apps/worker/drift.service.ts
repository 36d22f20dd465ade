import { Inject, Injectable, Logger } from '@nestjs/common';
import { AlarmsService, type AlarmName, type DuePlace } from '#cases';
import { alarmOf, AlarmStock, Courier, jobIds } from '#queue';
import { realTime, Store, wakeUpEpoch, type WakeUpFindings } from '#store';
import { alarmEpoch } from './epoch.ts';
import { WorkerSettings } from './worker.settings.ts';

const PAGE = 1_000;
/** Alarms that are looked up even when the counts agree: one that is missing could hide behind one too many. */
const SAMPLE = 200;
/** Queue and rows are not counted in the same instant: what moves in between is not drift. */
const COUNTS = 3;
/** What rings within these seconds is left to ring: the sweep finds what does not. Longer than a minute, so that the sweep's own job is among them. */
const SOON_SECONDS = 90;

export type Drift = Pick<WakeUpFindings, 'missing' | 'withoutClock'>;

/**
 * Compares the clocks with the wake-ups in the queue, both ways, and puts right what differs. While the counts agree that
 * is two numbers and a sample; only when they do not, the queue is read through.
 */
@Injectable()
export class DriftService {
  private readonly logger = new Logger(DriftService.name);
  /** Where the next sample begins, and which clocks waited for an alarm at the last look. */
  private place: DuePlace | null = null;
  private waiting: ReadonlySet<string> = new Set();

  constructor(
    @Inject(AlarmsService) private readonly alarms: AlarmsService,
    @Inject(AlarmStock) private readonly stock: AlarmStock,
    @Inject(Courier) private readonly courier: Courier,
    @Inject(Store) private readonly store: Store,
    @Inject(WorkerSettings) private readonly settings: WorkerSettings,
  ) {}

  /** One comparison; answers what differed before it was put right. Rejects when database or queue is away. */
  async compare(): Promise<Drift> {
    await this.takeOut();
    const queueEpoch = await this.courier.epoch();
    // A queue without a name has lost everything: the relay gives it one and publishes all alarms again.
    if (queueEpoch === null) return { missing: await this.alarms.wanted(this.settings.horizonDays), withoutClock: 0 };
    const epoch = alarmEpoch(queueEpoch, await wakeUpEpoch(this.store));
    const [stuck, lost] = [await this.stuck(epoch), await this.missingInSample(epoch)];
    const surplus = await this.surplus(epoch);
    const withoutClock = surplus === 0 ? 0 : await this.removeStrangers();
    // Those few that come and go while one looks are not lost: each is looked up.
    const missing = lost || surplus - withoutClock < 0 ? await this.handBack(epoch) : 0;
    if (missing + withoutClock > 0) this.logger.warn(`${missing} alarms were lost and are published again, ${withoutClock} had no clock and are gone`);
    return { missing: missing + stuck, withoutClock };
  }

  /** Alarms of clocks that were settled before their time. That is no drift: it is how they end. */
  private async takeOut(): Promise<void> {
    for (;;) {
      const alarms = await this.alarms.withdrawn(PAGE);
      if (alarms.length > 0) await this.courier.removeAlarms(alarms.map(jobIds.alarm));
      await this.alarms.takenOut(alarms);
      if (alarms.length < PAGE) return;
    }
  }

  /** Clocks for which the relay should long have published an alarm: some of them waited at the last look already. */
  private async stuck(epoch: string): Promise<number> {
    const { horizonDays } = this.settings;
    const waiting = (await this.alarms.unpublished({ limit: PAGE, horizonDays, epoch })).map(jobIds.alarm);
    const before = waiting.filter((id) => this.waiting.has(id)).length;
    this.waiting = new Set(waiting);
    return before === 0 ? 0 : Math.max(before, await this.alarms.wanted(horizonDays) - await this.alarms.countPublished(epoch, 0));
  }

  private async missingInSample(epoch: string): Promise<boolean> {
    const { alarms, next } = await this.alarms.published(epoch, SAMPLE, this.place);
    this.place = next;
    return (await this.courier.missingAlarms(alarms.map(jobIds.alarm))).length > 0;
  }

  private async soon(): Promise<number> {
    return await realTime(this.store) + SOON_SECONDS * 1_000;
  }

  /** How many alarms the queue holds beyond those of the clocks that are not due yet; less than zero when it lacks some. */
  private async surplus(epoch: string): Promise<number> {
    let surplus = 0;
    for (let count = 0; count < COUNTS; count += 1) {
      surplus = await this.stock.count(await this.soon()) - await this.alarms.countPublished(epoch, SOON_SECONDS);
      if (surplus === 0) break;
    }
    return surplus;
  }

  /** Jobs that stand for no open clock: their clock is settled, its date has moved, or it never was. */
  private async removeStrangers(): Promise<number> {
    const strangers: string[] = [];
    for await (const ids of this.stock.ids(await this.soon())) {
      const named = ids.map((id) => [id, alarmOf(id)] as const);
      const alarms = named.flatMap(([, alarm]) => (alarm === null ? [] : [alarm]));
      const unknown = new Set((await this.alarms.strangers(alarms)).map(jobIds.alarm));
      strangers.push(...named.filter(([id, alarm]) => alarm === null || unknown.has(id)).map(([id]) => id));
    }
    await this.courier.removeAlarms(strangers);
    return strangers.length;
  }

  /** Hands the clocks whose alarm is nowhere to be found back to the relay. */
  private async handBack(epoch: string): Promise<number> {
    let missing = 0;
    for (let page = await this.alarms.published(epoch, PAGE); ; page = await this.alarms.published(epoch, PAGE, page.next)) {
      const lost = new Set(await this.courier.missingAlarms(page.alarms.map(jobIds.alarm)));
      const alarms: readonly AlarmName[] = page.alarms.filter((alarm) => lost.has(jobIds.alarm(alarm)));
      if (alarms.length > 0) missing += await this.alarms.unmark(alarms, epoch);
      if (page.next === null) return missing;
    }
  }
}
