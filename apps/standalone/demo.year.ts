import { addDays, addWorkingDays, dayOf, rollForward } from '#calendar';
import type { CaseView } from '#cases';
import type { CycleSheet, Day, Instant, Json } from '#kernel';
import { Agenda } from './demo.agenda.ts';
import type { HouseBank } from './demo.bank.ts';
import type { DemoClient } from './demo.client.ts';
import { between, deal, drawFrom, type Draw, type Fate } from './demo.fates.ts';
import { Finance, type PaidRun } from './demo.finance.ts';
import { CONCEPT, formFor } from './demo.forms.ts';

/** A municipality on its way through the year. */
interface Traveller {
  readonly key: string;
  readonly name: string;
  readonly fate: Fate;
  readonly officer: string;
  readonly approver: string;
  readonly draw: Draw;
  id: string;
}

/** One funding year of every district and city: who does what on which day. What befalls whom is drawn by the seed. */
export class DemoYear {
  readonly fates: ReadonlyMap<string, Fate>;
  private readonly agenda = new Agenda();
  private readonly finance: Finance;

  constructor(
    private readonly client: DemoClient,
    private readonly cycle: CycleSheet & { readonly id: string },
    private readonly applicants: readonly { readonly key: string; readonly name: string }[],
    private readonly seed: number,
    bank: HouseBank,
  ) {
    this.fates = deal(applicants.map(({ key }) => key), drawFrom(seed));
    this.finance = new Finance(client, this.agenda, bank, cycle.id);
  }

  /** The payment runs so far, in the order of time. */
  get paid(): readonly PaidRun[] {
    return this.finance.paid;
  }

  /** Lives through the year; `progress` hears of every day that something happens on. */
  async live(progress: (at: Instant) => void): Promise<void> {
    this.applicants.forEach(({ key, name }, index) => {
      const draw = drawFrom(this.seed * 1_000 + index);
      const traveller: Traveller = {
        key, name, fate: this.fates.get(key) ?? 'smooth', draw, id: '', officer: `officer${1 + (index % 2)}`, approver: `approver${1 + (index % 3 === 0 ? 1 : 0)}`,
      };
      this.agenda.on(addDays(dayOf(this.cycle.opensAt), 7 + 7 * between(draw, 0, 7)), '09:00', () => this.draft(traveller));
    });
    await this.agenda.live(async (at) => {
      progress(at);
      await this.client.moveClock(at);
    });
  }

  private get lastDay(): Day {
    return addDays(dayOf(this.cycle.cutOffAt), -1);
  }

  private async draft(traveller: Traveller): Promise<void> {
    const { key, name, fate, draw } = traveller;
    const editor = `editor-${key}`;
    traveller.id = (await this.client.open(editor, key, this.cycle.id)).id;
    await this.client.saveForm(editor, traveller.id, { posts: [] });
    await this.client.tryInVain(editor, traveller.id, 'requestSignature');
    await this.client.saveForm(editor, traveller.id, formFor(name, fate, this.cycle.fundingYear, draw));
    if (fate !== 'completed') await this.client.attach(editor, traveller.id, CONCEPT);
    const signed = addDays(this.lastDay, -between(draw, 1, 28));
    if (fate === 'ineligible') this.agenda.on(signed, '10:00', () => this.client.tryInVain(editor, traveller.id, 'requestSignature'));
    else if (fate === 'withdrawnDraft') this.agenda.on(signed, '10:00', async () => void (await this.client.act(`signatory-${key}`, traveller.id, 'withdraw', { reason: 'keine Eigenmittel für die Stellen' })));
    else if (fate !== 'lapsed') this.agenda.on(signed, '10:00', () => this.requestSignature(traveller, signed));
  }

  private async requestSignature(traveller: Traveller, day: Day): Promise<void> {
    const { key, fate, id } = traveller;
    if (fate === 'completed') {
      await this.client.tryInVain(`editor-${key}`, id, 'requestSignature');
      await this.client.attach(`editor-${key}`, id, CONCEPT);
    }
    await this.client.act(`editor-${key}`, id, 'requestSignature');
    await this.client.tryInVain(`editor-${key}`, id, 'sign');
    if (fate === 'lastSecond') this.agenda.on(this.lastDay, '23:59', () => this.sign(traveller));
    else if (fate === 'lateAdmitted' || fate === 'lateRejected') this.agenda.on(addDays(this.lastDay, 3), '08:00', () => this.sign(traveller));
    else this.agenda.on(day, '15:00', () => this.sign(traveller));
  }

  private async sign(traveller: Traveller): Promise<void> {
    const { key, id, fate, draw, officer } = traveller;
    await this.client.act(`signatory-${key}`, id, 'sign');
    const day = addWorkingDays(this.lastDay, between(draw, 3, 12));
    if (fate === 'lateAdmitted' || fate === 'lateRejected') this.agenda.on(day, '09:00', () => this.decideLate(traveller, day));
    else this.agenda.on(day, '09:00', () => this.check(traveller, day));
    if (fate === 'smooth' && draw() < 0.2) await this.client.tryInVain(officer, id, 'countersign');
  }

  private async decideLate(traveller: Traveller, day: Day): Promise<void> {
    const { id, fate, approver } = traveller;
    const admit = fate === 'lateAdmitted';
    await this.client.act('allrounder1', id, 'proposeLate', { admit, reason: admit ? 'Störung des Fachverfahrens am letzten Tag, durch Protokoll belegt' : 'kein Grund für die Verspätung vorgetragen' });
    await this.client.tryInVain('allrounder1', id, 'confirmLate');
    await this.client.act(approver, id, 'confirmLate');
    if (admit) this.agenda.on(addWorkingDays(day, 2), '09:00', () => this.check(traveller, addWorkingDays(day, 2)));
  }

  private async check(traveller: Traveller, day: Day): Promise<void> {
    const { key, id, fate, officer } = traveller;
    const next = addWorkingDays(day, between(traveller.draw, 5, 15));
    if (fate === 'withdrawnInReview') {
      await this.client.act(officer, id, 'accept');
      this.agenda.on(next, '11:00', async () => void (await this.client.act(`signatory-${key}`, id, 'withdraw', { reason: 'Ratsbeschluss liegt nicht vor' })));
    } else if (fate === 'completed' || fate === 'incomplete') {
      await this.client.act(officer, id, 'askCompletion', { sections: ['posts', 'concept'], text: 'Bitte die Stellenbeschreibungen im Konzept ergänzen.' });
      if (fate === 'completed') this.agenda.on(addDays(day, 10), '14:00', () => this.complete(traveller, addDays(day, 10)));
      else this.agenda.on(rollForward(addDays(day, 21)), '09:00', () => this.accept(traveller, rollForward(addDays(day, 21))));
    } else await this.accept(traveller, day);
  }

  private async complete(traveller: Traveller, day: Day): Promise<void> {
    const { key, id } = traveller;
    await this.client.attach(`editor-${key}`, id, CONCEPT);
    await this.client.act(`signatory-${key}`, id, 'resubmit');
    this.agenda.on(addWorkingDays(day, 2), '09:00', () => this.accept(traveller, addWorkingDays(day, 2)));
  }

  private async accept(traveller: Traveller, day: Day): Promise<void> {
    await this.client.act(traveller.officer, traveller.id, 'accept');
    const next = addWorkingDays(day, between(traveller.draw, 5, 20));
    this.agenda.on(next, '10:00', () => this.recommend(traveller, next));
  }

  private async recommend(traveller: Traveller, day: Day): Promise<void> {
    const { id, fate, officer, approver } = traveller;
    const { lines } = await this.client.read(officer, id);
    const verdict = ({ line, maximumCents }: CaseView['lines'][number], index: number): { [field: string]: Json } => {
      if (fate === 'refused') return { line, decision: 'refuse', reason: 'Das Konzept stützt sich nicht auf den Landesaktionsplan.' };
      if (fate === 'cut' && index === 0) return { line, decision: 'cut', grantedCents: Math.floor(maximumCents * 0.8), reason: 'Besetzung erst ab März glaubhaft' };
      return { line, decision: 'approve' };
    };
    const recommend = () => this.client.act(officer, id, 'recommend', { lines: lines.map(verdict) });
    await recommend();
    if (fate === 'sentBack') {
      await this.client.act(approver, id, 'sendBack', { comment: 'Bitte die Zusätzlichkeit der ersten Stelle begründen.' });
      await recommend();
    }
    const next = addWorkingDays(day, 3);
    this.agenda.on(next, '11:00', async () => {
      await this.client.act(approver, id, 'countersign');
      await this.client.act(officer, id, 'draftNotice');
      await this.client.tryInVain(officer, id, 'issueNotice', { channel: 'post', postedOn: next });
      await this.client.act(approver, id, 'issueNotice', { channel: 'post', postedOn: next });
      await this.afterNotice(traveller, next);
    });
  }

  private async afterNotice(traveller: Traveller, posted: Day): Promise<void> {
    const { key, id, fate, officer } = traveller;
    if (fate === 'refused') return;
    if (fate === 'waived') this.agenda.on(addDays(posted, 6), '12:00', async () => void (await this.client.act(`signatory-${key}`, id, 'waive')));
    if (fate === 'sued') {
      this.agenda.on(addDays(posted, 20), '12:00', async () => void (await this.client.act(officer, id, 'suitFiled', { docket: '7 K 1234/28' })));
      this.agenda.on(addDays(posted, 120), '12:00', async () => void (await this.client.act(officer, id, 'suitEnded', { outcome: 'noticeStands' })));
    }
    this.agenda.on(addDays(posted, fate === 'sued' ? 121 : 50), '09:00', () => this.planPayments(traveller));
  }

  private async planPayments(traveller: Traveller): Promise<void> {
    const { fate, officer, approver, id: family } = traveller;
    const { instalments } = await this.client.read('certifier1', family);
    for (const { id, number, payOn } of instalments) {
      if (number === 1) await this.client.tryInVain('certifier1', id, 'certify', { factual: true, arithmetic: true });
      if (number === 1 && fate === 'returned') this.finance.willComeBack(id);
      this.finance.payOn(payOn);
    }
    if (fate === 'held' || fate === 'heldAndLifted') {
      const { payOn } = instalments[1] as (typeof instalments)[number];
      this.agenda.on(addDays(payOn, -20), '09:00', async () => void (await this.client.act(officer, family, 'placeHold', { reason: 'postVacant', scope: '2' })));
      if (fate === 'heldAndLifted') this.agenda.on(addDays(payOn, -5), '09:00', async () => void (await this.client.act(approver, family, 'liftHold', { hold: 'h1', reason: 'Stelle ist besetzt' })));
    }
  }
}
