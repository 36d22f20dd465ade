import { addDays, dayOf, startOfDay } from '#calendar';
import type { CyclesService } from '#cases';
import { type Loaded, loadOrganisations, loadPeople, type Organisation, type Person } from '#identity';
import type { Day, Instant, Json, Programme } from '#kernel';
import type { Store } from '#store';
import { DISTRICTS } from './districts.ts';
import { openRound } from './round.ts';

const AGENCY: Organisation = { key: 'agency', name: 'Bezirksregierung (Demo)', kind: 'agency', facts: {} };

/** Staff by function; `allrounder1` holds all four roles, so that persons and not only roles are seen to be kept apart. */
const STAFF: readonly (readonly [account: string, name: string, ...roles: Person['roles']])[] = [
  ['officer1', 'Sachbearbeitung 1', 'caseOfficer'],
  ['officer2', 'Sachbearbeitung 2', 'caseOfficer'],
  ['approver1', 'Zweitprüfung 1', 'secondApprover'],
  ['approver2', 'Zweitprüfung 2', 'secondApprover'],
  ['certifier1', 'Feststellung 1', 'financeCertifier'],
  ['authoriser1', 'Anordnung 1', 'financeAuthoriser'],
  ['auditor1', 'Rechnungsprüfung 1', 'auditor'],
  ['admin1', 'Administration 1', 'administrator'],
  ['allrounder1', 'Allzuständige Stelle 1', 'caseOfficer', 'secondApprover', 'financeCertifier', 'financeAuthoriser'],
];

/** The demo's municipalities: real keys and names, fictitious facts. */
export const demoOrganisations = (): Organisation[] => [AGENCY, ...DISTRICTS.map(([key, name, kind], at): Organisation => ({
  key, name, kind,
  facts: {
    integrationCentre: true,
    foreignersAuthority: true,
    naturalizationAuthority: true,
    youthWelfareOffice: kind === 'kreisfreie Stadt' || at % 3 !== 0,
    integrationCouncil: kind === 'kreisfreie Stadt',
  },
}))];

/** The demo's accounts: an editor and a signatory for each municipality, and the staff. People are functions, not persons. */
export const demoPeople = (): Person[] => [
  ...DISTRICTS.flatMap(([key, name]) => [
    person(`editor-${key}`, `Antragsbearbeitung ${name}`, key, ['applicantEditor']),
    person(`signatory-${key}`, `Zeichnungsbefugte Stelle ${name}`, key, ['applicantSignatory']),
  ]),
  ...STAFF.map(([account, name, ...roles]) => person(account, name, AGENCY.key, roles)),
];

const person = (account: string, name: string, organisation: string, roles: Person['roles']): Person =>
  ({ account, name, organisation, roles, email: `${account}@${organisation === AGENCY.key ? 'agency' : 'municipality'}.example`, language: 'de', active: true });

const FIRST_DAYS = 30;

/**
 * The round a demo begins with: its window opens on the day of the first start, and its cut-off lies at least 30 days
 * ahead, so that there is time to try things. `year` asks for another funding year.
 */
export function demoCycle(programme: Programme, now: Instant, year?: number): Json {
  const today: Day = dayOf(now);
  const earliest = startOfDay(addDays(today, FIRST_DAYS));
  const first = Number(today.slice(0, 4)) + 1;
  const candidates = year === undefined ? [first, first + 1, first + 2] : [year];
  const found = candidates.map((fundingYear) => programme.cycle.default(fundingYear, today)).find((cycle) => programme.cycle.sheet(cycle).cutOffAt >= earliest);
  if (found === undefined) throw new Error(`no round of ${programme.id} has its cut-off at least ${FIRST_DAYS} days after ${today}`);
  return found;
}

/**
 * Fills an empty database with the demo agency and a round of the programme; one that knows any organisation is left as
 * it is. Safe when two processes start at once.
 * @returns the round's id, or null where there was something already
 */
export function seedDemo(store: Store, cycles: CyclesService, programme: Programme, year?: number): Promise<string | null> {
  return store.transaction(async (tx) => {
    await tx.query('lock table organisations in share row exclusive mode');
    const known = await tx.query('select key from organisations limit 1');
    if (known.length > 0) return null;
    assertWritten(await loadOrganisations(tx, demoOrganisations()));
    assertWritten(await loadPeople(tx, demoPeople()));
    const [clock] = await tx.query<{ now: Instant }>('select tranche_now() as now');
    if (clock === undefined) throw new Error('the database has no clock');
    const round = await openRound(tx, cycles, programme, demoCycle(programme, clock.now, year));
    if ('code' in round) throw new Error(`the demo's round is refused: ${round.code}`);
    return round.id;
  });
}

function assertWritten(loaded: Loaded): void {
  if ('code' in loaded) throw new Error(`the demo agency contradicts itself: ${loaded.code} ${loaded.entries.join(', ')}`);
}
