import { loadOrganisations, loadPeople, type Person } from '#identity';
import type { Actor, Programme, Role } from '#kernel';
import type { Store } from '#store';
import { bursary } from '#test/toy';

const officer = (account: string, role: Role): Actor => ({ account, roles: [role], organisation: null });

/** The people of the workshop's agency, as actors. */
export const agency = {
  clerk: officer('clerk', 'caseOfficer'),
  approver: officer('approver', 'secondApprover'),
  certifier: officer('certifier', 'financeCertifier'),
  payer: officer('payer', 'financeAuthoriser'),
} as const;

/** The editor of an applicant. */
export const editorOf = (key: string): Actor => ({ account: `editor-${key}`, roles: ['applicantEditor'], organisation: key });

/** The toy programme with a payee in its form, so that its payments can be ordered. */
export const payable: Programme = {
  ...bursary,
  figures: (head, children, cycle) => ({ ...bursary.figures(head, children, cycle), form: { payee: { iban: 'DE02120300000000202051', holder: 'Stadtkasse' } } }),
};

/** An agency with its staff, and applicants `a1` to `aN` with an editor each. */
export async function seedWorkshop(store: Store, applicants: number): Promise<void> {
  const keys = Array.from({ length: applicants }, (_, index) => `a${index + 1}`);
  const person = ({ account, roles, organisation }: Actor): Person =>
    ({ account, name: account, organisation: organisation ?? 'agency', roles: [...roles] as Person['roles'], email: `${account}@tranche.example`, language: 'de', active: true });
  await store.transaction(async (tx) => {
    await loadOrganisations(tx, [
      { key: 'agency', name: 'Bezirksregierung', kind: 'agency', facts: {} },
      ...keys.map((key) => ({ key, name: `Kreis ${key}`, kind: 'Kreis' as const, facts: {} })),
    ]);
    await loadPeople(tx, [...Object.values(agency), ...keys.map(editorOf)].map(person));
  });
}
