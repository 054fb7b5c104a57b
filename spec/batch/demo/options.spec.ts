import assert from 'node:assert/strict';
import { isAbsolute } from 'node:path';
import { describe, it } from 'node:test';
import { DemoOptionError, parseDemoOptions } from '../../../batch/demo/options.ts';

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
    [['--lines', '5'], /--lines takes a whole number from 6/],
    [['--lines', '1e3'], /--lines takes a whole number/],
    [['--charges', '-1'], /--charges/],
    [['--companies', '0'], /--companies takes/],
    [['--seed', '4294967296'], /--seed takes/],
    [['--month', '2026-13'], /--month takes YYYY-MM/],
    [['--month', '2019-09'], /--month takes YYYY-MM from 2019-10/],
    [['--charges', '42'], /--charges must be at least 43 for 12 companies/],
    [['--lines', '10', '--charges', '301'], /--charges may be at most 300 for 10 lines/],
    [['--out', ' '], /--out needs a folder/],
    [['--colour'], /Unknown option '--colour'/],
    [['extra'], /extra/],
  ] as const) {
    it(`refuse ${args.join(' ')}`, () => {
      assert.throws(
        () => parseDemoOptions(args),
        (error) => error instanceof DemoOptionError && message.test(error.message),
      );
    });
  }
});
