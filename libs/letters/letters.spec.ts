import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LetterOrder, LettersService, LettersSettings, lettersTables } from '#letters';
import { schemaDrift } from '#store';
import { type FreshDatabase, freshDatabase, type MailServer, startMailServer } from '#test/harness';

const WORDS = {
  subject: { de: 'Eingangsbestätigung', en: 'Receipt' },
  text: { de: 'Guten Tag,\n\nIhr Antrag ist da.\nDanke.', en: 'Hello,\n\nwe have your application.\nThank you.' },
};

describe('letters', () => {
  let db: FreshDatabase;
  let inboxOnly: LettersService;
  let effects = 0;
  beforeAll(async () => {
    db = await freshDatabase();
    inboxOnly = new LettersService(db.store, new LettersSettings(null));
  });
  afterAll(() => db.drop());

  const order = (more: Partial<LetterOrder> = {}): LetterOrder => {
    const effectId = (effects += 1);
    return {
      effectId, caseId: `case-${effectId}`, rootId: `case-${effectId}`, kind: 'receipt', words: WORDS,
      recipients: [{ account: 'editor-05315', address: 'editor@koeln.example', language: 'de' }], ...more,
    };
  };
  const freeze = async (wanted: LetterOrder, letters = inboxOnly) => {
    const frozen = await db.store.transaction((tx) => letters.freeze(tx, wanted));
    if ('code' in frozen) throw new Error(frozen.code);
    return frozen;
  };
  const sentNow = async (wanted: LetterOrder, letters = inboxOnly) => {
    for (const { id } of await freeze(wanted, letters)) await letters.send(id);
  };
  const inbox = async (query: Parameters<LettersService['inbox']>[0]) => {
    const page = await inboxOnly.inbox(query);
    if ('code' in page) throw new Error(page.code);
    return page;
  };

  test('the entities describe the tables', async () => {
    expect(await schemaDrift(db.url, [lettersTables])).toEqual([]);
  });

  describe('freezing', () => {
    test('each recipient gets one letter, and freezing again changes nothing', async () => {
      const wanted = order({ recipients: [
        { account: 'editor-05315', address: 'editor@koeln.example', language: 'de' },
        { account: 'signatory-05315', address: 'signatory@koeln.example', language: 'en' },
      ] });
      const frozen = await freeze(wanted);
      expect(frozen.map(({ account, sentAt }) => [account, sentAt])).toEqual([['editor-05315', null], ['signatory-05315', null]]);
      const otherwise = { ...wanted, words: { ...WORDS, subject: { de: 'anders', en: 'other' } }, recipients: order().recipients.slice(0, 1) };
      expect(await freeze(otherwise)).toEqual(frozen);
    });

    test('many attempts at once leave one letter', async () => {
      const wanted = order();
      const all = await Promise.all(Array.from({ length: 20 }, () => freeze(wanted)));
      expect(new Set(all.flat().map(({ id }) => id)).size).toBe(1);
    });

    test('an effect without recipients writes nothing', async () => {
      expect(await freeze(order({ recipients: [] }))).toEqual([]);
    });

    test.each([
      'a@b.example\r\nBcc: c@d.example', 'a@b.example\n', 'a@b.example, c@d.example', 'Name <a@b.example>', 'a@b@c.example', 'a b@c.example',
      '@b.example', 'a@', '', 'a@b.example\u0000', `${'a'.repeat(65)}@b.example`, `a@${'b'.repeat(260)}.example`,
    ])('%j is no address, and nobody gets the letter', async (address) => {
      const wanted = order({ recipients: [...order().recipients, { account: 'bad1', address, language: 'de' }] });
      expect(await db.store.transaction((tx) => inboxOnly.freeze(tx, wanted))).toEqual({ code: 'addressInvalid', accounts: ['bad1'] });
      expect(await db.store.query('select id from letters where effect_id = $1', [wanted.effectId])).toEqual([]);
    });

    test.each([
      `update letters set text_de = 'anders'`, `update letters set sha256 = ''`, `update letters set sent_at = null where sent_at is not null`, 'delete from letters',
      `update letters set withheld = 'suppressed', withheld_at = sent_at where sent_at is not null`, `update letters set optional = true`,
    ])('the words are frozen, even for the owner: %s', async (statement) => {
      await sentNow(order());
      await expect(db.store.query(statement)).rejects.toThrow('frozen');
    });
  });

  describe('inbox', () => {
    test('without a mail server a letter is sent at once, in legal time, in the language of its reader', async () => {
      const wanted = order({ recipients: [{ account: 'signatory-05362', address: 's@erft.example', language: 'en' }] });
      await freeze(wanted);
      expect((await inbox({ case: wanted.caseId })).items).toEqual([]);
      const before = await db.store.now();
      await sentNow(wanted);
      const { items: [item] } = await inbox({ case: wanted.caseId });
      expect(item).toEqual({
        id: expect.any(String), case: wanted.caseId, kind: 'receipt', to: 's@erft.example', language: 'en',
        subject: 'Receipt', text: WORDS.text.en, sentAt: expect.any(String),
      });
      expect((item?.sentAt ?? '') >= before).toBe(true);
      await sentNow(wanted);
      expect((await inbox({ case: wanted.caseId })).items).toEqual([item]);
    });

    test('is read by address, by account, by case and by family', async () => {
      const wanted = order({ rootId: 'family', recipients: [{ account: 'reader1', address: 'reader@x.example', language: 'de' }] });
      await sentNow(wanted);
      for (const query of [{ to: 'reader1' }, { to: 'reader@x.example' }, { case: wanted.caseId }, { case: 'family' }, { to: 'reader1', case: 'family' }]) {
        expect((await inbox(query)).items).toHaveLength(1);
      }
      for (const query of [{ to: 'reader' }, { to: '%' }, { case: 'fam' }, { to: 'reader1', case: 'other' }]) expect((await inbox(query)).items).toEqual([]);
    });

    test('pages newest first, without gap or repetition', async () => {
      const to = 'pages1';
      for (let at = 0; at < 7; at += 1) await sentNow(order({ kind: `k${at}`, recipients: [{ account: to, address: 'p@x.example', language: 'de' }] }));
      const kinds: string[][] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await inbox({ to, limit: 3, ...(cursor === undefined ? {} : { cursor }) });
        kinds.push(page.items.map(({ kind }) => kind));
        cursor = page.next;
      }
      expect(kinds).toEqual([['k6', 'k5', 'k4'], ['k3', 'k2', 'k1'], ['k0']]);
    });

    test.each(['', '0', '-1', 'abc', '1e3', '9'.repeat(40), '\u0000'])('%j is no cursor', async (cursor) => {
      expect(await inboxOnly.inbox({ cursor })).toEqual({ code: 'cursorInvalid' });
    });
  });

  describe('by mail', () => {
    let server: MailServer;
    let letters: LettersService;
    const mails = () => server.mails;
    /** The server takes no mail, so many times. */
    const refuse = (times: number) => {
      let left = times;
      server.answers.mail = () => ((left -= 1) >= 0 ? '451 4.3.2 try again later' : null);
    };
    beforeAll(async () => {
      server = await startMailServer();
      letters = new LettersService(db.store, new LettersSettings(server.smtp));
    });
    beforeEach(() => { server.mails.length = 0; });
    afterAll(() => server.stop());

    test('a mail goes to its one address, with both forms, its language and a fixed Message-ID', async () => {
      const wanted = order();
      await sentNow(wanted, letters);
      expect(mails().map(({ to }) => to)).toEqual([['editor@koeln.example']]);
      const source = mails()[0]?.source ?? '';
      expect(source).toMatch(new RegExp(`^Message-ID: <letter\\.${wanted.effectId}\\.[0-9a-f]{24}@amt\\.example>$`, 'mi'));
      expect(source).toMatch(/^Content-Language: de\r?$/m);
      expect(source).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
      expect(source).toMatch(/^Content-Type: text\/plain/m);
      expect(source).toMatch(/^Content-Type: text\/html/m);
    });

    test('a letter that is sent is not sent again', async () => {
      const wanted = order();
      await sentNow(wanted, letters);
      await sentNow(wanted, letters);
      expect(mails()).toHaveLength(1);
    });

    test('several workers at once send one mail, and none takes an unsent one for done', async () => {
      const [letter] = await freeze(order(), letters);
      refuse(1);
      const results = await Promise.allSettled([1, 2, 3, 4].map(() => letters.send(letter?.id ?? 0)));
      expect(results.some(({ status }) => status === 'fulfilled')).toBe(mails().length === 1);
      await letters.send(letter?.id ?? 0);
      expect(mails()).toHaveLength(1);
    });

    test('a letter whose worker died is sent by the next one, once its time is over', async () => {
      const [letter] = await freeze(order(), letters);
      await db.store.query(`update letters set sending_until = clock_timestamp() + interval '1 minute' where id = $1`, [letter?.id]);
      await expect(letters.send(letter?.id ?? 0)).rejects.toThrow('by another worker');
      await db.store.query(`update letters set sending_until = clock_timestamp() - interval '1 ms' where id = $1`, [letter?.id]);
      await letters.send(letter?.id ?? 0);
      expect(mails()).toHaveLength(1);
    });

    test('a letter that nobody wrote cannot be sent', async () => {
      await expect(letters.send(999_999)).rejects.toThrow('no letter');
    });

    test('the server refuses for a while: each attempt fails loudly, the letter stays unsent, in the end one mail', async () => {
      const wanted = order();
      const [letter] = await freeze(wanted, letters);
      refuse(2);
      await expect(letters.send(letter?.id ?? 0)).rejects.toThrow('try again later');
      await expect(letters.send(letter?.id ?? 0)).rejects.toThrow('try again later');
      expect((await inbox({ case: wanted.caseId })).items).toEqual([]);
      await letters.send(letter?.id ?? 0);
      await letters.send(letter?.id ?? 0);
      expect(mails()).toHaveLength(1);
      expect((await inbox({ case: wanted.caseId })).items).toHaveLength(1);
    });

    test('no server at all is a fault, and the letter waits', async () => {
      const nowhere = new LettersService(db.store, new LettersSettings({ url: 'smtp://127.0.0.1:1', from: 'kim@amt.example' }));
      const wanted = order();
      const [letter] = await freeze(wanted, nowhere);
      await expect(nowhere.send(letter?.id ?? 0)).rejects.toThrow('ECONNREFUSED');
      await letters.send(letter?.id ?? 0);
      expect(mails()).toHaveLength(1);
    });

    test('a subject cannot bring headers, a text cannot end the mail early', async () => {
      const subject = 'Antrag\r\nBcc: evil@x.example\n\nHallo';
      await sentNow(order({ words: { subject: { de: subject, en: subject }, text: { de: 'a\r\n.\r\nRCPT TO:<evil@x.example>\r\n', en: 'x' } } }), letters);
      expect(mails().map(({ to }) => to)).toEqual([['editor@koeln.example']]);
      expect(mails()[0]?.source).not.toMatch(/^Bcc:/mi);
      expect(mails()[0]?.source).toMatch(/^Subject: Antrag Bcc: evil@x\.example Hallo\r?$/m);
    });
  });
});
