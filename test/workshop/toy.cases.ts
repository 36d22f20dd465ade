import { CyclesService, type CaseView, type Outcome } from '#cases';
import { SYSTEM, type Actor, type Instant, type Json } from '#kernel';
import { openBudget } from '#ledger';
import { cents } from '#money';
import { openEffects } from '#store';
import { eventually, type FreshDatabase } from '#test/harness';
import { agency, editorOf } from './agency.ts';
import type { Workshop } from './workshop.ts';

const NEVER = '2099-10-31T23:00:00.000Z';

/** What people do with the toy programme, and what a test wants to know afterwards. */
export class ToyCases {
  private applicants = 0;

  constructor(private readonly db: FreshDatabase, private readonly shop: () => Workshop) {}

  /** A new case of the next applicant, in a cycle of its own. */
  async open(cutOffAt: Instant = NEVER): Promise<CaseView> {
    this.applicants += 1;
    const [key, cycle, { store }] = [`a${this.applicants}`, `c-${this.applicants}`, this.db];
    await store.transaction(async (tx) => {
      await new CyclesService(store).put(tx, { id: cycle, programme: 'bursary', data: { cutOffAt } });
      await openBudget(tx, cycle, cents(100_000), 'test');
    });
    const applicant = { key, name: key, kind: 'Kreis' };
    return this.viewOf(await this.shop().cases.open({ programme: 'bursary', cycle, applicant, actor: editorOf(key), at: await store.now() }));
  }

  async send(caseId: string, actor: Actor, event: string, data: { [field: string]: Json } = {}): Promise<CaseView> {
    return this.viewOf(await this.shop().cases.advance({ caseId, actor, event, data, at: await this.db.store.now() }));
  }

  /** A submitted case: its receipt is on its way to the editor. */
  async submit(): Promise<CaseView> {
    const { id, applicant } = await this.open();
    await this.send(id, editorOf(applicant.key), 'edit', { amountCents: 101 });
    return this.send(id, editorOf(applicant.key), 'submit');
  }

  /** The first payment of a granted case, ready to be ordered. */
  async payment(): Promise<string> {
    const { id } = await this.submit();
    await this.send(id, agency.clerk, 'propose', { note: 'ja' });
    const { instalments } = await this.send(id, agency.approver, 'confirm');
    await this.shop().cases.settle(id);
    return instalments[0]?.id ?? '';
  }

  async state(id: string): Promise<string | undefined> {
    return (await this.shop().cases.read(id, SYSTEM))?.state;
  }

  /** Subjects of the letters that an applicant's editor has got, newest first. */
  async mails({ applicant }: Pick<CaseView, 'applicant'>): Promise<readonly string[]> {
    const page = await this.shop().letters.inbox({ to: `editor-${applicant.key}` });
    return 'items' in page ? page.items.map(({ subject }) => subject) : [];
  }

  allDone(): Promise<void> {
    return eventually('no effect is open', async () => (await openEffects(this.db.store)) === 0);
  }

  private viewOf(outcome: Outcome): CaseView {
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
    return outcome.view;
  }
}
