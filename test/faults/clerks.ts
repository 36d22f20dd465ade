import { randomUUID } from 'node:crypto';
import { dayOf } from '#calendar';
import { CasesService, Programmes, type CaseView } from '#cases';
import type { Actor, Json, Role } from '#kernel';
import type { Store } from '#store';
import { programmes } from '#workflows';
import { formFor } from './form.ts';

const STAFF: { readonly [account: string]: Role } = {
  officer1: 'caseOfficer', officer2: 'caseOfficer', approver1: 'secondApprover', certifier1: 'financeCertifier', authoriser1: 'financeAuthoriser',
};

function actorOf(account: string): Actor {
  const [, function_, key] = /^(editor|signatory)-(\w+)$/.exec(account) ?? [];
  if (key !== undefined) return { account, roles: [function_ === 'editor' ? 'applicantEditor' : 'applicantSignatory'], organisation: key };
  return { account, roles: [STAFF[account] ?? 'auditor'], organisation: null };
}

/** People who sit beside the database: for tests in which the worker is the victim and the way of a command is not in question. */
export class Clerks {
  readonly cases: CasesService;

  constructor(private readonly store: Store) {
    this.cases = new CasesService(store, new Programmes(programmes));
  }

  async act(account: string, caseId: string, event: string, data: { readonly [field: string]: Json } = {}): Promise<CaseView> {
    const outcome = await this.cases.advance({ caseId, event, data, actor: actorOf(account), at: await this.store.now() });
    if (!outcome.ok) throw new Error(`${event} by ${account} is refused: ${JSON.stringify(outcome.refusal)}`);
    return outcome.view;
  }

  /** A draft with its form. */
  async drafted(applicant: string, cycle: string): Promise<CaseView> {
    const [editor, at] = [`editor-${applicant}`, await this.store.now()];
    const opened = await this.cases.open({ programme: 'kim', cycle, applicant: { key: applicant, name: applicant, kind: 'kreisfreie Stadt' }, actor: actorOf(editor), at });
    if (!opened.ok) throw new Error(`${applicant} may not open: ${JSON.stringify(opened.refusal)}`);
    return this.act(editor, opened.view.id, 'saveForm', { form: formFor(cycle) });
  }

  /** An application on its way from the first draft to the signature. */
  async submitted(applicant: string, cycle: string): Promise<CaseView> {
    const [editor, signatory] = [`editor-${applicant}`, `signatory-${applicant}`];
    const { id } = await this.drafted(applicant, cycle);
    await this.act(editor, id, 'attach', { document: { id: randomUUID(), kind: 'concept', name: 'Konzept.pdf', bytes: 1_000, sha256: 'c'.repeat(64) } });
    await this.act(editor, id, 'requestSignature');
    return this.act(signatory, id, 'sign');
  }

  /** An application on its way to an issued notice, whose period to appeal begins to run. */
  async noticed(applicant: string, cycle: string): Promise<CaseView> {
    const { id } = await this.submitted(applicant, cycle);
    const { lines } = await this.act('officer1', id, 'accept');
    await this.act('officer1', id, 'recommend', { lines: lines.map(({ line }) => ({ line, decision: 'approve' })) });
    await this.act('approver1', id, 'countersign');
    await this.act('officer2', id, 'draftNotice');
    return this.act('approver1', id, 'issueNotice', { channel: 'electronic', postedOn: dayOf(await this.store.now()) });
  }

  /** Certifies and authorises an instalment that is due. */
  async authorise(id: string): Promise<void> {
    await this.act('certifier1', id, 'certify', { factual: true, arithmetic: true });
    await this.act('authoriser1', id, 'authorise');
  }

  async confirmSettled(id: string): Promise<void> {
    await this.act('certifier1', id, 'confirmSettled', { valueDate: dayOf(await this.store.now()), reference: 'Kontoauszug' });
  }

  /** Instalments in that state that can be paid: the one before is settled. */
  async payable(state: 'due' | 'certified' | 'exported'): Promise<readonly string[]> {
    const rows = await this.store.query<{ id: string }>(
      `select c.id from cases c where c.parent_id is not null and c.state = $1 and not exists (
         select 1 from cases earlier where earlier.parent_id = c.parent_id and earlier.number < c.number and earlier.state <> 'settled') order by c.id`, [state]);
    return rows.map(({ id }) => id);
  }

  async settled(): Promise<number> {
    const [row] = await this.store.query<{ count: number }>(`select count(*) as count from cases where parent_id is not null and state = 'settled'`);
    return row?.count ?? 0;
  }
}
