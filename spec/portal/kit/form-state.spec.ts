import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FieldFaults, problemTextKey, readFields, refusedForm } from '../../../src/portal/kit/form-state.ts';
import { countField, moneyField, secretField, textField } from '../../../src/portal/kit/form-fields.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { Problem } from '../../../src/shared/problem.ts';

const t = translator('en');
const fields = {
  name: textField({ label: 'kit.copy', maxLength: 10 }),
  limit: moneyField('kit.back', { max: 1_000n }),
  dayOfMonth: countField('kit.nav', { min: 1, max: 31 }),
  password: secretField('kit.copied'),
};
const form = { name: 'a.form', fields };
const typed = { name: ' A ', limit: '１００', dayOfMonth: '5', password: 'secret' };

function refusalOf(texts: Readonly<Record<string, string>>): FieldFaults {
  try {
    readFields(fields, texts);
  } catch (error) {
    if (error instanceof FieldFaults) return error;
    throw error;
  }
  throw new Error('every field was accepted');
}

describe('a posted form', () => {
  it('becomes the input of its use case, and nothing that no field reads', () => {
    assert.deepEqual(readFields(fields, { ...typed, isAdministrator: 'on' }), {
      name: 'A',
      limit: 100n,
      dayOfMonth: 5,
      password: 'secret',
    });
  });

  it('names every field that is wrong at once; a missing one is empty', () => {
    assert.deepEqual(Object.keys(refusalOf({ limit: 'x' }).faults), [
      'name',
      'limit',
      'dayOfMonth',
      'password',
    ]);
  });

  it('comes back with what was typed, but no secret and nothing that no field reads', () => {
    const texts = { ...typed, name: '', other: 'x' };
    const state = refusedForm({ ...form, texts }, refusalOf(texts), t);
    assert.deepEqual(state, {
      name: 'a.form',
      values: { name: '', limit: '１００', dayOfMonth: '5' },
      errors: [{ field: 'name', label: 'Copy', message: 'Fill in this field.' }],
    });
  });

  for (const [pointer, field] of [
    ['/name', 'name'],
    ['/limitMinor', 'limit'],
    ['/limit_minor', 'limit'],
    ['/day_of_month', 'dayOfMonth'],
    ['/input/name', 'name'],
  ] as const) {
    it(`shows what its use case refuses at ${pointer} at its field`, () => {
      const problem = new Problem('invalid-request', { errors: [{ pointer, message: 'is wrong' }] });
      const { errors, problem: shown } = refusedForm({ ...form, texts: typed }, problem, t);
      assert.deepEqual(
        errors.map((error) => error.field),
        [field],
      );
      assert.equal(shown, undefined);
    });
  }

  it('shows a problem of none of its fields as a whole', () => {
    const problem = new Problem('invalid-request', {
      errors: [{ pointer: '/elsewhere', message: 'is wrong' }],
    });
    const state = refusedForm({ ...form, texts: typed }, problem, t);
    assert.equal(state.problem?.code, 'invalid-request');
    assert.notEqual(state.problem?.title, '');
    assert.deepEqual(state.errors, []);
  });
});

describe('a problem without a text of its own', () => {
  for (const [status, key] of [
    [404, 'problem.not-found'],
    [429, 'problem.service-unavailable'],
    [503, 'problem.service-unavailable'],
    [500, 'problem.internal-error'],
    [409, 'problem.bad-request'],
  ] as const) {
    it(`has that of its status ${status}`, () => {
      assert.equal(problemTextKey({ code: 'no-text-of-its-own' as never, status, facts: {} }), key);
    });
  }
});
