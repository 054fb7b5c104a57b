import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ChangeAuthority } from '../../../src/access/approvals/change-authority.ts';
import { hanako } from '../../support/people.ts';

test('the authority of two people is made where an approval is executed, and nowhere else', () => {
  const files = globSync(['src/**/*.ts', 'batch/**/*.ts']);
  assert.ok(files.length > 300);
  const makers = files.filter((file) => /\.ofTwoPeople\(/.test(readFileSync(file, 'utf8')));
  assert.deepEqual(makers, ['src/access/approvals/decide-approval.ts']);
});

test('one person has it where one is enough', () => {
  assert.equal(ChangeAuthority.ofOnePerson(hanako, true).approvalId, null);
  assert.throws(() => ChangeAuthority.ofOnePerson(hanako, false), { code: 'approval-required' });
});
