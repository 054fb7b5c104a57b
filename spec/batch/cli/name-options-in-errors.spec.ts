import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameOptionsInErrors } from '../../../batch/cli/name-options-in-errors.ts';
import { Problem } from '../../../src/shared/problem.ts';

const options = {
  name: { describe: 'its name' },
  'valid-from': { describe: 'first day' },
  'valid-to': { describe: 'first day it holds no more' },
  'per-charge-max': { describe: 'highest amount', field: 'perChargeMaxMinor' },
  scopes: { describe: 'a list' },
  definition: { describe: 'a file' },
};

describe('a refusal in the words of the command line', () => {
  const cases: Readonly<Record<string, readonly [pointer: string, message: string, worded: string]>> = {
    'a word': ['/name', 'is missing', '--name is missing.'],
    'several words': ['/validFrom', 'must be a date', '--valid-from must be a date.'],
    'a field of another name': ['/perChargeMaxMinor', 'must be 1', '--per-charge-max must be 1.'],
    'a field within the message': [
      '/validTo',
      'must be after validFrom',
      '--valid-to must be after --valid-from.',
    ],
    'a message that says the word': ['/name', 'must be a name', '--name must be a name.'],
    'an entry of a list': ['/scopes/1', 'must be one of a, b', '--scopes: entry 2 must be one of a, b.'],
    'a place in a file': ['/definition/bands/0/rate', 'is wrong', '--definition: bands/0/rate is wrong.'],
    'a field that no option brings': ['/currency', 'is wrong', 'currency is wrong.'],
  };
  for (const [what, [pointer, message, worded]] of Object.entries(cases)) {
    it(`names the option of ${what}`, () => {
      const refusal = new Problem('invalid-request', { errors: [{ pointer, message }] });
      const { code, message: detail } = nameOptionsInErrors({ options }, refusal);
      assert.deepEqual([code, detail], ['invalid-request', worded]);
    });
  }

  it('names every option that is wrong, each in a line of its own', () => {
    const errors = ['/name', '/validFrom'].map((pointer) => ({ pointer, message: 'is missing' }));
    assert.equal(
      nameOptionsInErrors({ options }, new Problem('invalid-request', { errors })).message,
      '--name is missing.\n--valid-from is missing.',
    );
  });

  it('stays as it is without a field', () => {
    const refusal = new Problem('company-not-found', { detail: 'There is no company x.' });
    assert.equal(nameOptionsInErrors({ options }, refusal), refusal);
  });
});
