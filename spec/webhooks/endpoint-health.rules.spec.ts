import assert from 'node:assert/strict';
import { it } from 'node:test';
import { healthOf, needsAttention } from '../../src/webhooks/endpoint-health.rules.ts';

const at = new Date('2026-05-10T03:00:00.000Z');
const enabled = { state: 'enabled', stateReason: null, failures: 0 } as const;
const fresh = { ...enabled, failingSince: null, lastSucceededAt: null };

it('an endpoint is as its last attempt or its end left it, and needs somebody once it fails again and again', () => {
  const failing = { ...fresh, failures: 2, failingSince: at, lastSucceededAt: at };
  const disabled = { ...failing, state: 'disabled' } as const;
  const table = [
    [fresh, 'untried', false],
    [{ ...fresh, lastSucceededAt: at }, 'delivering', false],
    [failing, 'failing', false],
    [{ ...failing, failures: 3 }, 'failing', true],
    [{ ...disabled, stateReason: 'company' }, 'off', false],
    [{ ...disabled, stateReason: 'failing' }, 'given-up', true],
    [{ ...disabled, stateReason: 'gone' }, 'gone', true],
  ] as const;
  for (const [endpoint, health, attention] of table)
    assert.deepEqual([healthOf(endpoint), needsAttention(endpoint)], [health, attention]);
});
