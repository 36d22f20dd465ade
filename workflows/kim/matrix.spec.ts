import { describe, expect, test } from '@jest/globals';
import { eventsOf, explain, judge, machineOf, ROLES, step, type Actor, type CaseEvent, type Role } from '#kernel';
import { kim } from './index.ts';
import { applicationStates, instalmentStates, payeeStates } from './labels.ts';
import { factsOf } from './stories/family.ts';
import { BODIES } from './stories/script.ts';
import { stops, type Stop } from './stories/stops.ts';

const SHORT: { readonly [role in Role]: string } = {
  applicantEditor: 'AE', applicantSignatory: 'AS', caseOfficer: 'CO', secondApprover: 'SA', financeCertifier: 'F1', financeAuthoriser: 'F2',
  auditor: 'AU', administrator: 'AD', system: 'SY',
};

const ANY_DRAFT = 'withdraw AS, remind SY, lapse SY, remindDraft CO, datesMoved SY, proposeExtension CO, confirmExtension SA, declineExtension SA';

const ACTIVE = 'placeHold CO F1 F2, liftHold SA, confirmRecovery F1 F2';
const PAYEE = 'proposePayee AS CO, payeeChanged SY';
const CHANGING = `${PAYEE}, proposeChange CO, confirmChange SA, declineChange SA, reportUndelivered CO SY, announceChange SA`;
const PAYING = `${CHANGING}, holdAmount CO F1 F2, proposeBypass CO F1 F2, confirmBypass SA, declineBypass SA, instalmentsAdjusted SY`;

/** Who may send what where. Everything that is not listed is refused: to the role, or because it is not possible there. */
const MATRIX: { readonly [machine: string]: { readonly [state: string]: string } } = {
  application: {
    'drafting.editing': `saveForm AE, attach AE, requestSignature AE, ${ANY_DRAFT}`,
    'drafting.awaitingSignature': `sendBackToEditor AS, sign AS, ${ANY_DRAFT}`,
    'submitted.lateClaim': 'proposeLate CO, remindOffice SY, escalate SY, withdraw AS',
    'submitted.lateProposed': 'remindOffice SY, escalate SY, confirmLate SA, withdraw AS',
    'submitted.receiptCheck': 'accept CO, askCompletion CO, remindOffice SY, escalate SY, withdraw AS',
    'submitted.returned': 'remindCompletion SY, saveForm AE, attach AE, resubmit AS, completionPassed SY, withdraw AS',
    'submitted.inReview': 'recommend CO, hear CO, remindOffice SY, escalate SY, withdraw AS',
    'submitted.hearing': 'remindHearing SY, answerHearing AS, hearingPassed SY, reportUndelivered CO SY, withdraw AS',
    'submitted.reviewed': 'remindOffice SY, escalate SY, sendBack SA, countersign SA, withdraw AS',
    'waitingForFunds': 'withdraw AS, countersign SA, sendBack SA',
    'decided.awaitingNotice': `draftNotice CO, remindOffice SY, escalate SY, ${PAYEE}, withdraw AS`,
    'decided.noticeDrafted': `remindOffice SY, escalate SY, issueNotice SA, ${PAYEE}, withdraw AS`,
    'appealPeriod.running': `finality SY, waive AS, suitFiled CO, recordArrival CO, reportUndelivered CO SY, retrievalPassed SY, ${PAYEE}`,
    'appealPeriod.suspended': `suitEnded CO, ${PAYEE}`,
    'active.instalment1': `${PAYING}, instalmentSettled SY, instalmentReturned SY, instalmentRestored SY, stop SY, ${ACTIVE}`,
    'active.instalment2': `${PAYING}, instalmentSettled SY, instalmentReturned SY, instalmentRestored SY, stop SY, ${ACTIVE}`,
    'active.fullyPaid': `${CHANGING}, instalmentsAdjusted SY, instalmentReturned SY, ${ACTIVE}`,
    'active.stopped': `instalmentSettled SY, instalmentReturned SY, instalmentRestored SY, ${ACTIVE}`,
    'lapsed': '', 'withdrawn': '', 'rejected': '',
  },
  instalment: {
    planned: 'fallDue SY, remindFinance SY, warnPayment SY, remindBudgetEnd SY, datesMoved SY, adjust SY, skip SY, cancel SY',
    due: 'certifyFactually F1, certify F1, notePayeeVerification F1, remindPayment SY, remindBudgetEnd SY, tellUnpaid SY, adjust SY, reportReturn F1 F2 SY, noteValueDate SY, skip SY, cancel SY',
    certified: 'authorise F2, recall F1 F2, notePayeeVerification F1, remindPayment SY, remindBudgetEnd SY, tellUnpaid SY, followPayee SY, adjust SY, cancel SY',
    authorised: 'markExported SY, recall F1 F2, remindPayment SY, remindBudgetEnd SY, tellUnpaid SY, followPayee SY, adjust SY, cancel SY',
    exported: 'confirmSettled F1 F2 SY, reportReturn F1 F2 SY, remindPayment SY, remindBudgetEnd SY',
    settled: 'reportReturn F1 F2 SY, noteValueDate SY, adjust SY',
    returned: 'remindPayment SY, remindBudgetEnd SY, tellUnpaid SY, reopen F1 F2 SY, withdrawReturn F1 F2, bearOutReturn SY, noteValueDate SY, adjust SY, cancel SY',
    skipped: 'adjust SY', cancelled: '',
  },
  payee: {
    proposed: 'checkPayeeDocument CO, remindPayee SY, declinePayee AS CO SA, cancel SY',
    documentChecked: 'noteCallBack CO SA, remindPayee SY, declinePayee AS CO SA, cancel SY',
    calledBack: 'approvePayee SA, remindPayee SY, declinePayee AS CO SA, cancel SY',
    coolingDown: 'cooledDown SY, declinePayee AS CO SA, cancel SY',
    active: 'followPayee SY',
    declined: '', replaced: '', cancelled: '',
  },
};

const standing = stops();
const somebody = (role: Role): Actor => ({ account: `somebody-${role}`, roles: [role], organisation: null });

const stopAt = (machine: string, state: string): Stop => {
  const stop = standing.get(`${machine} ${state}`);
  if (stop === undefined) throw new Error(`no story leads to ${machine} ${state}`);
  return stop;
};

const docketOf = ({ family, number, machine, stored }: Stop) => ({ programme: kim, machine, stored, facts: factsOf(family, number) });
const eventBy = (stop: Stop, type: string, role: Role, data: CaseEvent['data'] = BODIES[type] ?? {}): CaseEvent =>
  ({ type, at: stop.family.now, actor: somebody(role), data });

/** The matrix as the running machines have it. */
const observed = Object.fromEntries(Object.entries(MATRIX).map(([machine, states]) => [machine, Object.fromEntries(Object.keys(states).map((state) => {
  const stop = stopAt(machine, state);
  const senders = (type: string): readonly Role[] => ROLES.filter((role) =>
    judge(docketOf(stop), eventBy(stop, type, role)).every(({ code }) => code !== 'wrongRole' && code !== 'notPossibleHere'));
  const entries = eventsOf(machineOf(kim, machine).lifecycle, state).map((type) => [type, ...senders(type).map((role) => SHORT[role])].join(' '));
  return [state, entries.join(', ')];
}))]));

const cases = Object.entries(MATRIX).flatMap(([machine, states]) => Object.keys(states).map((state) => [machine, state] as const));

describe('state × event × role', () => {
  test('the table names every state', () => {
    expect(Object.keys(MATRIX['application'] ?? {}).toSorted()).toEqual(Object.keys(applicationStates).toSorted());
    expect(Object.keys(MATRIX['instalment'] ?? {}).toSorted()).toEqual(Object.keys(instalmentStates).toSorted());
    expect(Object.keys(MATRIX['payee'] ?? {}).toSorted()).toEqual(Object.keys(payeeStates).toSorted());
  });

  test('the machines are as the table says', () => {
    expect(observed).toEqual(MATRIX);
  });

  test.each(cases)('%s %s: everything else is refused, to the role or by the state, and nothing throws', (machine, state) => {
    const stop = stopAt(machine, state);
    for (const type of Object.keys(machineOf(kim, machine).events)) {
      for (const role of ROLES) {
        const move = step(docketOf(stop), eventBy(stop, type, role));
        const wrongRole = !machineOf(kim, machine).senders[type]?.roles.includes(role);
        const possible = eventsOf(machineOf(kim, machine).lifecycle, state).includes(type);
        if (wrongRole) expect(move).toMatchObject({ ok: false, code: 'wrongRole' });
        else if (!possible) expect(move).toMatchObject({ ok: false, code: 'notPossibleHere' });
        else if (!move.ok) expect(Object.keys(machineOf(kim, machine).requirements)).toContain(move.code);
      }
    }
  });

  test.each(cases)('%s %s: what is possible instead is never a step of the system', (machine, state) => {
    const stop = stopAt(machine, state);
    const definition = machineOf(kim, machine);
    const elsewhere = Object.keys(definition.events).find((type) => !eventsOf(definition.lifecycle, state).includes(type)) ?? '';
    const told = judge(docketOf(stop), eventBy(stop, elsewhere, 'system')).find(({ code }) => code === 'notPossibleHere')?.remedy.de ?? '';
    const offered = /^Möglich ist hier: (.*)\.$/.exec(told)?.[1]?.split(', ') ?? [];
    const labels = (people: boolean) => Object.entries(definition.events).filter(([type]) => definition.senders[type]?.roles.some((role) => role !== 'system') === people).map(([, { label }]) => label.de);
    expect(offered.filter((label) => !labels(true).includes(label))).toEqual([]);
    expect(told).toMatch(offered.length > 0 ? /^Möglich/ : /Das System führt den Vorgang weiter\.$|beendet/);
  });

  test.each(cases)('%s %s: a hint is allowed exactly when sending succeeds, and says why when not', (machine, state) => {
    const stop = stopAt(machine, state);
    for (const role of ROLES) {
      for (const { event, allowed, reasons } of explain(docketOf(stop), somebody(role), stop.family.now)) {
        const bodies = Object.entries(BODIES).filter(([name]) => name.split(':')[0] === event).map(([, data]) => data);
        const sent = (bodies.length > 0 ? bodies : [{}]).map((data) => step(docketOf(stop), eventBy(stop, event, role, data)).ok);
        expect([event, role, sent.includes(true)]).toEqual([event, role, allowed]);
        expect(allowed ? 1 : reasons.length).toBeGreaterThan(0);
        for (const { text, remedy } of reasons) expect([text.de, text.en, remedy.de, remedy.en].every((words) => words.length > 10)).toBe(true);
      }
    }
  });
});
