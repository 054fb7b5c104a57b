import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobs } from '../../batch/jobs.ts';
import { readCommand, usage } from '../../batch/read-command.ts';

describe('the command line of the batches', () => {
  it('names a job, a business date, a chunk size and who types', () => {
    const words = ['fold-charges', '--business-date', '2026-05-31', '--chunk-size', '500', '--as', 'm.kato'];
    assert.deepEqual(readCommand(words), {
      name: 'fold-charges',
      businessDate: '2026-05-31',
      chunkSize: 500,
      as: 'm.kato',
    });
  });

  it('leaves date and chunk size open when they are not given', () => {
    assert.deepEqual(readCommand(['night']), {
      name: 'night',
      businessDate: undefined,
      chunkSize: undefined,
      as: undefined,
    });
  });

  it('asks for help', () => {
    assert.equal(readCommand(['--help']), 'help');
    for (const { name } of jobs) assert.ok(usage.includes(`  ${name} `), name);
    assert.match(usage, / {2}night /);
  });

  const wrong: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
    'a job it does not know, with the nearest name': [
      ['fold-charge'],
      /no job fold-charge; did you mean fold-charges\?/,
    ],
    'letters that changed places': [['sette-companeis'], /did you mean settle-companies\?/],
    'a part of a name': [['invariants'], /did you mean check-invariants\?/],
    'a job that is like none': [['xyzzyplugh'], /^there is no job xyzzyplugh\. See --help\.$/],
    'no job at all': [[], /^name a job/],
    'two jobs': [['night', 'fold-charges'], /one job at a time/],
    'a date that does not exist': [['night', '--business-date', '2026-02-30'], /a date that exists/],
    'a date in another form': [['night', '--business-date', '31.5.2026'], /a date that exists/],
    'a chunk of no rows': [['night', '--chunk-size', '0'], /--chunk-size takes/],
    'a chunk above the limit of a transaction': [['night', '--chunk-size', '10001'], /--chunk-size takes/],
    'an option it does not know': [['night', '--date', '2026-05-31'], /--date/],
  };
  for (const [what, [args, message]] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readCommand(args), { name: 'UsageError', message });
    });
  }
});
