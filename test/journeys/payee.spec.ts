import { beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '#apps/ctl';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const titles = ['changed', 'between', 'ordered', 'declined', 'twin'] as const;
const stories = {} as { readonly [title in (typeof titles)[number]]: Story };
const OTHER = { iban: 'DE02 1203 0000 0000 2020 51', holder: 'Stadtkasse Neu', bic: 'BYLADEM1001', reason: 'Neue Hausbank' };

beforeAll(async () => {
  const keys = ['05315', '05314', '05111', '05113', '05112'];
  await Promise.all(titles.map(async (title, index) => void Object.assign(stories, { [title]: await Story.of(office(), keys[index] ?? '', TO_THE_GRANT) })));
});

/** A change of the payee's data as far as its approval, by the people who usually do it. */
async function approved(story: Story): Promise<Story> {
  await story.go('proposePayee');
  const payee = await story.child(11);
  await payee.go('checkPayeeDocument', 'noteCallBack', 'approvePayee');
  return payee;
}

const orders = (story: Story) => office().store.query<{ holder: string; iban: string }>(
  'select p.holder, p.iban from payment_orders p join cases c on c.id = p.case_id where c.root_id = $1 order by p.id', [story.id]);

describe('another payee', () => {
  test('is proposed, checked, called back, approved by another person, waited for, and then it is what is paid to', async () => {
    const grant = stories.changed;
    await office().clock('2056-04-03');
    const { payees = [] } = await grant.send(grant.signatory, 'proposePayee', OTHER);
    expect(payees).toEqual([expect.objectContaining({ number: 11, version: 1, state: 'proposed', iban: 'DE02120300000000202051', bic: 'BYLADEM1001', checked: null, approvedAt: null })]);
    const payee = await grant.child(11);
    expect(await payee.view()).toMatchObject({ machine: 'payee', parent: grant.id, fileNumber: expect.stringMatching(/\/P1$/) });
    expect((await payee.refused(grant.signatory, 'checkPayeeDocument')).code).toBe('wrongRole');
    expect((await grant.refused('officer1', 'proposePayee', OTHER)).code).toBe('noOpenPayeeChange');
    await payee.go('checkPayeeDocument');
    expect((await payee.refused('officer1', 'noteCallBack', { spokenTo: 'Kasse', phoneFromFile: false })).code).toBe('invalidBody');
    await payee.go('noteCallBack');
    expect((await payee.refused('officer1', 'approvePayee')).code).toBe('wrongRole');
    expect((await payee.go('approvePayee')).nextDeadline).toMatchObject({ name: 'cooledDown', because: { de: expect.stringContaining('3 Arbeitstage Wartezeit') } });
    await office().clock('2056-04-12');
    expect(await payee.state()).toBe('active');
    await office().clock('2056-05-02');
    await grant.pay(1);
    expect(await orders(grant)).toEqual([{ holder: 'Stadtkasse Neu', iban: 'DE02120300000000202051' }]);
  });

  test('the municipality hears of it twice, with no more of an IBAN than its end; so does the timeline', async () => {
    const all = (await stories.changed.letters()).filter(({ kind }) => kind === 'payeeChanged');
    expect(all).toHaveLength(4);
    for (const { text } of all) expect(text).not.toMatch(/DE02|DE89|2020\s?51\d|0532/);
    expect(all[0]?.text).toContain('••2051');
    expect(all[0]?.text).toContain('••3000');
    const sentences = (await office().client.timeline(stories.changed.id)).map(({ text }) => text.de).join(' ');
    expect(sentences).toContain('IBAN ••2051');
    expect(sentences).not.toContain('DE02');
  });
});

describe('a change while money is on its way', () => {
  test('between certification and authorisation voids the signature', async () => {
    const [grant, first] = [stories.between, await stories.between.instalment(1)];
    await first.go('certify');
    await approved(grant);
    expect((await first.refused('authoriser1', 'authorise')).reasons?.map(({ code }) => code)).toEqual(['payeeCooledDown']);
    const { items } = await office().client.get<{ items: { number: number; checks: { code: string; ok: boolean; from?: string }[] }[] }>('officer1', `/cases/${grant.id}/readiness`);
    expect(items[0]?.checks.find(({ code }) => code === 'payeeCooledDown')).toMatchObject({ ok: false, from: expect.any(String) });
    await office().clock('2056-05-10');
    expect(await first.state()).toBe('due');
    const previewed = async () => (await Run.preview(office())).rows.find((row) => row.case === first.id);
    expect(await previewed()).toMatchObject({ verdict: 'blocked', holder: 'Stadtkasse', iban: 'DE02120300000000202051' });
    await first.go('certify');
    expect(await previewed()).toMatchObject({ verdict: 'ok', holder: 'Stadtkasse', iban: 'DE02120300000000202051' });
    await first.go('authorise');
    await first.reaches('exported');
    expect(await orders(grant)).toEqual([{ holder: 'Stadtkasse', iban: 'DE02120300000000202051' }]);
  });

  test('after the order keeps the money here; declined, it goes on to the payee of before', async () => {
    const [grant, first] = [stories.ordered, await stories.ordered.instalment(1)];
    await first.go('certify');
    await office().queue('payouts').pause();
    await first.go('authorise');
    await grant.go('proposePayee');
    await office().queue('payouts').resume();
    await office().rest();
    expect([await first.state(), await orders(grant)]).toEqual(['authorised', []]);
    await (await grant.child(11)).go('declinePayee');
    await first.reaches('exported');
    expect(await orders(grant)).toEqual([{ holder: 'Stadtkasse', iban: 'DE89370400440532013000' }]);
  });

  test('a bank that knows another name stops the payment until a reason is given', async () => {
    const first = await stories.declined.instalment(1);
    await first.send('certifier1', 'notePayeeVerification', { answer: 'noMatch', name: 'Erika Mustermann' });
    expect((await first.refused('certifier1', 'certify')).code).toBe('payeeVerified');
    expect(await first.send('certifier1', 'notePayeeVerification', { answer: 'noMatch', name: 'Kasse', reason: 'Name der Kasse' }))
      .toMatchObject({ payeeVerification: { answer: 'noMatch', name: 'Kasse', reason: 'Name der Kasse' } });
    await first.go('certify');
  });
});

describe('what stands out about payees', () => {
  test('is for the agency: one IBAN of several municipalities, and holders that look alike', async () => {
    await stories.twin.send(stories.twin.signatory, 'proposePayee', { iban: 'NL91ABNA0417164300', holder: 'Stadtkasse Nеu', reason: 'x' });
    const { items } = await office().client.get<{ items: { code: string; text: { de: string }; places: { ibanEnding: string }[] }[] }>('officer1', '/payee-flags');
    expect(items.map(({ code }) => code)).toEqual(['sameIban', 'sameIban', 'lookAlike']);
    expect(items[2]?.text.de).toContain('Stadtkasse Nеu');
    expect(items.flatMap(({ places }) => places.map(({ ibanEnding }) => ibanEnding.length))).toEqual(expect.arrayContaining([4]));
    const own = await office().client.get<{ items: { code: string }[] }>('officer1', `/payee-flags?case=${stories.twin.id}`);
    expect(own.items.map(({ code }) => code)).toEqual(['sameIban', 'lookAlike']);
    const beside = (account: string) => office().client.get<{ items: { flags?: { code: string }[] }[] }>(account, `/cases/${stories.twin.id}/readiness`);
    expect((await beside('certifier1')).items.map(({ flags }) => flags?.map(({ code }) => code))).toEqual([['sameIban', 'lookAlike'], ['sameIban', 'lookAlike']]);
    expect((await beside(stories.twin.signatory)).items.map(({ flags }) => flags)).toEqual([undefined, undefined]);
    expect((await office().client.ask(stories.twin.signatory, 'GET', '/payee-flags')).status).toBe(403);
    expect((await office().client.ask('officer1', 'GET', '/payee-flags?case=nothing')).status).toBe(404);
  });

  test('and ctl prints the same, and moves the payee as the API does', async () => {
    const said: string[] = [];
    const ctl = (account: string, ...words: readonly string[]) =>
      run([...words, '--as', account, '--api', office().client.base], { environment: {}, out: (text) => void said.push(text), err: (text) => void said.push(text) });
    expect(await ctl('officer1', 'payees', stories.twin.id)).toBe(0);
    expect(said.join('\n')).toContain('Stadtkasse Nеu  ••4300');
    const payee = await stories.twin.child(11);
    expect(await ctl('officer1', 'do', payee.id, 'checkPayeeDocument', 'document=Kontoauszug', 'matches=true')).toBe(0);
    expect(await ctl('officer2', 'do', payee.id, 'declinePayee', 'reason=Anderer Buchstabe im Namen')).toBe(0);
    expect(await payee.state()).toBe('declined');
  });

  test('the database agrees in everything', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
