import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  countAttempt,
  lockedUntil,
  removeAttempt,
  type FailureCount,
} from '../../src/identity/sign-in-lock.rules.ts';
import { sourceKeyOf } from '../../src/identity/source-key.rules.ts';

const MINUTE = 60_000;
const policy = { failures: 3, windowMs: 15 * MINUTE, lockMs: 10 * MINUTE };
const at = (minute: number) => new Date(Date.UTC(2026, 4, 10, 0, minute));
const none: FailureCount = { failures: 0, firstFailedAt: at(0), lockedUntil: null };
const attempts = (...minutes: number[]): FailureCount =>
  minutes.reduce((count, minute) => countAttempt(count, at(minute), policy), none);

describe('lock of sign-ins', () => {
  it('starts with the attempt that reaches the limit, for the duration of the lock', () => {
    assert.equal(lockedUntil(attempts(0, 1), at(1)), undefined);
    const locked = attempts(0, 1, 2);
    assert.deepEqual(lockedUntil(locked, at(2)), at(12));
    assert.deepEqual(lockedUntil(locked, new Date(at(12).getTime() - 1)), at(12));
    assert.equal(lockedUntil(locked, at(12)), undefined);
  });

  it('counts from zero when the lock is over', () => {
    const again = countAttempt(attempts(0, 1, 2), at(12), policy);
    assert.deepEqual(again, { failures: 1, firstFailedAt: at(12), lockedUntil: null });
  });

  it('counts from zero when the window is over', () => {
    assert.equal(attempts(0, 1, 14).failures, 3);
    assert.deepEqual(attempts(0, 1, 15), { failures: 1, firstFailedAt: at(15), lockedUntil: null });
  });

  it('starts the window with the first attempt, not when the row was created', () => {
    assert.deepEqual(attempts(5).firstFailedAt, at(5));
  });

  it('ends when the attempt that started it succeeded', () => {
    assert.deepEqual(removeAttempt(attempts(0, 1, 2), policy), {
      failures: 2,
      firstFailedAt: at(0),
      lockedUntil: null,
    });
    assert.equal(removeAttempt(none, policy).failures, 0);
  });
});

describe('source of a sign-in', () => {
  it('is one for an IPv4 address in any notation', () => {
    assert.equal(sourceKeyOf('192.0.2.10'), sourceKeyOf('::ffff:192.0.2.10'));
    assert.notEqual(sourceKeyOf('192.0.2.10'), sourceKeyOf('192.0.2.11'));
  });

  it('is one for all addresses of an IPv6 /64', () => {
    assert.equal(sourceKeyOf('2001:db8:1:2::1'), sourceKeyOf('2001:db8:1:2:ffff::9'));
    assert.notEqual(sourceKeyOf('2001:db8:1:2::1'), sourceKeyOf('2001:db8:1:3::1'));
  });
});
