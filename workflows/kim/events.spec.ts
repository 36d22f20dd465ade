import { describe, expect, test } from '@jest/globals';
import { jsonSchema } from '#kernel';
import { applicationEvents, instalmentEvents } from './events.ts';
import { payeeEvents } from './payee.events.ts';
import { BODIES } from './stories/script.ts';

const events = { ...payeeEvents, ...applicationEvents, ...instalmentEvents };
const accepts = (event: string, body: unknown): boolean => events[event]?.fields.safeParse(body).success ?? false;

describe('every event', () => {
  test.each(Object.entries(events))('%s: label, JSON schema, no unknown fields', (_, { label, fields }) => {
    expect(label.de.length * label.en.length).toBeGreaterThan(0);
    expect(jsonSchema(fields)).toMatchObject({ type: 'object', additionalProperties: false });
    expect(fields.safeParse({ state: 'active', releasedBy: 'me' }).success).toBe(false);
  });

  test.each(Object.entries(BODIES))('%s: its fields fit and its sentence reads in both languages', (name, body) => {
    const event = events[name.split(':')[0] ?? ''];
    expect(event?.fields.safeParse(body).error?.issues).toBeUndefined();
    const sentence = event?.sentence(body);
    for (const text of [sentence?.de, sentence?.en]) expect(text).toMatch(/^[^$]*\.$/);
    expect(sentence?.de).not.toMatch(/undefined|object|NaN/);
    expect(sentence?.de).not.toBe(sentence?.en);
  });
});

describe('bodies that are refused', () => {
  test.each<[string, string, unknown]>([
    ['a comment of blanks', 'sendBack', { comment: '  ' }],
    ['a comment too long', 'sendBack', { comment: 'x'.repeat(2_001) }],
    ['NUL', 'sendBack', { comment: 'a\u0000b' }],
    ['a lone surrogate', 'sendBack', { comment: 'a\udc00' }],
    ['a section that is none', 'askCompletion', { sections: ['budget'], text: 'x' }],
    ['no section at all', 'askCompletion', { sections: [], text: 'x' }],
    ['an unknown decision', 'recommend', { lines: [{ line: 'a', decision: 'maybe' }] }],
    ['a negative grant', 'recommend', { lines: [{ line: 'a', decision: 'cut', grantedCents: -1 }] }],
    ['a grant as text', 'recommend', { lines: [{ line: 'a', decision: 'cut', grantedCents: '1' }] }],
    ['a channel that is none', 'issueNotice', { channel: 'pigeon', postedOn: '2028-01-27' }],
    ['a day that does not exist', 'issueNotice', { channel: 'post', postedOn: '2028-02-30' }],
    ['an instant for a day', 'issueNotice', { channel: 'post', postedOn: '2028-01-27T00:00:00Z' }],
    ['half a certificate', 'certify', { factual: true, arithmetic: false }],
    ['a return of nothing', 'reportReturn', { reason: 'x', amountCents: 0 }],
    ['a hold on a third instalment', 'placeHold', { reason: 'audit', scope: '3' }],
    ['a hold without a reason', 'placeHold', { scope: 'all' }],
    ['an admission that is no yes or no', 'proposeLate', { admit: 'yes', reason: 'x' }],
  ])('%s', (_, event, body) => {
    expect(accepts(event, body)).toBe(false);
  });

  test('what people write is trimmed', () => {
    expect(events['sendBack']?.fields.parse({ comment: '  bitte prüfen ' })).toEqual({ comment: 'bitte prüfen' });
  });
});
