import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatHash, HASH_COST, needsRehash, parseHash } from '../../src/identity/password-hash.rules.ts';
import {
  composePassword,
  isPermittedPassword,
  normalisePassword,
} from '../../src/identity/password.rules.ts';

const salt = Buffer.from('0123456789abcdef');
const digest = Buffer.alloc(32, 7);

describe('password hash in PHC format', () => {
  it('is written with algorithm, version and cost, in base64 without padding', () => {
    assert.equal(
      formatHash({ cost: HASH_COST, salt, digest }),
      '$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc',
    );
  });

  it('parses what it formatted', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 32 }),
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        (saltBytes, digestBytes) => {
          const hash = { cost: HASH_COST, salt: Buffer.from(saltBytes), digest: Buffer.from(digestBytes) };
          assert.deepEqual(parseHash(formatHash(hash)), hash);
        },
      ),
    );
  });

  const tail = '$MDEyMzQ1Njc4OWFiY2RlZg$BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc';
  for (const text of [
    '',
    'secret',
    `$argon2i$v=19$m=19456,t=2,p=1${tail}`,
    `$argon2id$v=16$m=19456,t=2,p=1${tail}`,
    `$argon2id$v=19$m=9999999,t=2,p=1${tail}`,
    `$argon2id$v=19$m=19456,t=0,p=1${tail}`,
    `$argon2id$v=19$m=19456,t=200,p=1${tail}`,
    `$argon2id$v=19$m=7,t=2,p=1${tail}`,
    `$argon2id$v=19$m=19456,t=2,p=1${tail}\n`,
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.throws(() => parseHash(text), RangeError);
    });
  }

  it('is outdated only if new hashes cost more in any respect', () => {
    const hash = formatHash({ cost: { memoryKib: 19_456, passes: 2, parallelism: 1 }, salt, digest });
    assert.equal(needsRehash(hash), false);
    assert.equal(needsRehash(hash, { memoryKib: 19_457, passes: 2, parallelism: 1 }), true);
    assert.equal(needsRehash(hash, { memoryKib: 19_456, passes: 3, parallelism: 1 }), true);
    assert.equal(needsRehash(hash, { memoryKib: 8_192, passes: 1, parallelism: 1 }), false);
  });
});

describe('passwords', () => {
  it('are composed of four groups of unambiguous characters', () => {
    for (let times = 0; times < 200; times += 1) {
      assert.match(composePassword(randomInt), /^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$/);
    }
  });

  it('match the generated one for any way of typing its hyphens and letters', () => {
    for (const typed of [
      'k7md-x3fp-q9wt-bn4e',
      'k7mdx3fpq9wtbn4e',
      'K7MD X3FP Q9WT BN4E',
      'ｋ７ｍｄ－ｘ３ｆｐ－ｑ９ｗｔ－ｂｎ４ｅ',
      'k7md−x3fp−q9wt−bn4e',
    ]) {
      assert.equal(normalisePassword(typed), 'k7md-x3fp-q9wt-bn4e');
    }
  });

  it('are used as typed when a person chose them', () => {
    for (const chosen of ['Correct-Horse 1', 'AbcdEfgh1', 'k7md-x3fp-q9wt-bn41', 'k7md-x3fp-q9wt']) {
      assert.equal(normalisePassword(chosen), chosen);
    }
  });

  it('are permitted from 8 to 128 user-perceived characters', () => {
    assert.equal(isPermittedPassword('1234567'), false);
    assert.equal(isPermittedPassword('12345678'), true);
    assert.equal(isPermittedPassword('𠮷'.repeat(7)), false);
    assert.equal(isPermittedPassword('x'.repeat(128)), true);
    assert.equal(isPermittedPassword('x'.repeat(129)), false);
  });
});
