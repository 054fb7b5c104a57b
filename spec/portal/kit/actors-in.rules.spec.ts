import assert from 'node:assert/strict';
import { it } from 'node:test';
import { actorsIn } from '../../../src/portal/kit/actors-in.rules.ts';

it('finds the people whom data names, in lists, maps and records, and nobody else', () => {
  const round: { self?: unknown; by: string } = { by: 'staff:acct-4' };
  round.self = round;
  const data = {
    maker: 'staff:acct-12',
    rows: [{ checker: 'company-user:acct-3' }, 'job:night', 'staff:hanako', 'see staff:acct-9'],
    decisions: new Map([['x', { maker: 'staff:acct-7' }]]),
    at: new Date(0),
    bytes: new Uint8Array(3),
    amount: 12n,
    none: null,
    round,
  };
  assert.deepEqual([...actorsIn(data)].toSorted(), [
    'company-user:acct-3',
    'staff:acct-12',
    'staff:acct-4',
    'staff:acct-7',
  ]);
});
