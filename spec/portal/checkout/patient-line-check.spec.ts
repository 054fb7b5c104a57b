import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { BoundedOutcome } from '../../../src/portal/bounded-line-check.ts';
import { patientLineCheck, type PatientLineCheck } from '../../../src/portal/patient-line-check.ts';
import { MovableClock } from '../../../src/shared/clock.ts';
import { ManualTimers } from '../../radius/manual-timers.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

const question = { subscriberId: 1, session: 's', lineId: 'CAF0000000001', address: '192.0.2.1' };
const accepted = { kind: 'accepted', server: '192.0.2.53:1812' } as const;

describe('a line check that outlasts a request', () => {
  let timers: ManualTimers;
  let clock: MovableClock;
  let answers: ((outcome: BoundedOutcome) => void)[];
  let check: PatientLineCheck;
  beforeEach(() => {
    [timers, clock, answers] = [new ManualTimers(), new MovableClock(NOON_IN_TOKYO), []];
    const asking = { check: () => new Promise<BoundedOutcome>((resolve) => void answers.push(resolve)) };
    check = patientLineCheck(asking, { clock, timers });
  });

  it('is pending after the time that a page waits, and continues', async () => {
    const first = check.outcomeOf(question, { waitMs: 1_000 });
    await timers.advance(1_000);
    assert.deepEqual(await first, { kind: 'pending' });
    answers[0]?.(accepted);
    const known = { kind: 'known', outcome: accepted, at: NOON_IN_TOKYO };
    assert.deepEqual(await check.outcomeOf(question, { waitMs: 1_000 }), known);
    assert.equal(answers.length, 1, 'asked once');
  });

  it('that was begun at the sign-in answers the page after it, with the time of the answer', async () => {
    check.begin(question);
    answers[0]?.(accepted);
    await setImmediate();
    clock.advance(5_000);
    const found = await check.outcomeOf({ ...question, session: 'of the page' }, { waitMs: 1_000 });
    assert.deepEqual(found, { kind: 'known', outcome: accepted, at: NOON_IN_TOKYO });
  });

  it('is handed out once: trying again asks again', async () => {
    for (const round of [1, 2]) {
      const asked = check.outcomeOf(question);
      answers[round - 1]?.({ kind: 'refused', reason: 'rejected' });
      assert.equal((await asked).kind, 'known');
      assert.equal(answers.length, round);
    }
  });

  it('is another one for another person, line or address', async () => {
    check.begin(question);
    for (const other of [{ subscriberId: 2 }, { lineId: 'CAF0000000002' }, { address: '192.0.2.2' }]) {
      check.begin({ ...question, ...other });
    }
    assert.equal(answers.length, 4);
  });

  it('is forgotten half a minute after an answer that nobody came for', async () => {
    check.begin(question);
    answers[0]?.(accepted);
    await setImmediate();
    await timers.advance(30_000);
    check.begin(question);
    assert.equal(answers.length, 2);
  });
});
