import SEPA from 'sepa';
import { cents } from '#money';
import { checkCreditTransferXml, checkTransfers, creditTransferXml, type CreditTransferFile } from '#payments';
import { measureBankFile } from './bank.bench.ts';
import type { Bench } from './bench.ts';
import type { Part } from './clocks.site.ts';
import { median, table } from './rounds.ts';
import { startServer } from '#test/ground';

const PAYMENTS = 10_000;
const MOST_SECONDS = 1.5;
const MOST_MEBIBYTES = 200;
const IBAN = 'DE89370400440532013000';

/** Money out and its answer in: a file of ten thousand payments, and the bank's statement of as many. */
export const payments: Bench = {
  about: `a payment file of ${PAYMENTS} written and checked, beside npm sepa; and the bank's statement of as many`,
  run: async ({ rounds }) => {
    const file = measureFile(rounds);
    const server = await startServer();
    try {
      const statement = await measureBankFile(server, rounds);
      return { table: `${file.table}\n\n${statement.table}`, figures: `${file.figures}; ${statement.figures}`, passed: file.passed && statement.passed };
    } finally {
      await server.stop();
    }
  },
};

function measureFile(rounds: number): Part {
  const before = process.memoryUsage().rss / 1024 / 1024;
  const ours: number[] = [];
  const theirs: number[] = [];
  // Memory is that of the first round: the highest mark of a process never falls again.
  const wanted = fileOf(0);
  ours.push(seconds(() => write(wanted)));
  const more = process.resourceUsage().maxRSS / 1024 - before;
  theirs.push(seconds(() => bySepa(wanted)));
  for (let round = 1; round < rounds; round += 1) {
    const next = fileOf(round);
    const turns = [() => ours.push(seconds(() => write(next))), () => theirs.push(seconds(() => bySepa(next)))];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) turn();
    console.error(`round ${round + 1}: ours ${ours.at(-1)?.toFixed(2)} s, sepa ${theirs.at(-1)?.toFixed(2)} s`);
  }
  const ratio = median(ours.map((each, round) => each / (theirs[round] ?? NaN)));
  return {
    table: table([
      [`file of ${PAYMENTS} payments`, 's written and checked', 's sepa, unchecked', 'ratio'],
      ...ours.map((each, round) => [`round ${round + 1}`, each.toFixed(2), (theirs[round] ?? NaN).toFixed(2), (each / (theirs[round] ?? NaN)).toFixed(2)]),
      ['median', median(ours).toFixed(2), median(theirs).toFixed(2), ratio.toFixed(2)],
    ]),
    figures: `${PAYMENTS} payments written and checked in ${median(ours).toFixed(2)} s (at most ${MOST_SECONDS}), ratio to sepa ${ratio.toFixed(2)}, ${more.toFixed(0)} MiB more memory (at most ${MOST_MEBIBYTES})`,
    passed: median(ours) < MOST_SECONDS && more < MOST_MEBIBYTES,
  };
}

function seconds(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1_000;
}

const fileOf = (round: number): CreditTransferFile => ({
  messageId: `KIM-2028-Z${round}`, createdAt: '2028-05-03T08:00:00.000Z', executionOn: '2028-05-04', debtor: { name: 'Bezirksregierung Arnsberg', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
  transfers: Array.from({ length: PAYMENTS }, (_, n) => ({
    endToEndId: `KIM-2028-${round}-${n}-1-1`, amountCents: cents(100_001 + n), creditor: { name: `Stadtkasse Köln ${n}`, iban: IBAN }, purpose: `KIM 2028, 1. Rate, Az. KIM-2028-${n}` })),
});

/** As the worker does it, and held against what it was made of. */
function write(file: CreditTransferFile): void {
  if (checkTransfers(file).length > 0) throw new Error('the run is refused');
  const bytes = creditTransferXml(file);
  if (checkCreditTransferXml(bytes).length > 0 || !bytes.includes(`<NbOfTxs>${PAYMENTS}</NbOfTxs>`)) throw new Error('the file is not what was asked for');
}

/** The same payments by the peer. */
function bySepa({ messageId, debtor, transfers }: CreditTransferFile): void {
  const document = new SEPA.Document('pain.001.001.09');
  Object.assign(document.grpHdr, { id: messageId, created: new Date(0), initiatorName: debtor.name });
  const info = document.createPaymentInfo();
  Object.assign(info, { requestedExecutionDate: new Date(0), debtorIBAN: debtor.iban, debtorBIC: debtor.bic, debtorName: debtor.name });
  document.addPaymentInfo(info);
  for (const { endToEndId, amountCents, creditor, purpose } of transfers) {
    const payment = info.createTransaction();
    Object.assign(payment, { creditorName: creditor.name, creditorIBAN: creditor.iban, amount: amountCents / 100, remittanceInfo: purpose, end2endId: endToEndId });
    info.addTransaction(payment);
  }
  if (!document.toString().includes(messageId)) throw new Error('sepa wrote something else');
}
