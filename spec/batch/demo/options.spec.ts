import assert from 'node:assert/strict';
import { isAbsolute } from 'node:path';
import { describe, it } from 'node:test';
import { UsageError } from '../../../batch/cli/usage-error.ts';
import { parseDemoOptions } from '../../../batch/demo/options.ts';

describe('the options of the demo', () => {
  it('have defaults', () => {
    const { out, ...options } = parseDemoOptions([]);
    assert.deepEqual(options, {
      seed: 1,
      lines: 1_000,
      companies: 12,
      charges: 10_000,
      month: '2026-05',
      serve: false,
    });
    assert.ok(isAbsolute(out) && out.endsWith('demo'));
  });

  for (const [args, message] of [
    [['--lines', '5'], /^--lines must be a whole number from 6 to 200000, not 5$/m],
    [['--lines', '1e3'], /--lines must be a whole number/],
    [['--charges', '-1'], /--charges/],
    [['--companies', '0'], /--companies must be/],
    [['--seed', '4294967296'], /--seed must be/],
    [['--month', '2026-13'], /--month must be a month, YYYY-MM/],
    [['--month', '2019-09'], /--month must be a month from 2019-10/],
    [['--charges', '44'], /--charges must be at least 45 for 12 companies/],
    [['--lines', '10', '--charges', '301'], /--charges may be at most 300 for 10 lines/],
    [['--out', ' '], /--out must be a folder/],
    [['--colour'], /there is no option --colour/],
    [['extra'], /"extra" belongs to no option/],
  ] as const) {
    it(`refuse ${args.join(' ')}`, () => {
      assert.throws(
        () => parseDemoOptions(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
