import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, needsRehash, verifyPassword } from '../../src/identity/passwords.ts';
import { WorkGate } from '../../src/identity/work-gate.ts';
import { Problem } from '../../src/shared/problem.ts';

describe('passwords', () => {
  it('verify against their own hash only', async () => {
    const hash = await hashPassword('correct horse');
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await verifyPassword('correct horse', hash), true);
    assert.equal(await verifyPassword('correct horsf', hash), false);
    assert.equal(await verifyPassword('', hash), false);
  });

  it('verify against the test vector of the reference implementation', async () => {
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    assert.equal(await verifyPassword('password', hash), true);
    assert.equal(await verifyPassword('Password', hash), false);
  });

  it('have a new salt each time', async () => {
    assert.notEqual(await hashPassword('correct horse'), await hashPassword('correct horse'));
  });

  it('are equal in full width and half width', async () => {
    assert.equal(await verifyPassword('ａｂｃ１２３４５', await hashPassword('abc12345')), true);
  });

  it('never verify without a hash', async () => {
    assert.equal(await verifyPassword('', null), false);
    assert.equal(await verifyPassword('anything', undefined), false);
  });

  it('of a smaller cost still verify and are reported as outdated', async () => {
    const hash = await hashPassword('correct horse', { memoryKib: 8_192, passes: 1, parallelism: 1 });
    assert.equal(await verifyPassword('correct horse', hash), true);
    assert.equal(needsRehash(hash), true);
  });
});

const turnAway = (): Error => new Problem('service-unavailable');

describe('gate of expensive work', () => {
  it('bounds the concurrent tasks, keeps their order, and refuses one too many', async () => {
    const gate = new WorkGate({ maxRunning: 2, maxWaiting: 3 });
    const finish: (() => void)[] = [];
    const started: number[] = [];
    const work = (name: number) => () =>
      new Promise<number>((resolve) => {
        started.push(name);
        finish.push(() => resolve(name));
      });
    const results = [1, 2, 3, 4, 5].map((name) => gate.run(work(name), turnAway));
    await assert.rejects(gate.run(work(6), turnAway), { code: 'service-unavailable' });
    assert.deepEqual(started, [1, 2]);
    for (const [index, result] of results.entries()) {
      finish[index]?.();
      assert.equal(await result, index + 1);
      await Promise.resolve();
    }
    assert.deepEqual(started, [1, 2, 3, 4, 5]);
  });

  it('admits the next task when one fails', async () => {
    const gate = new WorkGate({ maxRunning: 1, maxWaiting: 0 });
    await assert.rejects(
      gate.run(() => Promise.reject(new Error('broken')), turnAway),
      /broken/,
    );
    assert.equal(await gate.run(() => Promise.resolve('next'), turnAway), 'next');
  });
});
