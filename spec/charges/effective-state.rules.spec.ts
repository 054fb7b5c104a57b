import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { effectiveEnding, effectiveState } from '../../src/charges/effective-state.rules.ts';

const until = new Date('2026-05-10T03:30:00.000Z');
const justBefore = new Date(until.getTime() - 1);

describe('the state that is read', () => {
  it('of what waits is expired from the very instant it was open until', () => {
    for (const state of ['pending', 'authorized'] as const) {
      assert.equal(effectiveState({ state, openUntil: until }, justBefore), state);
      assert.equal(effectiveState({ state, openUntil: until }, until), 'expired');
    }
  });

  it('of what is over, or waits for nothing, is what is stored', () => {
    for (const state of ['captured', 'cancelled', 'expired', 'active', 'declined', 'leaving', 'ended'])
      assert.equal(effectiveState({ state, openUntil: until }, until), state);
    assert.equal(effectiveState({ state: 'pending', openUntil: null }, until), 'pending');
  });

  it('comes with the end that the night will write: when it ran out, by time', () => {
    const charge = { state: 'authorized', openUntil: until } as const;
    assert.deepEqual(effectiveEnding(charge, justBefore), { ...charge, endedAt: null, endedBy: null });
    const ended = { state: 'expired', openUntil: null, endedAt: until };
    assert.deepEqual(effectiveEnding(charge, until), { ...ended, endedBy: 'time' });
  });

  it('names the entitlement as the reason of an authorization that ends before its time', () => {
    const later = new Date(until.getTime() + 1);
    const charge = { state: 'authorized', openUntil: until } as const;
    assert.equal(effectiveEnding({ ...charge, authorizedUntil: later }, until).endedBy, 'entitlement');
    assert.equal(effectiveEnding({ ...charge, authorizedUntil: until }, until).endedBy, 'time');
  });

  it('keeps a reason that is on record', () => {
    const charge = { state: 'authorized', openUntil: until, endedBy: 'entitlement' } as const;
    assert.equal(effectiveEnding(charge, until).endedBy, 'entitlement');
  });
});
