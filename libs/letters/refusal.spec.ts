import { describe, expect, test } from '@jest/globals';
import { isAboutRecipient, isDead, refusalOf } from './refusal.ts';

const said = (command: string, response: string) => refusalOf({ command, response, responseCode: Number(response.slice(0, 3)) });

describe('what a mail server says', () => {
  test.each([
    ['RCPT TO', '550 5.1.1 no such mailbox', '5.1.1'],
    ['RCPT TO', '550-5.1.1 no such\r\n550 5.1.1 mailbox', '5.1.1'],
    ['RCPT TO', '550 No such user here', '5.1.0'],
    ['RCPT TO', '553 sorry, no mailbox by that name (#5.1.1)', '5.1.1'],
    ['RCPT TO', '551 user has moved', '5.1.6'],
    ['RCPT TO', '552 5.2.2 mailbox is full', '5.2.2'],
    ['RCPT TO', '552 mailbox is full', '5.2.2'],
    ['RCPT TO', '554 transaction failed', '5.0.0'],
    ['RCPT TO', '556 this domain takes no mail', '5.1.10'],
    ['DATA', '550 5.1.1 no such mailbox after all', '5.1.1'],
    ['DATA', '552 5.2.3 too long for this mailbox', '5.2.3'],
  ])('%s: %s is for good', (command, response, status) => {
    expect(said(command, response)).toEqual({ status, diagnostic: response.replace('\r\n', ' ') });
  });

  test.each([
    ['RCPT TO', '450 4.2.0 greylisted'], ['RCPT TO', '452 4.2.2 mailbox is full'], ['DATA', '451 4.3.2 try again later'], ['CONN', '421 4.3.2 shutting down'],
    // Against us, and an administrator can mend it within the day.
    ['CONN', '554 5.7.1 not from your network'], ['AUTH PLAIN', '535 5.7.8 wrong password'], ['MAIL FROM', '550 5.1.8 unknown sender'], ['MAIL FROM', '552 5.3.4 too big'],
    ['RCPT TO', '554 5.7.1 relay access denied'], ['RCPT TO', '550 relay not permitted'], ['RCPT TO', '530 authentication required'], ['RCPT TO', '550 5.1.8 sender has no domain'],
    ['RCPT TO', '503 bad sequence of commands'], ['RCPT TO', '501 5.5.4 syntax'],
    // About the message.
    ['DATA', '554 5.6.0 bad content'], ['DATA', '554 transaction failed'], ['DATA', '550 5.7.1 looks like spam'],
  ])('%s: %s is tried again', (command, response) => {
    expect(said(command, response)).toBeNull();
  });

  test('nobody answering is no refusal, and no reason to skip only this mail', () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNECTION', command: 'CONN' });
    expect([refusalOf(away), isAboutRecipient(away), refusalOf(new Error('a bug')), isAboutRecipient({ command: 'RCPT TO' })]).toEqual([null, false, null, true]);
  });

  test('its words are kept in one line, bounded, without what no database stores', () => {
    const diagnostic = said('RCPT TO', `550 5.1.1 a\u0000b\r\n\ud800${'x'.repeat(5_000)}`)?.diagnostic ?? '';
    expect(diagnostic).toMatch(/^550 5\.1\.1 a b x+$/);
    expect(diagnostic).toHaveLength(1_000);
  });
});

test.each([
  ['5.1.1', true], ['5.1.10', true], ['5.1.0', true], ['5.0.0', true], ['5.2.1', true], ['5.4.4', true], ['5.4.310', true],
  ['5.1.7', false], ['5.1.8', false], ['5.2.2', false], ['5.2.3', false], ['5.3.4', false], ['5.4.7', false], ['5.5.0', false], ['5.6.0', false], ['5.7.1', false],
  ['4.1.1', false], ['4.4.7', false], ['15.1.1', false],
])('%s: the address is dead: %s', (status, dead) => {
  expect(isDead(status)).toBe(dead);
});
