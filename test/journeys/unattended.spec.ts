import { beforeAll, describe, expect, test } from '@jest/globals';
import { atTime } from '#calendar';
import { moveClock } from '#store';
import { eventually } from '#test/harness';
import { must } from './client.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

/** Pay day is Tuesday, 2 May. Ascension Day, Whit Monday and Corpus Christi, 11 and 22 May and 1 June in this year, are no working days. */
const office = usingOffice({ reminderWorkingDays: [] });
const grants = {} as { readonly [city in 'koeln' | 'bonn' | 'essen' | 'duesseldorf']: Story };

beforeAll(async () => {
  for (const [city, key] of Object.entries({ koeln: '05315', bonn: '05314', essen: '05113', duesseldorf: '05111' })) Object.assign(grants, { [city]: await Story.of(office(), key, TO_THE_GRANT) });
  await office().clock('2056-05-02');
});

const mails = async (account: string, kind = 'paymentUnattended') => {
  await office().rest();
  return (await office().client.inbox({ to: account })).filter((letter) => letter.kind === kind);
};
interface Lying {
  readonly id: string;
  readonly kind: string;
  readonly case: string;
  readonly owner?: readonly string[];
  readonly ageDays?: number;
  readonly text: { readonly de: string; readonly en: string };
}
const lying = async () => (await office().client.get<{ items: readonly Lying[] }>('auditor1', '/exceptions')).items.filter(({ kind }) => kind === 'lying');
const reminders = async (grant: Story) => (await office().client.timeline((await grant.instalment(1)).id)).filter(({ event }) => event === 'remindPayment');

describe('an instalment that nobody moves', () => {
  test('is foretold to be brought to mind, if nobody acts before', async () => {
    const { items } = await office().client.get<{ items: readonly { at: string; kind: string; recipients: readonly { account: string }[] }[] }>('officer1', `/reminders?case=${grants.koeln.id}&until=2056-06-30T00:00:00.000Z`);
    const coming = items.filter(({ kind }) => kind === 'paymentUnattended');
    expect(coming.slice(0, 2).map(({ at }) => at)).toEqual([atTime('2056-05-09', '08:00'), atTime('2056-05-25', '08:00')]);
    expect(coming.length).toBeGreaterThan(4);
    expect(coming[2]?.recipients.map(({ account }) => account)).toEqual(expect.arrayContaining(['certifier1', 'authoriser1', 'approver1', 'admin1']));
    expect(coming[0]?.recipients.map(({ account }) => account)).toEqual(expect.arrayContaining(['certifier1', 'authoriser1']));
  });

  test('is brought to the mind of both of finance after five working days, all of that day in one mail; what moved is not in it', async () => {
    await grants.duesseldorf.pay(1);
    await office().clock('2056-05-03');
    await (await grants.bonn.instalment(1)).go('certify');
    await office().clock('2056-05-09', '07:59');
    expect(await mails('certifier1')).toEqual([]);
    await office().clock('2056-05-09');
    for (const account of ['certifier1', 'authoriser1']) {
      const [mail, ...more] = await mails(account);
      expect([mail?.subject, more]).toEqual(['Auszahlungen, die liegen bleiben: 2 Vorgänge', []]);
      expect(mail?.text.match(/^- KIM-2056-\d{4}\/1, (Köln|Essen): 43\.137,50 €, fällig am 02\.05\.2056\. „Fällig“, unverändert seit dem 02\.05\.2056, also seit 5 Arbeitstagen\. Bitte feststellen\.$/gm)).toHaveLength(2);
    }
    expect((await reminders(grants.koeln)).map(({ text }) => text.en)).toEqual(['The payment has been lying since 2 May 2056: finance was reminded after 5 working days.']);
    expect(await reminders(grants.duesseldorf)).toEqual([]);
  });

  test('is an exception from then on, for those who can move it, and says what to do', async () => {
    const found = await lying();
    expect(found.map((item) => item.case).toSorted()).toEqual([(await grants.koeln.instalment(1)).id, (await grants.essen.instalment(1)).id].toSorted());
    expect(found[0]).toMatchObject({ owner: ['financeCertifier', 'financeAuthoriser'], ageDays: 7, text: { de: expect.stringMatching(/„Fällig“, unverändert seit dem 02\.05\.2056, also seit 5 Arbeitstagen\. Bitte feststellen\.$/), en: expect.stringContaining('Please certify it.') } });
    const [first] = found;
    const page = await office().client.get<{ items: readonly Lying[]; next: string | null }>('auditor1', '/exceptions?limit=1');
    expect([page.items.map(({ id }) => id), page.next === null]).toEqual([[first?.id], false]);
    const rest = await office().client.get<{ items: readonly Lying[]; next: string | null }>('auditor1', `/exceptions?limit=1&cursor=${page.next ?? ''}`);
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([[found[1]?.id], null]);
  });

  test('what has been moved is counted from its move, and asked for what comes next', async () => {
    await office().clock('2056-05-10');
    const [, mail, ...more] = await mails('authoriser1');
    expect([mail?.subject, more]).toEqual([expect.stringMatching(/^KIM-2056-\d{4}: Rate 1: Auszahlung bleibt liegen$/), []]);
    expect(mail?.text).toMatch(/43\.137,50 € für Bonn, Zahltag 02\.05\.2056, steht auf „Festgestellt“, unverändert seit dem 03\.05\.2056, also seit 5 Arbeitstagen\.\n\nAls Nächstes: die Auszahlung anordnen/);
    expect(mail?.text).not.toContain('Im Weg');
  });

  test('a reminder that is on its way when the instalment moves is not sent, and the next one counts anew', async () => {
    const [koeln, essen] = [await grants.koeln.instalment(1), await grants.essen.instalment(1)];
    const before = await mails('certifier1');
    await office().queue('letters').pause();
    await office().store.transaction((tx) => moveClock(tx, atTime('2056-05-25', '08:30')));
    office().store.committed();
    await eventually('both reminders are decided', async () => (await reminders(grants.koeln)).length + (await reminders(grants.essen)).length === 4);
    for (const each of [koeln, essen]) await each.go('certify');
    expect((await lying()).map((item) => item.case)).not.toContain(koeln.id);
    await office().queue('letters').resume();
    expect(await mails('certifier1')).toEqual(before);
    await office().clock('2056-06-01');
    expect((await reminders(grants.koeln)).length).toBe(2);
    await office().clock('2056-06-02');
    expect((await reminders(grants.koeln)).map(({ text }) => text.de).at(-1)).toBe('Die Auszahlung liegt seit dem 25.05.2056: nach 5 Arbeitstagen wurde der Haushalt erinnert.');
    expect((await mails('certifier1')).at(-1)?.subject).toBe('Auszahlungen, die liegen bleiben: 2 Vorgänge');
  });
});

describe('a run that was released and has no file because a row waits', () => {
  test('is brought to mind, and is not any more once it is recalled; nor is one that has its file', async () => {
    const [koeln, essen] = [await grants.koeln.instalment(1), await grants.essen.instalment(1)];
    const run = await Run.prepare(office());
    await office().queue('payouts').pause();
    await run.release();
    for (const each of [koeln, essen]) await each.reaches('authorised');
    await grants.koeln.send('officer1', 'placeHold', { reason: 'audit', scope: 'all' });
    await office().queue('payouts').resume();
    await essen.reaches('exported');
    expect(await mails('certifier1', 'runWithoutFile')).toEqual([]);

    await office().clock('2056-06-05');
    for (const account of ['certifier1', 'authoriser1']) {
      const [mail, ...more] = await mails(account, 'runWithoutFile');
      expect([mail?.case, mail?.subject, more]).toEqual([run.id, expect.stringContaining('freigegeben, aber ohne Zahlungsdatei'), []]);
      expect(mail?.text).toContain('Der Ausführungstag ist vorbei');
    }
    expect(await mails('certifier1', 'runUnreleased')).toEqual([]);
    must('recall', await run.tries('certifier1', 'recallRun', { reason: 'Sperre dauert an' }));
    await run.reaches('recalled');
    await office().rest();

    const next = await Run.prepare(office());
    await next.release();
    await next.reaches('exported');
    await office().clock('2056-06-09');
    expect((await mails('certifier1', 'runWithoutFile')).length).toBe(1);
  });

  test('while its held row is itself brought to mind with what holds it, and so is what is ordered and neither settled nor returned', async () => {
    const text = (await mails('authoriser1')).at(-1)?.text ?? '';
    expect(text).toMatch(/^- .*, Köln: .* „Angeordnet“, unverändert seit dem 02\.06\.2056, also seit 5 Arbeitstagen\. Im Weg steht: Eine Zahlungssperre steht der Auszahlung entgegen\. Die Zweitzeichnung kann die Sperre aufheben\. \(Zuständig: Zweitzeichnung\) Sonst die Rate oder ihren Lauf zurückholen\.$/m);
    expect(text.match(/^- .*, (Bonn|Essen): .* „Zahlungsauftrag erteilt“, unverändert seit dem 02\.06\.2056, also seit 5 Arbeitstagen\. Was zu tun ist, richtet sich danach, wo ihr Zahlungsauftrag steht\. Der Zahlungsauftrag steht im Zahlungslauf KIM-2056-Z0002 mit Ausführungstag 05\.06\.2056, Datei KIM-2056-Z0002\. Der Tag ist vorbei: /gm)).toHaveLength(2);
  });

  test('and whoever can lift the hold is told of that one only, not of what waits for finance', async () => {
    const [mail, ...more] = await mails('approver1');
    expect([mail?.subject, more]).toEqual([expect.stringMatching(/^KIM-2056-\d{4}: Rate 1: Auszahlung bleibt liegen$/), []]);
    expect(mail?.case).toBe((await grants.koeln.instalment(1)).id);
    expect(mail?.text).toMatch(/für Köln[^]*Im Weg steht heute:\n- Eine Zahlungssperre/);
    expect(mail?.text).not.toMatch(/Bonn|Essen/);
  });

  test('and goes on being brought to mind, from the third time on to those above, too', async () => {
    await office().clock('2056-06-30');
    for (const account of ['certifier1', 'approver1', 'admin1']) {
      const last = (await mails(account)).at(-1);
      expect([account, last?.subject, last?.text.match(/Dies ist die 3\. Erinnerung/g)?.length]).toEqual([account, 'Auszahlungen, die liegen bleiben: 3 Vorgänge', 3]);
    }
    await office().clock('2056-07-07');
    expect((await mails('admin1')).length).toBe(2);
    expect((await lying()).map((item) => item.owner?.includes('administrator'))).toEqual([true, true, true]);
  });

  test('nor is a run forgotten that nobody releases: it is an exception under its own name until it is recalled', async () => {
    await grants.koeln.go('liftHold');
    await (await grants.koeln.instalment(1)).reaches('exported');
    const run = await Run.prepare(office());
    expect((await lying()).map((item) => item.case)).not.toContain(run.id);
    await office().clock('2056-07-10');
    const { fileNumber } = await run.view();
    const found = (await lying()).find((item) => item.case === run.id);
    expect(found).toMatchObject({ owner: ['financeCertifier', 'financeAuthoriser'], ageDays: 2, text: { de: expect.stringMatching(new RegExp(`^${fileNumber}, Zahlungslauf mit 1 Zahlung über 43\\.137,50\\s€, Ausführungstag 07\\.07\\.2056\\. .* Bitte den Lauf zurückholen\\.`)) } });
    must('recall', await run.tries('authoriser1', 'recallRun', { reason: 'Tag vorbei' }));
    expect((await lying()).map((item) => item.case)).not.toContain(run.id);
  });

  test('and nothing that was promised is broken', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
