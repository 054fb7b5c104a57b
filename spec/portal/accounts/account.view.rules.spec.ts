import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SignedInAccount } from '../../../src/accounts/account-proof.ts';
import { staffRoles, companyRoles } from '../../../src/access/permissions.ts';
import { describeAccount, describeSecurity } from '../../../src/portal/accounts/account.view.rules.ts';
import { pathAfter, accountSites } from '../../../src/portal/account-site.ts';
import { formatsOf } from '../../../src/portal/kit/format.rules.ts';
import { translator } from '../../../src/portal/messages/translate.ts';

const words = {
  t: translator('en'),
  can: () => true,
  nameOf: (actor: string) => actor,
  format: formatsOf({ language: 'en', currency: 'JPY', timeZone: 'Asia/Tokyo' }),
};
const account = (over: Partial<SignedInAccount> = {}) =>
  ({
    audience: 'staff',
    companyCode: null,
    requiredByCompany: null,
    displayName: 'Hanako',
    email: 'hanako@carrier.example',
    roles: ['agent'],
    ...over,
  }) as SignedInAccount;
const factors = (totp: boolean, passkeys: number, recoveryCodes: number) => ({
  totp,
  passkeys,
  recoveryCodes,
});
const passkey = (id: string) => ({
  credentialId: id,
  label: id,
  transports: '',
  isSynced: false,
  createdAt: new Date('2026-05-10T03:00:00Z'),
  lastUsedAt: null,
});

describe('what an account shows', () => {
  for (const [given, text] of [
    [factors(false, 0, 0), 'none'],
    [factors(true, 0, 10), 'authenticator app, recovery codes: 10'],
    [factors(true, 2, 0), 'authenticator app, passkeys: 2'],
  ] as const) {
    it(`names its factors: ${text}`, () => {
      assert.equal(
        describeAccount({ account: account(), factors: given, desks: [] }, words).facts.at(-1)?.text,
        text,
      );
    });
  }

  for (const [given, advice] of [
    [factors(false, 0, 0), /password alone/],
    [factors(true, 0, 0), /no recovery codes/],
    [factors(true, 0, 2), /2 recovery codes/],
    [factors(true, 0, 3), undefined],
  ] as const) {
    it(`advises ${advice ?? 'nothing'}`, () => {
      const found = describeAccount({ account: account(), factors: given, desks: [] }, words).advice;
      if (advice) assert.match(found ?? '', advice);
      else assert.equal(found, undefined);
    });
  }

  it('has words for every role, and what it may do', () => {
    for (const role of [...companyRoles, ...staffRoles]) {
      const view = describeAccount(
        { account: account({ roles: [role] }), factors: factors(true, 0, 9), desks: [] },
        words,
      );
      assert.equal(view.roles.length, 1, role);
      assert.ok(
        view.roles.every(({ name, text }) => name !== '' && text.endsWith('.')),
        role,
      );
    }
  });

  for (const [who, totp, passkeys, removable] of [
    ['staff', true, 0, { app: false, passkeys: [] }],
    ['staff', true, 1, { app: true, passkeys: [true] }],
    ['staff', false, 1, { app: false, passkeys: [false] }],
    ['staff', false, 2, { app: false, passkeys: [true, true] }],
    ['free', true, 0, { app: true, passkeys: [] }],
    ['free', false, 1, { app: false, passkeys: [true] }],
  ] as const) {
    it(`offers ${who} with ${totp ? 'an app' : 'no app'} and ${passkeys} passkeys no removal of the last factor`, () => {
      const view = describeSecurity(
        {
          account: account(who === 'free' ? { audience: 'company', requiredByCompany: false } : {}),
          factors: factors(totp, passkeys, 10),
          passkeys: Array.from({ length: passkeys }, (_, index) => passkey(`key${index}`)),
          sessions: [],
        },
        words,
      );
      const shown = view.passkeys.map(({ isRemovable }) => isRemovable);
      assert.deepEqual({ app: view.isAppRemovable, passkeys: shown }, removable);
    });
  }

  for (const [next, path] of [
    ['/staff/account?x=1', '/staff/account?x=1'],
    ['/staff', '/staff'],
    ['/billing', '/billing'],
    ['/billing/runs?state=failed', '/billing/runs?state=failed'],
    ['/billings', '/staff'],
    ['/staffroom', '/staff'],
    ['/company', '/staff'],
    ['//staff/x', '/staff'],
    ['https://evil.example/staff', '/staff'],
    ['', '/staff'],
  ] as const) {
    it(`continues at ${path} for ${next || 'nothing'}`, () => {
      assert.equal(pathAfter(accountSites.staff, next), path);
    });
  }

  it('leads no one of a company to a desk of the staff', () => {
    assert.equal(pathAfter(accountSites.company, '/billing'), '/company');
  });
});
