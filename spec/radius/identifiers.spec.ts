import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Identifiers } from '../../src/radius/identifiers.ts';

describe('identifiers of one socket', () => {
  it('are 256, each once', () => {
    const identifiers = new Identifiers(1_000);
    const taken = Array.from({ length: 256 }, () => identifiers.take(0));
    assert.deepEqual(new Set(taken), new Set(Array.from({ length: 256 }, (_, index) => index)));
    assert.equal(identifiers.take(0), undefined);
  });

  it('are free at once after a reply, and after a rest without one', () => {
    const identifiers = new Identifiers(1_000);
    for (let count = 0; count < 256; count += 1) identifiers.take(0);
    identifiers.release(17);
    identifiers.quarantine(42, 0);
    assert.deepEqual(
      [identifiers.take(999), identifiers.take(999), identifiers.take(1_000)],
      [17, undefined, 42],
    );
  });

  it('are not released twice', () => {
    const identifiers = new Identifiers(1_000);
    const identifier = identifiers.take(0) ?? assert.fail();
    identifiers.release(identifier);
    assert.throws(() => identifiers.release(identifier));
    assert.throws(() => identifiers.quarantine(identifier, 0));
  });

  it('are never reused while pending or resting', () => {
    const step = fc.record({
      kind: fc.constantFrom('take', 'take', 'release', 'quarantine'),
      pick: fc.nat(),
      pauseMs: fc.nat(400),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600, size: 'max' }), (steps) => {
        const identifiers = new Identifiers(1_000);
        const pending: number[] = [];
        const restsUntilMs = new Map<number, number>();
        let nowMs = 0;
        for (const { kind, pick, pauseMs } of steps) {
          nowMs += pauseMs;
          if (kind === 'take') {
            const identifier = identifiers.take(nowMs);
            if (identifier === undefined) continue;
            assert(!pending.includes(identifier) && (restsUntilMs.get(identifier) ?? 0) <= nowMs);
            pending.push(identifier);
            continue;
          }
          const [identifier] = pending.splice(pick % Math.max(1, pending.length), 1);
          if (identifier === undefined) continue;
          if (kind === 'release') identifiers.release(identifier);
          else identifiers.quarantine(identifier, nowMs);
          if (kind === 'quarantine') restsUntilMs.set(identifier, nowMs + 1_000);
        }
      }),
    );
  });
});
