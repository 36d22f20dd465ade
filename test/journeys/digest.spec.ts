import { describe, expect, test } from '@jest/globals';
import { must } from './client.ts';
import { Story } from './story.ts';
import { usingOffice } from './using.ts';

/** Without the reminders of drafts: these journeys are about the agency's own mail. */
const office = usingOffice({ reminderWorkingDays: [] });

const mails = async (account: string, kind: string) => (await office().client.inbox({ to: account })).filter((letter) => letter.kind === kind);

describe('what the same instant has to say to the agency is one mail', () => {
  test('each officer hears of the own cases that lie, once; a case that moved on meanwhile is not in it', async () => {
    const stories = await Promise.all(['05315', '05314', '05111', '05113'].map((key) => Story.of(office(), key, ['requestSignature', 'sign'])));
    const [koeln, bonn, duesseldorf, essen] = stories as [Story, Story, Story, Story];
    for (const story of [koeln, bonn]) await story.send('officer1', 'accept');
    await duesseldorf.send('officer2', 'accept');
    await essen.send('officer1', 'accept');
    await essen.go('recommend');
    await office().clock('2055-12-02');

    const [first, ...others] = await mails('officer1', 'unattended');
    expect([first?.subject, others]).toEqual(['Erinnerungen an unbearbeitete Anträge: 2 Vorgänge', []]);
    expect(first?.text).toMatch(/- KIM-2056-\d{4}, (Köln|Bonn): seit 03\.11\.2055 \(20 Arbeitstage\)\n- KIM-2056-\d{4}, (Köln|Bonn): seit 03\.11\.2055/);
    expect(first?.text).toMatch(/Alles Weitere steht bei jedem Vorgang unter seinem Aktenzeichen\.\n\nMit freundlichen Grüßen\nBezirksregierung Arnsberg\nKommunales Integrationsmanagement\n/);
    expect((await mails('officer2', 'unattended')).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^KIM-2056-\d{4}: Unbearbeiteter Antrag \(Düsseldorf\)$/)]);
    expect(await mails('allrounder1', 'unattended')).toEqual([]);
    expect((await mails('approver1', 'unsigned')).map(({ subject }) => subject)).toEqual([expect.stringContaining('Zweitzeichnung steht aus (Essen)')]);
  });

  test('finance gets one list of what falls due next week, and one of what is due', async () => {
    for (const key of ['05315', '05314', '05111']) {
      const [found] = (await office().client.get<{ items: { id: string }[] }>('officer1', `/cases?machine=application&applicant=${key}`)).items;
      await new Story(office(), found?.id ?? '', key).go('recommend', 'countersign', 'draftNotice', 'issueNotice', 'waive');
    }
    await office().clock('2056-05-02');
    const [announced, ...more] = await mails('certifier1', 'dueSoon');
    expect([announced?.subject, more]).toEqual(['Ankündigungen fälliger Raten: 3 Vorgänge', []]);
    expect(announced?.text.match(/^- KIM-2056-\d{4}\/1, .+: 43\.137,50 €, fällig am 02\.05\.2056$/gm)).toHaveLength(3);
    expect((await mails('certifier1', 'instalmentDue')).map(({ subject }) => subject)).toEqual(['Raten, die fällig sind: 3 Vorgänge']);
    expect(await office().breaches()).toEqual([]);
  });

  test('whoever does without such a list gets none, and everyone else does', async () => {
    must('unsubscribed', await office().client.ask('certifier1', 'PUT', '/me/mail', { body: { kind: 'dueSoon', subscribed: false } }));
    await office().clock('2056-10-02');
    expect((await mails('certifier1', 'dueSoon')).length).toBe(1);
    expect((await mails('allrounder1', 'dueSoon')).length).toBe(2);
    expect((await mails('certifier1', 'instalmentDue')).length).toBe(2);
  });
});
