import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  assertCaseMove,
  caseStates,
  formatCaseNumber,
  isCaseNumber,
  stateAfterNote,
  type CaseState,
} from '../../src/cases/case.rules.ts';

describe('the life of a case', () => {
  const allowed = new Set([
    'open → in-progress',
    'open → closed',
    'in-progress → waiting-subscriber',
    'in-progress → waiting-company',
    'in-progress → closed',
    'waiting-subscriber → in-progress',
    'waiting-subscriber → waiting-company',
    'waiting-subscriber → closed',
    'waiting-company → in-progress',
    'waiting-company → waiting-subscriber',
    'waiting-company → closed',
    // Within some days, by a person (reopenCase).
    'closed → in-progress',
  ]);
  for (const from of caseStates) {
    for (const to of caseStates) {
      const move = `${from} → ${to}`;
      it(`${allowed.has(move) ? 'allows' : 'refuses'} ${move}`, () => {
        if (allowed.has(move)) assertCaseMove(from, to);
        else assert.throws(() => assertCaseMove(from, to), { code: 'illegal-state' });
      });
    }
  }

  const notes: readonly [CaseState, 'subscriber' | 'staff', boolean, CaseState][] = [
    ['open', 'subscriber', false, 'open'],
    ['in-progress', 'subscriber', false, 'in-progress'],
    ['waiting-subscriber', 'subscriber', false, 'in-progress'],
    ['in-progress', 'staff', false, 'in-progress'],
    ['in-progress', 'staff', true, 'waiting-subscriber'],
    ['waiting-subscriber', 'staff', false, 'waiting-subscriber'],
    ['waiting-subscriber', 'staff', true, 'waiting-subscriber'],
    ['waiting-company', 'subscriber', false, 'waiting-company'],
    ['waiting-company', 'staff', true, 'waiting-subscriber'],
  ];
  for (const [state, by, asks, after] of notes) {
    it(`is ${after} after a ${asks ? 'question' : 'note'} by ${by} when it was ${state}`, () => {
      assert.equal(stateAfterNote({ state }, { by, asks }), after);
    });
  }
});

describe('the number of a case', () => {
  it('has the year and six digits', () => {
    assert.equal(formatCaseNumber(2026, 123), 'C-2026-000123');
    assert.equal(formatCaseNumber(2026, 999_999), 'C-2026-999999');
  });

  for (const text of ['C-2026-000123 ', 'c-2026-000123', 'C-2026-123', 'C-２０２６-000123', '']) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(isCaseNumber(text), false);
    });
  }
});
