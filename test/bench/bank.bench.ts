import { createHash } from 'node:crypto';
import { Bank } from '#apps/bank';
import { allTables, seedInstallation } from '#apps/installation';
import { BankList, BankService, readBankMessage } from '#payments';
import { openStore, type Store } from '#store';
import { secondsOf, type Part } from './clocks.site.ts';
import { median, table } from './rounds.ts';
import type { OwnServer } from '#test/ground';

const ENTRIES = 10_000;
const MOST_SECONDS = 10;
const IBAN = 'DE89370400440532013000';

/** A statement of ten thousand payments, from its bytes to the last matched entry. Each round is another statement, beside all that came before. */
export async function measureBankFile(server: OwnServer, rounds: number): Promise<Part> {
  const url = await server.database('bank_file');
  await seedInstallation({ mode: 'demo', redisUrl: null }, url);
  const store = await openStore(url, allTables);
  try {
    // Orders as runs leave them, without the cases behind them: who signed is not in question here.
    await store.query('alter table payment_orders disable trigger payment_orders_signed');
    const service = new BankService(store, new BankList(store));
    const seconds: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await orders(store, round);
      const bytes = Buffer.from(statement(round, (await store.now()).slice(0, 'yyyy-mm-dd'.length)));
      seconds.push(await secondsOf(() => imported(service, bytes, round)));
      console.error(`round ${round}: ${(bytes.length / 1024 / 1024).toFixed(1)} MiB, ${seconds.at(-1)?.toFixed(2)} s`);
    }
    await verify(store, rounds);
    return {
      table: table([[`camt.053 with ${ENTRIES} entries`, 's until all are matched'], ...seconds.map((each, round) => [`round ${round + 1}`, each.toFixed(2)]), ['median', median(seconds).toFixed(2)]]),
      figures: `camt.053 with ${ENTRIES} entries imported and matched in ${median(seconds).toFixed(2)} s (at most ${MOST_SECONDS})`,
      passed: median(seconds) < MOST_SECONDS,
    };
  } finally {
    await store.close();
  }
}

/** Ten thousand orders as runs leave them: each hangs on its effect, and that on its journal entry. */
async function orders(store: Store, round: number): Promise<void> {
  await store.query(
    `insert into outbox (queue, case_id, root_id, journal_seq, payload, done_at)
     select 'payouts', format('c-%s-%s-1', $1::int, n), format('c-%s-%s', $1::int, n), 7, '{"type": "payout"}', clock_timestamp() from generate_series(1, $2::int) n`, [round, ENTRIES]);
  await store.query(
    `insert into payment_orders (effect_id, case_id, sequence, end_to_end_id, cycle_id, amount_cents, holder, iban, purpose, created_at)
     select id, case_id, 1, format('KIM-%s-%s-1-1', $1::int, split_part(case_id, '-', 3)), 'kim-2028', 100000 + split_part(case_id, '-', 3)::int, 'Stadtkasse', $2, 'KIM', tranche_now()
     from outbox where queue = 'payouts' and case_id like format('c-%s-%%', $1::int)`, [round, IBAN]);
  await store.query('analyze outbox, payment_orders');
}

/** What the simulated bank says of all of them on the day of execution. */
function statement(round: number, executionOn: string): string {
  const payments = Array.from({ length: ENTRIES }, (_, n) => `<CdtTrfTxInf><PmtId><EndToEndId>KIM-${round}-${n + 1}-1-1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">${((100_001 + n) / 100).toFixed(2)}</InstdAmt></Amt>
    <Cdtr><Nm>Stadtkasse</Nm></Cdtr><CdtrAcct><Id><IBAN>${IBAN}</IBAN></Id></CdtrAcct></CdtTrfTxInf>`);
  const simulated = new Bank({ seed: round, script: { otherwise: {} } });
  simulated.receive(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>RUN-${round}</MsgId><NbOfTxs>${ENTRIES}</NbOfTxs></GrpHdr>
    <PmtInf><PmtInfId>1</PmtInfId><ReqdExctnDt><Dt>${executionOn}</Dt></ReqdExctnDt><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct>${payments.join('')}</PmtInf></CstmrCdtTrfInitn></Document>`);
  const found = simulated.answers().find(({ kind }) => kind === 'camt.053');
  if (found === undefined) throw new Error('the bank has refused the payments');
  return found.xml;
}

async function imported(service: BankService, bytes: Buffer, round: number): Promise<void> {
  const read = readBankMessage(bytes);
  if (!read.ok) throw new Error(read.refusal.code);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const outcome = await service.import({ message: read.message, bytes, sha256 }, { actor: 'bench', key: String(round), route: 'bank-files', bodyHash: sha256 });
  if (!outcome.ok || outcome.done.counts.entries !== ENTRIES) throw new Error(JSON.stringify(outcome));
}

/** Fast and wrong is no figure. */
async function verify(store: Store, rounds: number): Promise<void> {
  const [found] = await store.query<{ sent: number; effects: number; wrong: number }>(`
    select (select count(*) from bank_entries where verdict = 'sent') as sent, (select count(*) from outbox where queue = 'bank') as effects,
      (select count(*) from bank_entries e join payment_orders o on o.id = e.order_id where o.amount_cents <> e.amount_cents or o.end_to_end_id <> e.end_to_end_id) as wrong`);
  if (found?.sent !== rounds * ENTRIES || found.effects !== rounds * ENTRIES || found.wrong !== 0) throw new Error(`not every entry is matched: ${JSON.stringify(found)}`);
}
