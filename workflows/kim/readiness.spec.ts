import { describe, expect, test } from '@jest/globals';
import { atTime } from '#calendar';
import { judge, machineOf, readiness, type Actor, type Checked, type Effect } from '#kernel';
import { kim, kim1, kim2 } from './index.ts';
import { caseOf, factsOf, passTo, send, type Family } from './stories/family.ts';
import { play, until } from './stories/script.ts';
import { stops } from './stories/stops.ts';

const ANYBODY: Actor = { account: 'anybody', roles: ['financeCertifier', 'financeAuthoriser'], organisation: null };

const answersOf = (family: Family, number: number): readonly Checked[] | null => {
  const { stored, machine } = caseOf(family, number);
  return readiness({ programme: kim, machine, stored, facts: factsOf(family, number) }, family.now);
};
const missing = (family: Family, number: number): readonly string[] => (answersOf(family, number) ?? []).filter(({ ok }) => !ok).map(({ code }) => code);
const answer = (family: Family, code: string): Checked | undefined => answersOf(family, 1)?.find((each) => each.code === code);

describe('readiness', () => {
  test('is a question where an instalment is still to be paid, and nowhere else', () => {
    const asked = [...stops().values()].filter(({ family, number }) => answersOf(family, number) !== null).map(({ machine, stored: { state } }) => `${machine} ${state}`);
    expect(asked.toSorted()).toEqual(['instalment authorised', 'instalment certified', 'instalment due', 'instalment planned', 'instalment returned']);
  });

  test.each([['due', 'certify'], ['certified', 'authorise']])('of an instalment that is %s says what %s would be refused for, in the same order and words', (state, event) => {
    const standing = [...stops().values()].filter(({ family }) => family.children.some((child) => child.state === state));
    expect(standing.length).toBeGreaterThan(0);
    const held = standing.map(({ family }) => ({ ...family, head: { ...family.head, context: { ...family.head.context, holds: [{ id: 'h1', reason: 'audit', scope: 'all', since: family.now, by: 'x' }] } } }));
    for (const family of [...standing.map((stop) => stop.family), ...held]) {
      const number = family.children.find((child) => child.state === state)?.number ?? 0;
      const { stored, machine } = caseOf(family, number);
      const reasons = judge({ programme: kim, machine, stored, facts: factsOf(family, number) }, { type: event, at: family.now, actor: ANYBODY, data: { factual: true, arithmetic: true } });
      const about = reasons.filter(({ code }) => code !== 'certificationUnchanged').map(({ code, text, remedy }) => ({ code, text, remedy }));
      expect((answersOf(family, number) ?? []).filter(({ ok }) => !ok).map(({ code, text, remedy }) => ({ code, text, remedy }))).toEqual(about);
    }
  });

  test('says from when, since when and whose matter it is', () => {
    const { family } = play(`${until('finality')}
      2028-03-10 09:00  officer     placeHold:2         →  active.instalment1
      2028-03-11 09:00  officer     placeHold           →  active.instalment1`);
    expect(missing(family, 1)).toEqual(['payDateReached', 'noHoldInScope']);
    expect(missing(family, 2)).toEqual(['payDateReached', 'noHoldInScope', 'previousSettled']);
    expect(answer(family, 'payDateReached')).toMatchObject({ ok: false, since: null, owner: 'system', from: atTime('2028-05-02', '00:00') });
    expect(answer(family, 'noHoldInScope')).toMatchObject({ ok: false, since: atTime('2028-03-11', '09:00'), owner: 'secondApprover' });
    expect(answer(family, 'noticeFinal')).toMatchObject({ ok: true, since: atTime('2028-03-01', '00:00'), owner: 'caseOfficer' });
    expect(answer(passTo(family, atTime('2028-05-02', '08:00')).family, 'payDateReached')).toMatchObject({ ok: true, since: atTime('2028-05-02', '00:00') });
  });

  test('earlier versions ask for what they demand, and for nothing they never heard of', () => {
    const codes = [kim1, kim2].map((programme) => machineOf(programme, 'instalment').readiness?.checks.map(({ requirement }) => requirement));
    const six = ['noticeFinal', 'payDateReached', 'amountPositive', 'noHoldInScope', 'previousSettled', 'payeeGiven'];
    expect(codes).toEqual([six, six]);
  });

  test('what is paid in part is told as what it is, first the part and then the rest', () => {
    const { family } = play(`${until('1.fallDue')}
      2028-05-02 10:00  officer     holdAmount          →  active.instalment1
      2028-05-02 10:01  certifier   1.certify           →  certified
      2028-05-02 10:02  authoriser  1.authorise         →  authorised payout
      2028-05-02 10:03  system      1.markExported      →  exported`);
    const settle = (of: Family) => send(of, 1, { type: 'confirmSettled', at: of.now, actor: ANYBODY, data: { valueDate: '2028-05-02', reference: 'Auszug' } });
    const words = ({ effects }: { readonly effects: readonly Effect[] }) => effects.flatMap((effect) => (effect.type === 'letter' ? [effect.words.text.de] : [])).join();
    const part = settle(family);
    expect(words(part)).toMatch(/45\.950,00\s€ der Rate 1 wurden .* 10\.000,00\s€ sind noch gesperrt/);
    const rest = play(`
      2028-05-04 09:00  approver    liftHold            →  active.instalment1
      2028-05-04 09:01  certifier   1.certify           →  certified
      2028-05-04 09:02  authoriser  1.authorise         →  authorised payout
      2028-05-04 09:03  system      1.markExported      →  exported`, { family: part.family });
    expect(words(settle(rest.family))).toMatch(/der Rest der Rate 1 über 10\.000,00\s€/);
  });

  test('a change of the payee is the matter of whoever has to act on it now: the office until it has called back, then another person', () => {
    const steps = [
      '2028-04-03 09:00  signatory   proposePayee          →  active.instalment1 letter:payeeChanged letter:payeeToCheck',
      '2028-04-03 10:00  officer     11.checkPayeeDocument →  documentChecked',
      '2028-04-03 11:00  officer     11.noteCallBack       →  calledBack letter:payeeToApprove',
    ];
    const standing = steps.map((_, index) => play([until('finality'), ...steps.slice(0, index + 1)].join('\n')).family);
    expect(standing.map((family) => answer(family, 'payeeApproved'))).toMatchObject(['caseOfficer', 'caseOfficer', 'secondApprover'].map((owner) => ({ ok: false, owner })));
    const warned = standing.map((family) =>
      passTo(family, atTime('2028-04-10', '12:00')).effects.flatMap((effect) => (effect.type === 'letter' && effect.kind === 'notReady' ? [effect] : []))[0]);
    expect(warned.map((letter) => letter?.to)).toEqual([['financeCertifier', 'caseOfficer'], ['financeCertifier', 'caseOfficer'], ['financeCertifier', 'secondApprover']]);
    expect(warned[0]?.words.text.de).toContain('(Zuständig: Sachbearbeitung)');
    const { family: due } = passTo(standing[0] as Family, atTime('2028-05-02', '08:00'));
    const reasons = judge({ programme: kim, ...caseOf(due, 1), facts: factsOf(due, 1) }, { type: 'certify', at: due.now, actor: ANYBODY, data: undefined });
    expect(reasons.map((reason) => [reason.code, Object.keys(reason)])).toEqual([['payeeApproved', ['code', 'text', 'remedy', 'retry']]]);
  });

  test('the warning lists what is missing with its remedy and its owner, and goes to those', () => {
    const { family } = play(`${until('finality')}
      2028-03-10 09:00  officer     placeHold           →  active.instalment1`);
    const letters = passTo(family, atTime('2028-03-20', '12:00')).effects.flatMap((effect) => (effect.type === 'letter' ? [effect] : []));
    expect(letters.map(({ kind, to }) => [kind, to])).toEqual([['notReady', ['financeCertifier', 'secondApprover']]]);
    expect(letters[0]?.words.text.en).toContain('- A hold stands against the payment. A second approver can lift the hold. (Responsible: second approver)');
    expect(letters[0]?.words.text.de).not.toContain('Zahltag ist noch nicht erreicht');
  });
});
