import { randomUUID } from 'node:crypto';
import type { Json, Text } from '#kernel';
import { eventually } from '#test/harness';
import { must, problem, type Answer, type Problem } from './client.ts';
import type { Office } from './office.ts';

/** A preview, as the wire has it; what the journeys read of it. */
export interface Preview {
  readonly rows: readonly RunRow[];
  readonly count: number;
  readonly sumCents: number;
  readonly blocked: number;
  readonly rowsHash: string;
  readonly certifiers: readonly string[];
}

/** A row of a preview or a run. */
export interface RunRow {
  readonly case: string;
  readonly fileNumber: string;
  readonly applicant: string;
  readonly version: number | null;
  readonly endToEndId: string;
  readonly amountCents: number;
  readonly holder: string;
  readonly holderAtBank: string;
  readonly iban: string;
  readonly verdict: 'ok' | 'blocked';
  readonly reasons: readonly { readonly code: string; readonly text: Text; readonly remedy: Text }[];
  readonly flags: readonly { readonly code: string; readonly text: Text }[];
  readonly result?: string | null;
}

/** A run, as the wire has it. */
export interface RunView {
  readonly id: string;
  readonly fileNumber: string;
  readonly state: string;
  readonly version: number;
  readonly count: number;
  readonly sumCents: number;
  readonly blocked: number;
  readonly prepared: { readonly account: string };
  readonly released: { readonly account: string } | null;
  readonly recalled: { readonly account: string; readonly text: Text } | null;
  readonly overdue: boolean;
  readonly results: { readonly undecided: number; readonly ordered: number; readonly refused: number; readonly orderedCents: number };
  readonly file: { readonly messageId: string; readonly count: number; readonly sumCents: number; readonly sha256: string } | null;
}

/** A payment run and what people do with it over HTTP. */
export class Run {
  constructor(readonly office: Office, readonly id: string) {}

  static preview(office: Office, account = 'certifier1'): Promise<Preview> {
    return office.client.ask<Preview>(account, 'POST', '/payment-runs/preview', { body: { cycle: office.cycle } }).then((answer) => must('preview', answer));
  }

  /** Tries to prepare what a preview showed. */
  static async try(office: Office, account: string, { rowsHash, key = randomUUID(), executionOn }: { readonly rowsHash: string; readonly key?: string; readonly executionOn?: string }): Promise<Answer<RunView>> {
    const body = { cycle: office.cycle, executionOn: executionOn ?? await office.today(), rowsHash };
    return office.client.ask(account, 'POST', '/payment-runs', { body, headers: { 'idempotency-key': key } });
  }

  /** Prepares whatever is payable now. */
  static async prepare(office: Office, account = 'certifier1'): Promise<Run> {
    const { rowsHash } = await Run.preview(office);
    return new Run(office, must('prepare', await Run.try(office, account, { rowsHash })).id);
  }

  view(account = 'auditor1'): Promise<RunView> {
    return this.office.client.get(account, `/payment-runs/${this.id}`);
  }

  async rows(): Promise<readonly RunRow[]> {
    return (await this.office.client.get<{ items: readonly RunRow[] }>('auditor1', `/payment-runs/${this.id}/rows`)).items;
  }

  async tries(account: string, event: 'release' | 'recallRun', body: Json = {}): Promise<Answer<unknown>> {
    return this.office.client.send(account, await this.view(), event, body);
  }

  async refused(account: string, event: 'release' | 'recallRun', body: Json = {}): Promise<Problem> {
    return problem(`${account} ${event}`, await this.tries(account, event, body));
  }

  async release(account = 'authoriser1'): Promise<void> {
    must(`${account} release`, await this.tries(account, 'release'));
  }

  async drop(account: string, caseId: string): Promise<Answer<RunView>> {
    const { version } = await this.view();
    return this.office.client.ask(account, 'POST', `/payment-runs/${this.id}/rows/${caseId}/drop`, {
      body: { reason: 'Auflage offen' }, headers: { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() },
    });
  }

  reaches(state: string): Promise<void> {
    return eventually(`the run ${this.id} in ${state}`, async () => (await this.view()).state === state);
  }

  async file(): Promise<string> {
    return must('file', await this.office.client.ask<string>('authoriser1', 'GET', `/payment-runs/${this.id}/file`));
  }
}
