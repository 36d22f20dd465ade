import { describe, expect, test } from '@jest/globals';
import { CyclesService } from '#cases';
import { balances } from '#ledger';
import { moveClock } from '#store';
import { freshDatabase } from '#test/harness';
import { kim } from '#workflows';
import { demoCycle, demoOrganisations, demoPeople, seedDemo } from './demo-agency.ts';

describe('the demo agency', () => {
  test('53 districts and cities, two accounts each, nine members of staff, addresses that lead nowhere', () => {
    expect(demoOrganisations().filter(({ kind }) => kind === 'Kreis')).toHaveLength(31);
    expect(demoOrganisations().filter(({ kind }) => kind === 'kreisfreie Stadt')).toHaveLength(22);
    const people = demoPeople();
    expect(people).toHaveLength(53 * 2 + 9);
    expect(people.every(({ email }) => email.endsWith('.example'))).toBe(true);
    expect(people.find(({ account }) => account === 'editor-05315')).toMatchObject({ organisation: '05315', roles: ['applicantEditor'] });
    expect(people.find(({ account }) => account === 'allrounder1')?.roles).toHaveLength(4);
  });

  test.each([
    ['in spring', '2027-03-10T09:00:00.000Z', 2028],
    ['30 days before the cut-off', '2027-10-02T09:00:00.000Z', 2028],
    ['too short before it', '2027-10-06T09:00:00.000Z', 2029],
    ['after it', '2027-12-01T09:00:00.000Z', 2029],
  ])('%s the round is the one whose cut-off leaves time, and its window is open', (_, now, fundingYear) => {
    const sheet = kim.cycle.sheet(demoCycle(kim, now));
    expect(sheet.fundingYear).toBe(fundingYear);
    expect(sheet.opensAt <= now && now < sheet.cutOffAt).toBe(true);
  });

  test('seeds an empty database once, also when two start at once, and leaves a filled one alone', async () => {
    const { store, drop } = await freshDatabase();
    const cycles = new CyclesService(store);
    await moveClock(store, '2040-03-10T09:00:00.000Z');
    const seeded = await Promise.all([seedDemo(store, cycles, kim), seedDemo(store, cycles, kim)]);
    expect(seeded.toSorted()).toEqual(['kim-2041', null]);
    expect(await seedDemo(store, cycles, kim)).toBeNull();
    expect(await cycles.list()).toHaveLength(1);
    expect((await balances(store, 'kim-2041')).budget).toBeGreaterThan(0);
    await drop();
  });
});
