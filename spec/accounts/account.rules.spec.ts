import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  accountReference,
  looksLikeAccount,
  parseAccountReference,
} from '../../src/access/account-reference.rules.ts';
import { companyRoles, permissions, staffRoles } from '../../src/access/permissions.ts';
import { isGrantedByTwo } from '../../src/access/two-people-roles.rules.ts';
import { checkRoles, foldEmail, invitationSubject } from '../../src/accounts/account.rules.ts';
import {
  composeRecoveryCode,
  hashRecoveryCode,
  readRecoveryCode,
} from '../../src/accounts/recovery-code.rules.ts';
import { openSecret, sealSecret } from '../../src/identity/sealed-secret.ts';
import { readTotpCode, stepOfCode, totpCodeAt } from '../../src/identity/totp.rules.ts';

const at = (seconds: number) => new Date(seconds * 1_000);
const roles = [...companyRoles, ...staffRoles];

describe('a role', () => {
  it('takes two people if it may propose or approve anything, and the database has the same list', () => {
    const taking = roles.filter(isGrantedByTwo);
    assert.deepEqual(taking, ['owner', 'finance', 'lead', 'billing', 'billing-approver', 'administrator']);
    const [, list = ''] = /of_role NOT IN \(([^)]*)\)/.exec(
      readFileSync('migrations/0035-refunding.sql', 'utf8'),
    )!;
    assert.deepEqual(list.replaceAll("'", '').split(', ').sort(), [...taking].sort());
    for (const [permission, holders] of Object.entries(permissions)) {
      if (!/:(propose|approve)$/.test(permission)) continue;
      for (const role of holders)
        if (role !== ('job' as string)) assert.ok(taking.includes(role as never), role);
    }
  });

  it('belongs to an audience, and an account has each of its roles once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...roles), { maxLength: 4 }), (given) => {
        const isSound = (known: readonly string[]) =>
          given.length > 0 &&
          new Set(given).size === given.length &&
          given.every((role) => known.includes(role));
        for (const [audience, known] of [
          ['company', companyRoles],
          ['staff', staffRoles],
        ] as const) {
          const check = () => checkRoles(audience, given);
          if (isSound(known)) check();
          else assert.throws(check, { code: 'invalid-request' });
        }
      }),
    );
  });
});

describe('an address', () => {
  it('is the same in any case, and its subject fits into an approval', () => {
    const email = fc.tuple(
      fc.string({ minLength: 1, maxLength: 64, unit: fc.constantFrom('a', 'Z', '9', '.', '_', '-') }),
      fc.constantFrom('a.example', `${'long.'.repeat(30)}Example`),
    );
    fc.assert(
      fc.property(email, ([local, domain]) => {
        const address = `${local}@${domain}`;
        assert.equal(foldEmail(` ${address.toUpperCase()} `), foldEmail(address));
        assert.ok(invitationSubject({ audience: 'company', email: address }).length <= 80);
      }),
    );
  });
});

describe('the reference of an account', () => {
  it('is read back, and no name that could be taken for one passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_294_967_295 }), (id) => {
        assert.equal(parseAccountReference(accountReference(id)), id);
        assert.ok(looksLikeAccount(accountReference(id).toUpperCase()));
      }),
    );
    for (const name of ['acct-0', 'acct-01', 'acct-', 'hanako', 'acct-1 ', 'ACCT-1'])
      assert.equal(parseAccountReference(name), undefined, name);
    for (const name of ['ACCT-1', ' acct-1', 'ａｃｃｔ-1']) assert.ok(looksLikeAccount(name), name);
    assert.ok(!looksLikeAccount('account'));
  });
});

describe('a code of an authenticator app', () => {
  it('is that of RFC 6238, in its own half minute alone', () => {
    const seed = Buffer.from('12345678901234567890');
    assert.equal(totpCodeAt(seed, at(59)), '287082');
    assert.equal(totpCodeAt(seed, at(1_111_111_109)), '081804');
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 4_000_000_000 }),
        fc.integer({ min: -3, max: 3 }),
        (second, away) => {
          const code = totpCodeAt(seed, at(second));
          const step = stepOfCode(seed, code, at(second + away * 30));
          // Another half minute may have the same code by chance.
          if (away === 0) assert.equal(step, Math.floor(second / 30));
          else if (totpCodeAt(seed, at(second + away * 30)) !== code) assert.equal(step, undefined);
        },
      ),
    );
  });

  for (const [typed, code] of [
    ['123456', '123456'],
    ['123 456', '123456'],
    ['１２３－４５６', '123456'],
    ['１２３　４５６', '123456'],
    ['12345', undefined],
    ['1234567', undefined],
    ['12345a', undefined],
    ['', undefined],
  ] as const)
    it(`typed as ${JSON.stringify(typed)} is ${code ?? 'none'}`, () =>
      assert.equal(readTotpCode(typed), code));
});

describe('a recovery code', () => {
  it('is read however it is typed, and its hash is of one account', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 10, maxLength: 10 }), (numbers) => {
        let next = 0;
        const code = composeRecoveryCode((below) => numbers[(next += 1) - 1]! % below);
        const letters = readRecoveryCode(code)!;
        assert.equal(readRecoveryCode(` ${code.toUpperCase().replace('-', '　')} `), letters);
        const key = Buffer.alloc(32, 7);
        assert.notEqual(hashRecoveryCode(key, 1, letters), hashRecoveryCode(key, 11, letters));
      }),
    );
    for (const typed of ['', 'abcde', 'abcde-fghi1', 'abcde-fghijk'])
      assert.equal(readRecoveryCode(typed), undefined);
  });
});

describe('a sealed secret', () => {
  const config = { secret: 'a-secret-of-the-service-of-32-characters' };
  const context = { purpose: 'spec', owner: 'account:1' };

  it('opens for its purpose and its owner alone, and not after any change', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(), (secret, at) => {
        const sealed = sealSecret(config, context, secret);
        assert.deepEqual(new Uint8Array(openSecret(config, context, sealed)), secret);
        assert.notEqual(sealSecret(config, context, secret), sealed);
        for (const [other, key] of [
          [{ ...context, owner: 'account:2' }, config],
          [{ ...context, purpose: 'other' }, config],
          [context, { secret: 'another-secret-of-the-service-of-32-char' }],
        ] as const)
          assert.throws(() => openSecret(key, other, sealed));
        const bytes = Buffer.from(sealed, 'base64url');
        bytes[at % bytes.length]! ^= 1;
        assert.throws(() => openSecret(config, context, bytes.toString('base64url')));
      }),
    );
  });
});
