import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type BounceReport, LettersService, LettersSettings, type LetterOrder, SubscriptionsService, SuppressionsService } from '#letters';
import { freshDatabase, type FreshDatabase, type MailServer, startMailServer } from '#test/harness';

const WORDS = { subject: { de: 'Erinnerung', en: 'Reminder' }, text: { de: 'Bitte einreichen.', en: 'Please submit.' } };
const PUBLIC_URL = 'https://kim.agency.example';

const here = { effects: 0 } as {
  db: FreshDatabase; server: MailServer; letters: LettersService; suppressions: SuppressionsService; subscriptions: SubscriptionsService; effects: number;
};

beforeAll(async () => {
  here.db = await freshDatabase();
  here.server = await startMailServer();
  here.letters = new LettersService(here.db.store, new LettersSettings(here.server.smtp, PUBLIC_URL));
  here.suppressions = new SuppressionsService(here.db.store);
  here.subscriptions = new SubscriptionsService(here.db.store);
});
beforeEach(() => {
  here.server.mails.length = 0;
  Object.assign(here.server.answers, { recipient: () => null, mail: () => null });
});
afterAll(async () => {
  await here.server.stop();
  await here.db.drop();
});

const orderTo = (...people: readonly string[]): LetterOrder => {
  const effectId = (here.effects += 1);
  const recipients = people.map((name) => ({ account: name, address: `${name}@koeln.example`, language: name.startsWith('english') ? 'en' as const : 'de' as const }));
  return { effectId, caseId: `case-${effectId}`, rootId: `case-${effectId}`, kind: 'reminder', words: WORDS, recipients };
};
const freeze = async (order: LetterOrder) => {
  const frozen = await here.db.store.transaction((tx) => here.letters.freeze(tx, order));
  if ('code' in frozen) throw new Error(frozen.code);
  return frozen;
};
/** What the worker does with an effect, each time it tries. */
const work = async (order: LetterOrder) => here.letters.sendAll(await freeze(order));
/** What has become of the letters of an order, in the order of its recipients. */
const fates = async (order: LetterOrder) => (await freeze(order)).map(({ sentAt, withheld }) => withheld ?? (sentAt === null ? 'open' : 'sent'));
const troublesOf = async ({ caseId }: LetterOrder) => (await here.letters.troubles({ limit: 200 })).filter((trouble) => trouble.caseId === caseId)
  .map(({ kind, address, status }) => [kind, address, status]);
const arrived = () => here.server.mails.map(({ to }) => to.join());

describe('a recipient refused for good', () => {
  test('is a bounce and no fault: the others get their mail, the address no more, the case tells why', async () => {
    here.server.answers.recipient = (address) => (address === 'gone1@koeln.example' ? '550 5.1.1 no such mailbox' : null);
    const order = orderTo('gone1', 'here1');
    await work(order);
    await work(order);
    expect([arrived(), await fates(order)]).toEqual([['here1@koeln.example'], ['bounced', 'sent']]);
    expect(await troublesOf(order)).toEqual([['bounce', 'gone1@koeln.example', '5.1.1']]);
    const [trouble] = await here.letters.troubles({ limit: 1 });
    expect(trouble).toMatchObject({ letter: 'reminder', diagnostic: '550 5.1.1 no such mailbox', at: expect.stringMatching(/Z$/) });

    here.server.answers.recipient = () => null;
    const next = orderTo('gone1', 'here1');
    await work(next);
    expect([arrived().length, await fates(next), await troublesOf(next)]).toEqual([2, ['suppressed', 'sent'], [['suppressed', 'gone1@koeln.example', null]]]);
  });

  test('a full mailbox bounces, and its address stays in use', async () => {
    here.server.answers.recipient = () => '552 5.2.2 mailbox full';
    const order = orderTo('full1');
    await work(order);
    here.server.answers.recipient = () => null;
    const next = orderTo('full1');
    await work(next);
    expect([await fates(order), await fates(next), arrived()]).toEqual([['bounced'], ['sent'], ['full1@koeln.example']]);
  });

  test('a 4xx for one is a fault to try again; the others do not wait for that, and get one mail', async () => {
    here.server.answers.recipient = (address) => (address.startsWith('grey') ? '450 4.2.0 greylisted' : null);
    const order = orderTo('grey1', 'here2');
    for (let attempt = 0; attempt < 3; attempt += 1) await expect(work(order)).rejects.toThrow('greylisted');
    expect([arrived(), await fates(order)]).toEqual([['here2@koeln.example'], ['open', 'sent']]);
    here.server.answers.recipient = () => null;
    await work(order);
    await work(order);
    expect([arrived(), await troublesOf(order)]).toEqual([['here2@koeln.example', 'grey1@koeln.example'], []]);
  });

  test('where the server is away, nobody else is asked for', async () => {
    const away = new LettersService(here.db.store, new LettersSettings({ url: 'smtp://127.0.0.1:1', from: 'kim@amt.example' }));
    const order = orderTo('away1', 'away2');
    await expect(away.sendAll(await freeze(order))).rejects.toThrow('ECONNREFUSED');
    expect(await fates(order)).toEqual(['open', 'open']);
    await work(order);
    expect(arrived()).toEqual(['away1@koeln.example', 'away2@koeln.example']);
  });
});

describe('a delivery report', () => {
  /** A letter that went out, and its Message-ID as the mail server saw it. */
  const sent = async (name: string): Promise<{ order: LetterOrder; messageId: string }> => {
    const order = orderTo(name);
    await work(order);
    return { order, messageId: /^Message-ID: (<.+>)\r?$/mi.exec(here.server.mails.at(-1)?.source ?? '')?.[1] ?? '' };
  };
  const report = async (wanted: BounceReport) => {
    const bounce = await here.letters.recordBounce(wanted);
    if ('code' in bounce) throw new Error(bounce.code);
    return bounce;
  };

  test('says which case, kind and account it concerned; the same twice is one bounce and says so', async () => {
    const { order, messageId } = await sent('late1');
    const first = await report({ messageId, address: 'LATE1@koeln.example', status: '5.1.1', diagnostic: 'smtp; 550 unknown' });
    expect(first).toMatchObject({ caseId: order.caseId, rootId: order.rootId, kind: 'reminder', account: 'late1', address: 'late1@koeln.example', status: '5.1.1', suppressed: true, repeated: false });
    expect(await report({ messageId: messageId.slice(1, -1), status: '5.1.1' })).toEqual({ ...first, repeated: true });
    expect(await troublesOf(order)).toEqual([['bounce', 'late1@koeln.example', '5.1.1']]);
    expect(await fates(order)).toEqual(['sent']);
  });

  test('many at once are one bounce', async () => {
    const { order, messageId } = await sent('late2');
    const all = await Promise.all(Array.from({ length: 8 }, () => report({ messageId, status: '5.1.1' })));
    expect([all.filter(({ repeated }) => !repeated).length, new Set(all.map(({ id }) => id)).size, (await troublesOf(order)).length]).toEqual([1, 1, 1]);
  });

  test('a temporary one is recorded and silences nobody; a permanent one after it does', async () => {
    const { order, messageId } = await sent('late3');
    expect(await report({ messageId, status: '4.4.1' })).toMatchObject({ suppressed: false, repeated: false });
    await work(orderTo('late3'));
    expect(arrived()).toHaveLength(2);
    expect(await report({ messageId, status: '5.1.1' })).toMatchObject({ suppressed: true, repeated: false });
    expect((await troublesOf(order)).map(([, , status]) => status).toSorted()).toEqual(['4.4.1', '5.1.1']);
  });

  test('ends a letter whose mail went but whose worker died before the stamp: it is not repeated', async () => {
    const [letter] = await freeze(orderTo('crash1'));
    const [row] = await here.db.store.query<{ messageId: string }>('select message_id as "messageId" from letters where id = $1', [letter?.id]);
    await report({ messageId: row?.messageId ?? '', status: '4.4.1' });
    await report({ messageId: row?.messageId ?? '', status: '5.1.1' });
    await here.letters.send(letter?.id ?? 0);
    expect(arrived()).toEqual([]);
  });

  test('of a mail that is not ours, or to somebody else, is refused and nothing is silenced', async () => {
    const { messageId } = await sent('late4');
    expect(await here.letters.recordBounce({ messageId: '<letter.1.abc@elsewhere.example>', status: '5.1.1' })).toEqual({ code: 'unknownMessage' });
    expect(await here.letters.recordBounce({ messageId, address: 'late5@koeln.example', status: '5.1.1' })).toEqual({ code: 'otherAddress' });
    expect(await here.suppressions.lift('late5@koeln.example', 'admin1')).toBeNull();
  });
});

describe('a suppressed address', () => {
  test('is listed newest first in pages, lifted by a person once, and reached again; an old report does not come back', async () => {
    here.server.answers.recipient = () => '550 5.1.1 gone';
    for (const name of ['listed1', 'listed2', 'listed3']) await work(orderTo(name));
    here.server.answers.recipient = () => null;
    const [first, second] = await here.suppressions.list({ limit: 2 });
    expect([first?.address, second?.address]).toEqual(['listed3@koeln.example', 'listed2@koeln.example']);
    expect((await here.suppressions.list({ limit: 1, before: second?.id ?? 0 }))[0]).toMatchObject({ address: 'listed1@koeln.example', status: '5.1.1', kind: 'reminder' });
    expect(await here.suppressions.lift('Listed2@Koeln.example', 'admin1')).toMatchObject({ address: 'listed2@koeln.example', liftedAt: expect.stringMatching(/Z$/) });
    expect(await here.suppressions.lift('listed2@koeln.example', 'admin1')).toBeNull();
    const [row] = await here.db.store.query<{ messageId: string }>(`select message_id as "messageId" from letters where account = 'listed2'`);
    expect(await here.letters.recordBounce({ messageId: row?.messageId ?? '', status: '5.1.1' })).toMatchObject({ repeated: true, suppressed: false });
    await work(orderTo('listed2', 'listed3'));
    expect(arrived()).toEqual(['listed2@koeln.example']);
    expect(await here.db.store.query(`select lifted_by as by from suppressions where address = 'listed2@koeln.example'`)).toEqual([{ by: 'admin1' }]);
  });

  test('is nothing to a person whose address has changed; capitals do not bring it back', async () => {
    here.server.answers.recipient = () => '550 5.1.1 gone';
    await work(orderTo('moved1'));
    here.server.answers.recipient = () => null;
    const moved = { account: 'moved1', language: 'de' as const };
    await work({ ...orderTo(), recipients: [{ ...moved, address: 'Moved1@Koeln.example' }] });
    expect(arrived()).toEqual([]);
    await work({ ...orderTo(), recipients: [{ ...moved, address: 'new1@koeln.example' }] });
    expect(arrived()).toEqual(['new1@koeln.example']);
  });

  test('gets nothing into its inbox either where there is no mail server', async () => {
    const inboxOnly = new LettersService(here.db.store, new LettersSettings(null));
    here.server.answers.recipient = () => '550 5.1.1 gone';
    await work(orderTo('inbox1'));
    const order = orderTo('inbox1', 'inbox2');
    await inboxOnly.sendAll(await freeze(order));
    expect(await fates(order)).toEqual(['suppressed', 'sent']);
    expect(await inboxOnly.inbox({ case: order.caseId })).toMatchObject({ items: [{ to: 'inbox2@koeln.example' }] });
  });
});

describe('an optional letter', () => {
  const optional = (...people: readonly string[]): LetterOrder => ({ ...orderTo(...people), optional: true });
  const linkIn = (source = ''): string => /^List-Unsubscribe: <(.+)>\r?$/mi.exec(source)?.[1] ?? '';
  const tokenOf = async (name: string): Promise<string> => {
    await work(optional(name));
    return linkIn(here.server.mails.at(-1)?.source).split('/').at(-1) ?? '';
  };

  test('says in its head, its text and its page how to get no more of them, in its reader\'s language', async () => {
    await work(optional('german1', 'english1'));
    const [german, english] = here.server.mails.map(({ source }) => source.replaceAll('=\r\n', '').replaceAll('=3D', '='));
    const link = linkIn(german);
    expect(link).toMatch(/^https:\/\/kim\.agency\.example\/api\/v1\/unsubscribe\/[\w-]{43}$/);
    expect(german).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    expect(german).toContain(`abbestellen: ${link}`);
    expect(german).toContain(`<a href="${link}">Schreiben dieser Art abbestellen</a>`);
    expect(english).toContain(`You can unsubscribe from letters of this kind: ${linkIn(english)}`);
    expect(linkIn(english)).not.toBe(link);
  });

  test('repeated after a fault is the same mail: words, hash, Message-ID and link; a later one has the same link', async () => {
    const order = optional('same1');
    here.server.answers.mail = () => { here.server.answers.mail = () => null; return '451 4.3.0 later'; };
    const before = await freeze(order);
    await expect(work(order)).rejects.toThrow('later');
    await work(order);
    const [row] = await here.db.store.query<{ messageId: string; text: string }>('select message_id as "messageId", text_de as text from letters where id = $1', [before[0]?.id]);
    expect(here.server.mails[0]?.source).toContain(`Message-ID: ${row?.messageId}`);
    expect([row?.text, (await freeze(order))[0]?.sha256]).toEqual([WORDS.text.de, before[0]?.sha256]);
    await work(optional('same1'));
    expect(linkIn(here.server.mails[1]?.source)).toBe(linkIn(here.server.mails[0]?.source));
  });

  test('mandatory ones carry nothing of it', async () => {
    await work(optional('both1'));
    await work({ ...orderTo('both1'), kind: 'notice' });
    await work(orderTo('both1'));
    expect(here.server.mails.map(({ source }) => /unsubscribe/i.test(source))).toEqual([true, false, false]);
  });

  test('is not written to whoever has unsubscribed, while mandatory ones and other people\'s are', async () => {
    await here.subscriptions.choose('no1', 'reminder', false);
    const order = optional('no1', 'yes1');
    await work(order);
    await work(orderTo('no1'));
    expect([arrived(), (await freeze(order)).map(({ account }) => account)]).toEqual([['yes1@koeln.example', 'no1@koeln.example'], ['yes1']]);
    await here.subscriptions.choose('no1', 'reminder', true);
    await work(optional('no1'));
    expect(arrived()).toHaveLength(3);
    expect(await here.letters.troubles({ limit: 200 })).not.toContainEqual(expect.objectContaining({ address: 'no1@koeln.example' }));
  });

  test('that waits for the mail server is not sent any more once its reader has unsubscribed', async () => {
    const order = optional('waits1');
    await freeze(order);
    await here.subscriptions.choose('waits1', 'reminder', false);
    await work(order);
    expect([arrived(), await fates(order), await troublesOf(order)]).toEqual([[], ['unsubscribed'], []]);
  });

  test('its token unsubscribes one account from one kind, looking changes nothing, and as often as it is sent', async () => {
    const token = await tokenOf('token1');
    const about = { account: 'token1', kind: 'reminder' };
    expect(await here.subscriptions.behind(token)).toEqual({ ...about, subscribed: true });
    expect(await here.subscriptions.behind(token)).toEqual({ ...about, subscribed: true });
    expect(await here.subscriptions.unsubscribe(token)).toEqual({ ...about, subscribed: false });
    expect(await here.subscriptions.unsubscribe(token)).toEqual({ ...about, subscribed: false });
    expect(await here.subscriptions.unsubscribed('token1')).toEqual(['reminder']);
    expect(await here.subscriptions.unsubscribed('token2')).toEqual([]);
  });

  test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(44), '\u0000'.repeat(43), `${'A'.repeat(43)}\n`, "' or 1=1 --"])('%j is no token', async (token) => {
    expect([await here.subscriptions.behind(token), await here.subscriptions.unsubscribe(token)]).toEqual([null, null]);
  });

  test('shows its way out in the inbox too', async () => {
    const order = optional('inbox3');
    await work(order);
    const page = await here.letters.inbox({ case: order.caseId });
    expect('items' in page && page.items[0]?.text).toMatch(/^Bitte einreichen\.\n\nSchreiben dieser Art können Sie abbestellen: https:\/\/kim\.agency\.example\/api\/v1\/unsubscribe\/[\w-]{43}\n$/);
  });
});
