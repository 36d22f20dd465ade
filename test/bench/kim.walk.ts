import { randomUUID } from 'node:crypto';
import type { AdvanceCommand, CasesService, CaseView, OpenCommand, Outcome } from '#cases';
import type { Actor, Json, Role } from '#kernel';
import { kim } from '#workflows';

/** One event of a walk; `of` is 0 for the application and else the number of its instalment. */
interface Stride {
  readonly of: 0 | 1 | 2;
  readonly actor: Actor;
  readonly event: string;
  readonly data: { readonly [field: string]: Json };
  readonly at: string;
}

/** What a stride needs to know of its family: the ids of its cases, by number. */
export type Ids = readonly string[];

const applicant = (key: string) => ({ key, name: 'Kreisfreie Stadt im Messlauf', kind: 'kreisfreie Stadt' });
const staff = (account: string, role: Role): Actor => ({ account, roles: [role], organisation: null });

/** The funding round of a year, with money for as many cases as a machine can walk. */
export const roundOf = (year: number): Json => ({ ...(kim.cycle.default(year) as object), budgetCents: 100_000_000_000 });

/** A form as a city files it: four posts, their workplaces, events and interfaces. */
export const formOf = (year: number): Json => ({
  integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
  posts: [post('koordination', 'coordination', 1_000), post('assistenz', 'adminAssistant', 500), post('fall-1', 'caseManagement', 1_000), post('behoerde', 'authority', 650)]
    .map((each) => ({ ...each, from: `${year}-01-01`, to: `${year}-12-31` })),
  workplaces: 4, eventsCents: 500_000, interfacesCents: 1_000_000,
  payee: { iban: 'DE89370400440532013000', holder: 'Stadtkasse' },
  declarations: { noDoubleFunding: true, statePlan: true },
});

const post = (id: string, kind: string, fteThousandths: number) => ({ id, kind, fteThousandths, place: 'Amt für Integration', additional: true });

/** A case's way from the first saved form to the second settled instalment: 18 events of six people and the payout job. */
export function stridesOf(year: number, key: string): readonly Stride[] {
  const [editor, signatory] = (['applicantEditor', 'applicantSignatory'] as const).map((role): Actor => ({ account: `${role}-${key}`, roles: [role], organisation: key }));
  const [officer, approver] = [staff('officer1', 'caseOfficer'), staff('approver1', 'secondApprover')];
  const on = (day: string, actor: Actor | undefined, event: string, data: Stride['data'] = {}): Stride =>
    ({ of: 0, actor: actor as Actor, event, data, at: `${day}T09:00:00.000Z` });
  const paid = (number: 1 | 2, day: string): Stride[] => [
    on(day, staff('certifier1', 'financeCertifier'), 'certify', { factual: true, arithmetic: true }),
    on(day, staff('authoriser1', 'financeAuthoriser'), 'authorise'),
    on(day, staff('system', 'system'), 'markExported'),
    on(day, staff('certifier1', 'financeCertifier'), 'confirmSettled', { valueDate: day, reference: `Kontoauszug ${number}` }),
  ].map((stride) => ({ ...stride, of: number }));
  const before = year - 1;
  const lines = ['koordination', 'assistenz', 'fall-1', 'behoerde', 'workplaces', 'events', 'interfaces'].map((line) => ({ line, decision: 'approve' }));
  return [
    on(`${before}-10-02`, editor, 'saveForm', { form: formOf(year) }),
    on(`${before}-10-02`, editor, 'attach', { document: { id: randomUUID(), kind: 'concept', name: 'Konzept.pdf', bytes: 482_133, sha256: 'c'.repeat(64) } }),
    on(`${before}-10-02`, editor, 'requestSignature'),
    on(`${before}-10-04`, signatory, 'sign'),
    on(`${before}-11-08`, officer, 'accept'),
    on(`${before}-11-20`, officer, 'recommend', { lines }),
    on(`${before}-11-27`, approver, 'countersign'),
    on(`${before}-12-04`, officer, 'draftNotice'),
    on(`${before}-12-05`, approver, 'issueNotice', { channel: 'electronic', postedOn: `${before}-12-05` }),
    on(`${before}-12-12`, signatory, 'waive'),
    ...paid(1, `${year}-05-10`),
    ...paid(2, `${year}-10-10`),
  ];
}

/** Opens the application that the walk begins with. */
export const opening = (year: number, key: string): OpenCommand => ({
  programme: 'kim', cycle: `kim-${year}`, applicant: applicant(key), at: `${year - 1}-10-01T09:00:00.000Z`,
  actor: { account: `applicantEditor-${key}`, roles: ['applicantEditor'], organisation: key },
});

/** A stride as the API would send it: with a key of its own, which is made of the family's id and the stride's place. */
export const commandOf = ({ of, actor, event, data, at }: Stride, place: number, ids: Ids): AdvanceCommand => ({
  caseId: ids[of] as string, actor, event, data, at, key: { key: `${ids[0]}-${place}`, bodyHash: 'b'.repeat(64) },
});

/** The view of a command that was taken; nothing on this walk is ever refused. */
export function taken(outcome: Outcome): CaseView {
  if (!outcome.ok) throw new Error(`the walk was refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.view;
}

/** The family's ids as far as they are known from its application's view. */
export const idsOf = ({ id, instalments }: CaseView): Ids => [id, ...instalments.map((instalment) => instalment.id)];

/** Walks one new case through `cases`; yields after every event. */
export async function* walk(cases: CasesService, year: number): AsyncGenerator<number> {
  const key = randomUUID();
  let ids = idsOf(taken(await cases.open(opening(year, key))));
  for (const [place, stride] of stridesOf(year, key).entries()) {
    const view = taken(await cases.advance(commandOf(stride, place, ids)));
    if (stride.of === 0) ids = idsOf(view);
    yield 1;
  }
}
