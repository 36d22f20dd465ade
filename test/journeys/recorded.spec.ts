import { describe, expect, test } from '@jest/globals';
import { type CaseRow, compare, firstBreak, Programmes, replay } from '#cases';
import { definitionHash, edgesOf } from '#kernel';
import { kim, programmes } from '#workflows';
import { FAMILIES, readPins, readRecordings, type Recording } from './recording.ts';

const recordings = programmes.flatMap(({ id, version }) => readRecordings(id, version).map((each) => ({ ...each, id, version })));
const present = recordings.filter(({ version }) => version === kim.version);
const played = ({ rows, revisions }: Recording, known: readonly typeof kim[] = programmes) =>
  replay(new Programmes(known), rows, new Map(revisions.map((row) => [row.revision, row])));

describe('journals recorded under a version lead where they led then', () => {
  test.each(recordings)('$id version $version, $name: $recording.title', ({ recording }) => {
    expect(firstBreak(recording.rows, recording.head)).toBeNull();
    const told = ({ id, state, version, context }: CaseRow) => ({ id, state, version, context });
    expect(played(recording)?.members.map(told)).toEqual(recording.stored.map(told));
  });

  test('and a lifecycle, a guard or a take that changed under its version is found at the row where it shows', () => {
    const [{ recording }] = present as [(typeof present)[number]];
    const { application } = kim.machines;
    const changed = (machine: object) => ({ ...kim, machines: { ...kim.machines, application: { ...application, ...machine } } }) as typeof kim;
    const { requirements = {}, takes = {} } = application ?? {};
    const never = { ...requirements, receivedInTime: { ...requirements['receivedInTime'], holds: () => ({}) } };
    expect(() => played(recording, [changed({ requirements: never })])).toThrow(/row \d+: sign leads from drafting.awaitingSignature to submitted.lateClaim, recorded is/);
    const forgetful = { ...takes, signature: () => ({}) };
    expect(() => played(recording, [changed({ takes: forgetful })])).toThrow(/row \d+: recommend is refused: allLinesDecided/);
    const elsewhere = { ...takes, officer: () => ({ officer: 'nobody' }) };
    expect(compare(recording.stored, played(recording, [changed({ takes: elsewhere })])).join()).toContain(`${recording.stored[0]?.id} is stored in active.fullyPaid`);
  });

  test('together they take most of the roads: every event of the main road and of its side roads', () => {
    expect(present.map(({ name }) => name)).toEqual([...FAMILIES]);
    const events = new Set(present.flatMap(({ recording }) => recording.rows.map(({ machine, event }) => `${machine} ${event}`)));
    const missing = Object.entries(kim.machines).filter(([name]) => !Object.hasOwn(kim.heads ?? {}, name)).flatMap(([name, machine]) => edgesOf(machine).map(({ event }) => `${name} ${event}`)).filter((event) => !events.has(event));
    expect([...new Set(missing)].toSorted()).toEqual([
      'application lapse', 'application stop', 'application withdraw', 'instalment bearOutReturn', 'instalment cancel', 'instalment noteValueDate', 'payee cancel',
    ]);
  });
});

describe('the lifecycles are those of their version', () => {
  test.each(programmes.map((programme) => ({ programme, id: programme.id, version: programme.version })))('$id version $version', ({ programme }) => {
    const pinned = readPins(programme.id)[programme.version];
    const running = Object.fromEntries(Object.entries(programme.machines).map(([name, { lifecycle }]) => [name, definitionHash(lifecycle)]));
    const told = Object.keys(running).filter((name) => running[name] !== pinned?.[name]).map((name) => [
      `The lifecycle "${name}" of ${programme.id} is not the one that version ${programme.version} was released with.`,
      `Raise "version" in workflows/${programme.id}/index.ts, keep the old definition in workflows/index.ts while live cases use it, and run "npm run record".`,
      `Only while no case lives under version ${programme.version}: delete its entry from workflows/${programme.id}/recorded/definition.json and run "npm run record".`,
    ].join(' '));
    expect(told).toEqual([]);
  });

  test('and every recorded row names the fingerprint of its version', () => {
    const pins = readPins(kim.id);
    const strange = recordings.flatMap(({ name, recording }) => recording.rows
      .filter(({ programmeVersion, machine, definitionHash: hash }) => pins[programmeVersion]?.[machine] !== hash).map(({ seq }) => `${name}, row ${seq}`));
    expect(strange).toEqual([]);
  });
});
