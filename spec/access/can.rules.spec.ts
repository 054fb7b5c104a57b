import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Actor } from '../../src/access/actor.ts';
import { can } from '../../src/access/can.rules.ts';
import { companyRoles, permissions, staffRoles, type Permission } from '../../src/access/permissions.ts';

const key = (...scopes: string[]): Actor => ({
  kind: 'company-key',
  companyId: 1,
  keyId: 'k',
  scopes: new Set(scopes),
});
const staff = (...roles: (typeof staffRoles)[number][]): Actor => ({
  kind: 'staff',
  account: 'hanako',
  roles,
  provenBy: 'second-factor',
});
const user = (...roles: (typeof companyRoles)[number][]): Actor => ({
  kind: 'company-user',
  companyId: 1,
  account: 'taro',
  roles,
  provenBy: 'second-factor',
});
const subscriber: Actor = {
  kind: 'subscriber',
  subscriberId: 1,
  lineId: 'CAF0000000001',
  holderFrom: '2026-01-01',
  isHolder: false,
  isOnLine: true,
};
const holder: Actor = { ...subscriber, isHolder: true };
const job: Actor = { kind: 'job', job: 'fold-charges' };

const rolesOf = (permission: string): readonly string[] => permissions[permission as Permission];

describe('what an actor may do', () => {
  const allowed: readonly (readonly [string, Actor, Permission, boolean])[] = [
    ['a key with the scope', key('charges:read'), 'charges:read', true],
    ['a key without it', key('charges:read'), 'charges:write', false],
    ['a key cancels by the scope to write', key('charges:write'), 'charges:cancel', true],
    ['a key that only reads', key('charges:read'), 'charges:cancel', false],
    ['a key that names a permission no key has', key('contracts:approve'), 'contracts:approve', false],
    ['an agent cancels a charge', staff('agent'), 'charges:cancel', true],
    ['an agent issues no key', staff('agent'), 'api-keys:write', false],
    ['billing proposes a bank account', staff('billing'), 'bank-accounts:propose', true],
    ['billing does not approve one', staff('billing'), 'bank-accounts:approve', false],
    ['the approver approves', staff('billing-approver'), 'bank-accounts:approve', true],
    ['an administrator has no hand in it', staff('administrator'), 'bank-accounts:propose', false],
    ['nor in its approval', staff('administrator'), 'bank-accounts:approve', false],
    ['an auditor reads the trail', staff('auditor'), 'audit:read', true],
    ['an owner of a company cancels', user('owner'), 'charges:cancel', true],
    ['a partner does not', user('partner'), 'charges:cancel', false],
    ['a company user with no role', user(), 'charges:read', false],
    ['a subscriber confirms a sale', subscriber, 'checkouts:confirm', true],
    ['so does the holder of the line', holder, 'checkouts:confirm', true],
    ['elsewhere a subscriber buys nothing', { ...subscriber, isOnLine: false }, 'checkouts:confirm', false],
    ['nor does the holder', { ...holder, isOnLine: false }, 'checkouts:confirm', false],
    ['elsewhere a subscriber can still end', { ...subscriber, isOnLine: false }, 'consents:revoke', true],
    ['a subscriber reads no sales of a company', subscriber, 'charges:read', false],
    ['a job imports lines', job, 'lines:import', true],
    ['a job approves nothing', job, 'contracts:approve', false],
  ];
  for (const [who, actor, permission, expected] of allowed) {
    it(`${who}: ${permission} is ${expected ? 'allowed' : 'refused'}`, () => {
      assert.equal(can(actor, permission), expected);
    });
  }

  it('an auditor changes nothing but the own account: every other permission of the role is to read, to verify, or to see', () => {
    const held = Object.entries(permissions).flatMap(([permission, roles]) =>
      (roles as readonly string[]).includes('auditor') ? [permission] : [],
    );
    assert.ok(held.length > 5);
    assert.deepEqual(
      held.filter((permission) => !/:(read|verify|reveal)$/.test(permission)),
      ['own-account:write'],
    );
  });

  it('no role both proposes and approves one thing, and administrators hold no permission over money', () => {
    const proposed = Object.keys(permissions).filter((permission) => permission.endsWith(':propose'));
    assert.ok(proposed.length >= 2);
    for (const permission of proposed) {
      const approving = rolesOf(permission.replace(':propose', ':approve'));
      assert.deepEqual(
        rolesOf(permission).filter((role) => approving.includes(role)),
        [],
      );
      // Over accounts they propose, and have no hand in the approval.
      const held = permission === 'accounts:propose' ? approving : [...rolesOf(permission), ...approving];
      assert.ok(!held.includes('administrator'), permission);
    }
  });
});
