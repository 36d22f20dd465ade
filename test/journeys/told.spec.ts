import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RegisterEntry, TimelineItem } from '#cases';
import type { Text } from '#kernel';
import { must } from './client.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const told = {} as { koeln: Story; bonn: Story };
const first = (story: Story): Promise<Story> => story.instalment(1);

interface Item {
  readonly kind: string;
  readonly case: string | null;
  readonly fileNumber: string | null;
  readonly owner?: readonly string[];
  readonly text: Text;
}
const exceptions = async (kind: string) => (await office().client.get<{ items: readonly Item[] }>('officer1', '/exceptions')).items.filter((item) => item.kind === kind);
const timeline = async (account: string, id: string) => (await office().client.get<{ items: readonly TimelineItem[] }>(account, `/cases/${id}/timeline`)).items;
const register = async (query: string) => (await office().client.get<{ items: readonly RegisterEntry[]; next: string | null }>('officer1', `/exception-register?${query}`));
const freeze = (account: string, path: string, body: { readonly [field: string]: string | readonly string[] }) => office().client.ask(account, 'POST', `/payments/freeze${path}`, { body });

beforeAll(async () => {
  told.koeln = await Story.of(office(), '05315', TO_THE_GRANT);
  told.bonn = await Story.of(office(), '05314', TO_THE_GRANT);
});

describe('an instalment that is not paid on its pay date', () => {
  test('is told to the municipality on the next working day, once, with the day by which it was planned', async () => {
    await office().clock('2056-05-02');
    await told.bonn.pay(1);
    await office().clock('2056-05-20');
    const kinds = async (to: string) => (await told.koeln.letters(to)).filter(({ kind }) => kind === 'notPaidYet');
    expect([(await kinds('editor-05315')).length, (await kinds('signatory-05315')).length]).toEqual([1, 1]);
    expect((await kinds('editor-05315'))[0]?.text).toMatch(/war zum 02\.05\.2056 vorgesehen und ist noch nicht ausgezahlt[^]*bearbeitet die Auszahlung noch/);
    expect((await told.bonn.letters()).filter(({ kind }) => kind === 'notPaidYet')).toEqual([]);
    expect((await told.bonn.letters('editor-05314')).find(({ kind }) => kind === 'paid')?.text).toContain('innerhalb von zwei Monaten zu verwenden, also bis zum 03.07.2056.');
  });

  test('the history names which case each line is about; the municipality\'s is silent of reminders of staff', async () => {
    const [ours, theirs] = [await timeline('officer1', told.koeln.id), await timeline('editor-05315', told.koeln.id)];
    const { fileNumber } = await told.koeln.view();
    expect(new Set(ours.map((item) => item.fileNumber))).toEqual(new Set([fileNumber, `${fileNumber}/1`, `${fileNumber}/2`]));
    expect(ours.find(({ event }) => event === 'fallDue')?.fileNumber).toBe(`${fileNumber}/1`);
    const staff = ['remindFinance', 'remindPayment', 'warnPayment', 'remindBudgetEnd', 'remindOffice', 'escalate'];
    expect(ours.map(({ event }) => event)).toEqual(expect.arrayContaining(['remindFinance', 'remindPayment']));
    expect(theirs).toEqual(ours.filter(({ event }) => !staff.includes(event)));
  });
});

describe('a payment that came back', () => {
  test('stands among the exceptions at once with what to do, once, and is gone when somebody has taken it further', async () => {
    const instalment = await first(told.bonn);
    expect(await exceptions('returned')).toEqual([]);
    await instalment.go('reportReturn');
    const [item, ...others] = await exceptions('returned');
    expect(others).toEqual([]);
    expect(item).toMatchObject({ case: instalment.id, fileNumber: (await instalment.view()).fileNumber, owner: ['caseOfficer', 'financeCertifier', 'financeAuthoriser'] });
    expect(item?.text.de).toMatch(/als zurückgekommen gemeldet.*Bankverbindung prüfen.*erneut fällig stellen/);
    await office().clock('2056-06-20');
    expect((await exceptions('lying')).map((lying) => lying.case)).not.toContain(instalment.id);
    expect((await exceptions('returned')).map(({ owner }) => owner?.includes('administrator'))).toEqual([true]);
    await instalment.go('reopen');
    expect(await exceptions('returned')).toEqual([]);
  });
});

describe('what was done about payments beside their lifecycle', () => {
  test('stands in the history and the register of the case whose payment it was: who, when, why; not before the municipality', async () => {
    await office().confirmAnswers('authoriser1');
    const confirmed = (await timeline('officer1', told.bonn.id)).find(({ event }) => event === 'confirmPaymentAnswer');
    expect(confirmed).toMatchObject({ case: (await first(told.bonn)).id, seq: null, to: null, actor: { account: 'authoriser1', role: 'financeAuthoriser' }, text: { de: expect.stringContaining('zurück ist oder nie geflossen ist: „auf dem Kontoauszug gesehen“.') } });

    must('freeze', await freeze('certifier1', '', { reason: 'Verdacht auf Betrug' }));
    must('lift', await freeze('authoriser1', '/lift', { reason: 'geklärt', goneOut: [] }));
    const ours = await timeline('officer1', told.koeln.id);
    expect(ours.slice(-2).map(({ event, actor, fileNumber, text }) => [event, actor.account, fileNumber, text.de])).toEqual([
      ['freezePayments', 'certifier1', (await (await first(told.koeln)).view()).fileNumber, 'Alle Zahlungen wurden angehalten, auch die dieser Rate: „Verdacht auf Betrug“.'],
      ['liftFreeze', 'authoriser1', (await (await first(told.koeln)).view()).fileNumber, 'Die Zahlungen wurden wieder zugelassen: „geklärt“.'],
    ]);
    const acts = ['confirmPaymentAnswer', 'freezePayments', 'liftFreeze'];
    for (const [editor, { id }] of [['editor-05315', told.koeln], ['editor-05314', told.bonn]] as const) {
      expect((await timeline(editor, id)).filter(({ event }) => acts.includes(event))).toEqual([]);
    }

    const ofBonn = (await register(`case=${told.bonn.id}`)).items;
    expect(ofBonn.map(({ event, reason }) => [event, reason])).toEqual([['liftFreeze', 'geklärt'], ['freezePayments', 'Verdacht auf Betrug'], ['confirmPaymentAnswer', 'auf dem Kontoauszug gesehen']]);
    const all = await register('limit=1');
    expect([all.items.map(({ event }) => event), all.next]).toEqual([['confirmPaymentAnswer'], null]);
    const page = await register(`case=${told.bonn.id}&limit=2`);
    expect((await register(`case=${told.bonn.id}&limit=2&cursor=${page.next ?? ''}`)).items).toEqual(ofBonn.slice(2));
    expect(await office().breaches()).toEqual([]);
  });
});
