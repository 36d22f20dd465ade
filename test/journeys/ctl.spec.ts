import { beforeAll, describe, expect, test } from '@jest/globals';
import { EXIT } from '#apps/ctl';
import type { CaseView } from '#cases';
import { eventually } from '#test/harness';
import { CommandLine, ENGLISH } from './command-line.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const PAY_DAY = '2056-05-02';
const THE_DAY_AFTER = '2056-05-03';

const office = usingOffice();
const here = {} as { first: Story; second: Story };

beforeAll(async () => {
  here.first = await Story.of(office(), '05315', TO_THE_GRANT);
  here.second = await Story.of(office(), '05314', TO_THE_GRANT);
  await office().clock(PAY_DAY);
});

const line = new CommandLine(office);
const ctl = line.try.bind(line);
const done = line.done.bind(line);
const refused = line.refused.bind(line);

describe('a case', () => {
  test('is named by every file number that is printed, also within its family', async () => {
    await here.second.go('proposePayee');
    const family = JSON.parse(await done('cases', '--parent', 'KIM-2056-0002', '--as', 'officer1', '--json')) as { items: CaseView[] };
    expect(family.items.map(({ fileNumber }) => fileNumber)).toEqual(['KIM-2056-0002/1', 'KIM-2056-0002/2', 'KIM-2056-0002/P1']);
    for (const { id, fileNumber } of family.items) expect(JSON.parse(await done('show', fileNumber, '--as', 'officer1', '--json'))).toMatchObject({ id, fileNumber });
    expect(await done('payees', 'KIM-2056-0002/P1', '--as', 'officer1')).not.toBe('');
    expect(await done('do', 'KIM-2056-0002/P1', 'declinePayee', 'reason=doch nicht', '--as', 'signatory-05314')).toContain('KIM-2056-0002/P1');
    expect(await refused('show', 'KIM-2056-0001/9', '--as', 'officer1')).toBe('notFound: Kein Vorgang, den Sie sehen dürfen, hat das Aktenzeichen KIM-2056-0001/9');
    expect(await refused('show', 'KIM-2056-0001/1', '--as', 'editor-05314', ...ENGLISH)).toContain('no case that you may see');
  });

  test('takes a text where it wants one, though it looks like a number', async () => {
    expect(await done('do', 'KIM-2056-0001', 'placeHold', 'reason=audit', 'scope=1', '--as', 'officer1')).toMatch(/Sperre +h1 +Rate 1 /);
    expect(await done('do', 'KIM-2056-0001', 'liftHold', 'hold=h1', 'reason=2056', '--as', 'approver1')).not.toMatch(/Sperre +h1/);
    expect(await done('do', 'KIM-2056-0001', 'holdAmount', 'reason=audit', 'instalment=2', 'amountCents=100', '--as', 'officer1')).toMatch(/Sperre +h2/);
    await done('do', 'KIM-2056-0001', 'liftHold', 'hold="h2"', 'reason=geklärt', '--as', 'approver1');
    expect(await refused('do', 'KIM-2056-0001/1', 'certify', 'factual=false', 'arithmetic=true', '--as', 'certifier1')).toMatch(/\n {2}\/factual notAllowed: Möglich ist: true\./);
  });

  test('tells in both languages that a step is not possible in its state, or is none at all', async () => {
    expect(await refused('why', 'KIM-2056-0001', 'countersign', '--as', 'approver1')).toMatch(
      /^notPossibleHere: countersign \(.+\): Im Stand „Bewilligt, Rate 1“ ist dieser Schritt nicht möglich\. Möglich ist hier: .*placeHold \(.+\)/);
    expect(await refused('why', 'KIM-2056-0001', 'countersign', '--as', 'approver1', ...ENGLISH)).toMatch(
      /^notPossibleHere: countersign \(.+\): This step is not possible in the state “Granted, instalment 1”\. Possible here: .*placeHold \(/);
    for (const command of ['why', 'do']) {
      expect(await refused(command, 'KIM-2056-0001/1', 'dance', '--as', 'officer1')).toMatch(/^notFound: [^]*Einen Schritt „dance“ nimmt dieser Vorgang nicht an\. Möglich ist hier: .*certify \(/);
      expect(await refused(command, 'KIM-2056-0001/1', 'dance', '--as', 'officer1', ...ENGLISH)).toMatch(/^notFound: [^]*takes no step called “dance”\. Possible here: .*certify \(/);
    }
    expect(await refused('why', 'KIM-2056-0001', 'attach', '--as', 'officer1')).toContain('wird vorab nichts gesagt');
  });

  test('a refusal says what helps, and who could', async () => {
    const said = await refused('do', 'KIM-2056-0001/1', 'certify', 'factual=true', 'arithmetic=true', '--as', 'officer1');
    expect(said).toMatch(/^wrongRole: Andere Funktion nötig\.\n {2}wrongRole: Dieser Schritt ist .*: Feststellung \(Haushalt\)\. Bitten Sie: Feststellung \(Haushalt\)\. \(.*certifier1.*\)/);
  });

  test('its payment and its history name roles and states in words', async () => {
    expect(await done('readiness', 'KIM-2056-0001/2', '--as', 'certifier1')).toMatch(/^KIM-2056-0001\/2 {2}Geplant {2}nicht zahlbar\n[^]*✗ previousSettled {2}.* \(Feststellung \(Haushalt\)\)/);
    expect(await done('readiness', 'kim-2056-0001/2', '--as', 'certifier1', ...ENGLISH)).toMatch(/Planned {2}not ready\n[^]*✗ previousSettled {2}.* \(finance certifier\)/);
    expect(await done('timeline', 'KIM-2056-0001/1', '--as', 'auditor1', ...ENGLISH)).toMatch(/Countersign +approver1 \(second approver\)/);
  });
});

describe('a selection', () => {
  test('of which nothing is possible offers nothing to confirm', async () => {
    const shown = await done('bulk-preview', 'certify', 'KIM-2056-0001/1', '--data', '{"factual":true,"arithmetic":true}', '--as', 'officer1');
    expect(shown).toMatch(/wrongRole: .*Bitten Sie: [^]*\n0 möglich \(0,00 €\), 1 abgelehnt\nnichts zu bestätigen$/);
  });
});

describe('a field where a case is expected', () => {
  test.each(['bulk-preview', 'bulk'])('%s says where fields belong', async (command) => {
    const said = await ctl(command, 'certify', 'KIM-2056-0001/1', 'factual=true', '--as', 'certifier1');
    expect([said.code, said.err]).toEqual([EXIT.usage, `factual=true ist kein Vorgang: Die Felder des Schritts gehören in --data '{"factual":true}'`]);
    expect((await ctl(command, 'certify', 'KIM-2056-0001/1', 'factual=true', '--as', 'certifier1', ...ENGLISH)).err).toContain('is no case');
  });

  test.each(['bulk-preview', 'bulk'])('%s names a field that is missing', async (command) => {
    expect(await refused(command, 'certify', 'KIM-2056-0001/1', '--data', '{"arithmetic":true}', '--as', 'certifier1')).toMatch(/\/factual missing: Diese Angabe fehlt\. Möglich ist: true\./);
  });
});

describe('a payment run', () => {
  test('is prepared for a day, and whoever writes something else is told what a day is', async () => {
    expect(await done('run-preview', office().cycle, '--as', 'certifier1')).toMatch(/KIM-2056-0001\/1 .*gesperrt: certified: \S.*\. \S.*\.\n/);
    const said = await refused('run-prepare', office().cycle, '--on', 'heute', '--as', 'certifier1');
    expect(said.split('\n').slice(1)).toEqual(['  /executionOn wrongFormat: Erwartet: ein Tag, den es gibt, wie 2028-05-04.']);
    expect(await refused('run-prepare', office().cycle, '--on', 'heute', '--as', 'certifier1', ...ENGLISH)).toContain('Expected: a day that exists, such as 2028-05-04.');
  });

  test('says that its day has passed, and why it was recalled', async () => {
    for (const each of [here.first, here.second]) await (await each.instalment(1)).go('certify');
    const run = await Run.prepare(office());
    const { fileNumber } = await run.view();
    expect(await done('run', fileNumber, '--as', 'officer1')).not.toMatch(/überfällig|zurückgeholt/);
    await office().clock(THE_DAY_AFTER);
    expect(await done('run', fileNumber, '--as', 'officer1')).toMatch(/, Vorbereitet, [^]*\nüberfällig +Der Ausführungstag ist vorbei/);
    expect(await done('run', fileNumber, '--as', 'officer1', ...ENGLISH)).toMatch(/, Prepared, [^]*\noverdue +The execution day has passed/);
    await done('do', fileNumber, 'recallRun', 'reason=4711', '--as', 'certifier1');
    const said = await done('run', fileNumber, '--as', 'officer1');
    expect(said).toMatch(/, Zurückgeholt, [^]*\nzurückgeholt +certifier1, 03\.05\.2056 [\d:]+: Der Lauf wurde zurückgeholt: „4711“\./);
    expect(said).not.toContain('überfällig');
    const again = ['do', fileNumber, 'recallRun', 'reason=noch einmal', '--as', 'authoriser1'];
    expect(await refused(...again)).toMatch(/notPossibleHere: Im Stand „Zurückgeholt“ .*\. Zuletzt gehandelt: certifier1, 03\.05\.2056 [\d:]+ \(„Lauf zurückholen“\)\. Der Vorgang ist beendet\./);
    expect(await refused(...again, '--version', '1', ...ENGLISH)).toMatch(/^staleVersion: [^]*Last act: certifier1, 3 May 2056 [\d:]+ \(“Recall the run”\)\. .*read it again\.[^]*\/state: "prepared" → "recalled"/);
    expect(await done('runs', '--as', 'officer1')).toMatch(/^Zahlungslauf +Förderrunde +Stand +Ausführung +überfällig +Raten +Summe .*\nKIM-2056-Z0001 .*Zurückgeholt +02\.05\.2056 +nein +2 /);
    expect(await done('runs', '--as', 'officer1', '--limit', '1', ...ENGLISH)).toMatch(/^run +round +state +carried out +overdue +rows +sum .*Recalled +2 May 2056 +no +2 /s);
  });

  test('and the freeze that one ordered oneself is lifted by another person, who is named', async () => {
    await done('freeze', '--reason', 'Verdacht', '--as', 'authoriser1');
    const frozen = /! paymentsNotFrozen: Zahlungen sind angehalten: Der Schritt ist möglich, aber was damit angeordnet wird, wartet\./;
    expect(await done('why', 'KIM-2056-0001/1', 'authorise', '--as', 'authoriser1')).toMatch(frozen);
    expect(await done('do', 'KIM-2056-0001/1', 'authorise', '--as', 'authoriser1')).toMatch(frozen);
    expect(await done('why', 'KIM-2056-0001/1', 'recall', '--as', 'authoriser1')).not.toMatch(frozen);
    expect(await done('do', 'KIM-2056-0001/1', 'recall', 'reason=Verdacht', '--as', 'authoriser1', ...ENGLISH)).not.toContain('frozen');
    const said = await refused('freeze', '--lift', 'geklärt', '--none', '--as', 'authoriser1');
    expect(said).toMatch(/differentPerson: Vier-Augen-Prinzip: Sie selbst \(authoriser1\) haben die Zahlungen am .* angehalten \(„Verdacht“\)\. Eine andere Person .* \(allrounder1\)/);
    expect(await done('freeze', '--lift', 'geklärt', '--none', '--as', 'allrounder1')).toBe('Zahlungen sind nicht angehalten');
  });

  test('what is ordered says where its order is', async () => {
    await done('do', 'KIM-2056-0001/1', 'certify', 'factual=true', 'arithmetic=true', '--as', 'certifier1');
    await done('do', 'KIM-2056-0001/1', 'authorise', '--as', 'authoriser1');
    await eventually('it is ordered', async () => (await done('readiness', 'KIM-2056-0001/1', '--as', 'auditor1')).startsWith('KIM-2056-0001-1-1  Der Zahlungsauftrag ist erteilt und steht in keinem Zahlungslauf. Bitte in einen Zahlungslauf nehmen.'));
    expect(await done('readiness', 'KIM-2056-0001', '--as', 'auditor1', ...ENGLISH)).toMatch(/^KIM-2056-0001-1-1 {2}The payment order is given and in no payment run\.[^]*\nKIM-2056-0001\/2 {2}Planned/);
  });
});
