import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  describeSmtpFailure,
  judgeSmtpFailure,
  nameSmtpFailure,
  pauseBeforeRetry,
} from '../../src/mails/mail-retry.rules.ts';

const rcpt = (response: string) => of('EENVELOPE', 'RCPT TO', response);
const data = (response: string) => of('EMESSAGE', 'DATA', response);

function of(code: string, command: string, response: string) {
  return { code, command, response, responseCode: Number(response.slice(0, 3)) };
}

const cases: [string, object, string][] = [
  ['an unknown mailbox', rcpt('550 5.1.1 user unknown'), 'bounced'],
  ['an unknown mailbox without an enhanced code', rcpt('550 no such user'), 'bounced'],
  ['a mailbox that moved', rcpt('551 5.1.6 moved'), 'bounced'],
  ['a disabled mailbox', rcpt('554 5.2.1 disabled'), 'bounced'],
  ['a domain that takes no mail', rcpt('556 5.1.10 null MX'), 'bounced'],
  ['an address that is refused after the message', data('550 5.1.1 user unknown'), 'bounced'],
  ['a full mailbox', rcpt('552 5.2.2 mailbox full'), 'refused'],
  ['a policy at the recipient', rcpt('550 5.7.1 not from you'), 'refused'],
  ['spam', data('554 5.7.1 spam'), 'refused'],
  ['a message that is too large', of('EENVELOPE', 'MAIL FROM', '552 5.3.4 too large'), 'refused'],
  ['a recipient that the library itself refuses', { code: 'EENVELOPE', command: 'API' }, 'refused'],
  ['greylisting', rcpt('451 4.7.1 later'), 'later'],
  ['a full mailbox for now', rcpt('452 4.2.2 full'), 'later'],
  ['a message that is deferred', data('421 4.3.0 shutting down'), 'unavailable'],
  ['a sender that may not send', of('EENVELOPE', 'MAIL FROM', '553 5.7.1 not yours'), 'unavailable'],
  ['a sender that has to sign in', of('EENVELOPE', 'MAIL FROM', '530 5.7.0 sign in'), 'unavailable'],
  ['a wrong password', of('EAUTH', 'AUTH PLAIN', '535 5.7.8 no'), 'unavailable'],
  ['a greeting that refuses', of('EPROTOCOL', 'CONN', '554 no service'), 'unavailable'],
  ['a server that is away', { code: 'ESOCKET', command: 'CONN' }, 'unavailable'],
  ['a name that is not resolved', { code: 'EDNS', command: 'CONN' }, 'unavailable'],
  ['a connection that closes', { code: 'ECONNECTION', command: 'CONN' }, 'unavailable'],
  ['TLS that fails', { code: 'ETLS', command: 'STARTTLS' }, 'unavailable'],
  ['a disk that is full', { code: 'ENOSPC' }, 'unavailable'],
  ['an error of nobody', new Error('?'), 'later'],
];

describe('a failure', () => {
  for (const [what, error, failure] of cases)
    test(`by ${what} is ${failure}`, () => assert.equal(judgeSmtpFailure(error), failure));

  test('is named in the log without the words of the server, which may quote an address', () => {
    const error = rcpt('550 5.1.1 <hanako@mail.example> unknown');
    assert.equal(nameSmtpFailure(error), 'EENVELOPE RCPT TO 550');
    assert.equal(describeSmtpFailure(error), '550 5.1.1 <hanako@mail.example> unknown');
    assert.equal(describeSmtpFailure(rcpt(`550 ${'x'.repeat(400)}\r\n`)).length, 300);
  });
});

describe('the pause before another attempt', () => {
  const middles: [number, number][] = [
    [1, 10],
    [2, 30],
    [3, 90],
    [4, 270],
    [6, 2_430],
    [7, 3_600],
    [60, 3_600],
  ];
  for (const [attempts, seconds] of middles) {
    test(`after attempt ${attempts} is about ${seconds} s, within a quarter of it`, () => {
      assert.equal(pauseBeforeRetry('later', attempts, 0.5), seconds * 1000);
      assert.equal(pauseBeforeRetry('later', attempts, 0), seconds * 750);
      assert.ok(pauseBeforeRetry('later', attempts, 0.999_999) <= seconds * 1250);
    });
  }

  test('is at most a minute or so while the server is away', () => {
    assert.equal(pauseBeforeRetry('unavailable', 9, 0.5), 60_000);
    assert.equal(pauseBeforeRetry('unavailable', 1, 0.5), 10_000);
  });
});
