import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Text } from '#kernel';
import { must } from './client.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const here = {} as { instalment: Story; other: Story; run: Run; name: string };

const prepared = async (executionOn: string): Promise<Run> => {
  const { rowsHash } = await Run.preview(office());
  return new Run(office(), must('prepare', await Run.try(office(), 'certifier1', { rowsHash, executionOn })).id);
};

beforeAll(async () => {
  const grants = [await Story.of(office(), '05315', TO_THE_GRANT), await Story.of(office(), '05314', TO_THE_GRANT)] as const;
  await office().clock('2056-05-02');
  [here.instalment, here.other] = [await grants[0].instalment(1), await grants[1].instalment(1)];
  for (const each of [here.instalment, here.other]) await each.go('certify');
  here.run = await prepared('2056-05-17');
  here.name = (await here.run.view()).fileNumber;
  await here.other.go('recall');
  await here.other.go('certify');
});

const told = async ({ id }: Story): Promise<string | undefined> =>
  (await office().client.get<{ items: readonly { kind: string; case: string; text: Text }[] }>('auditor1', '/exceptions')).items.find((item) => item.kind === 'lying' && item.case === id)?.text.de;
const mailed = async (): Promise<string> => {
  await office().rest();
  return (await office().client.inbox({ to: 'authoriser1' })).filter(({ kind }) => kind === 'paymentUnattended').at(-1)?.text ?? '';
};

describe('what is certified and sits in a run that nobody has released', () => {
  test('is told in which one, and to have that released, in the list of exceptions and by mail', async () => {
    await office().clock('2056-05-09');
    const waits = `Bitte anordnen oder in einen Zahlungslauf nehmen. Die Rate steht im noch nicht freigegebenen Zahlungslauf ${here.name} mit Ausführungstag 17.05.2056. Bitte den Lauf freigeben lassen;`;
    expect(await told(here.instalment)).toContain(waits);
    expect((await mailed()).split(waits)).toHaveLength(2);
  });

  test('but not where it has moved since: the run would refuse it', async () => {
    expect(await told(here.other)).toMatch(/Bitte anordnen oder in einen Zahlungslauf nehmen\.$/);
  });

  test('nor to wait for a release that is not possible any more, nor once the run is recalled', async () => {
    await office().clock('2056-05-18');
    expect(await told(here.instalment)).toContain(`im noch nicht freigegebenen Zahlungslauf ${here.name} mit Ausführungstag 17.05.2056, der vorbei ist. Bitte den Lauf zurückholen;`);
    must('recall', await here.run.tries('authoriser1', 'recallRun', { reason: 'Tag vorbei' }));
    expect(await told(here.instalment)).toMatch(/Bitte anordnen oder in einen Zahlungslauf nehmen\.$/);
  });
});
