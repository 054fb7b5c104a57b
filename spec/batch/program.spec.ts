import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeCommand, describeProgram } from '../../batch/cli/help.ts';
import { parseCommandLine } from '../../batch/cli/parse-command-line.ts';
import { jobs } from '../../batch/jobs.ts';
import { batchProgram } from '../../batch/program.ts';

const parse = (...args: string[]) => {
  const request = parseCommandLine(batchProgram, args);
  if (request.kind === 'help') return request.text;
  const { command, options, as } = request;
  return { name: command.name, options, as };
};

describe('the command line of the batches', () => {
  it('names a job, a business date, a chunk size and who types', () => {
    const words = ['fold-charges', '--business-date', '2026-05-31', '--chunk-size', '500', '--as', 'm.kato'];
    assert.deepEqual(parse(...words), {
      name: 'fold-charges',
      options: { businessDate: '2026-05-31', chunkSize: 500 },
      as: 'm.kato',
    });
  });

  it('leaves date and chunk size open when they are not given', () => {
    assert.deepEqual(parse('night'), {
      name: 'night',
      options: { businessDate: undefined, chunkSize: undefined },
      as: undefined,
    });
  });

  it('has a help that lists the jobs, and one of each job', () => {
    const help = describeProgram(batchProgram);
    assert.equal(parse('--help'), help);
    for (const { name } of jobs) assert.ok(help.includes(`  ${name} `), name);
    assert.match(help, / {2}night /);
    const ofJob = describeCommand(
      batchProgram,
      batchProgram.commands.find(({ name }) => name === 'fold-charges')!,
    );
    assert.equal(parse('fold-charges', '--help'), ofJob);
    assert.match(ofJob, /--chunk-size ROWS[^]*Example: npm run batch -- fold-charges/);
    assert.doesNotMatch(ofJob, /--json/);
  });

  const wrong: Readonly<Record<string, readonly [line: string, RegExp]>> = {
    'a job it does not know, with the nearest name': [
      'fold-charge',
      /^There is no job "fold-charge"\. Did you mean fold-charges\?$/,
    ],
    'letters that changed places': ['sette-companeis', /Did you mean settle-companies\?/],
    'a part of a name': ['invariants', /Did you mean check-invariants\?/],
    'a job that is like none': [
      'xyzzyplugh',
      /^There is no job "xyzzyplugh"\. npm run batch -- --help lists them all\.$/,
    ],
    'no job at all': ['--business-date 2026-05-31', /^Name a job\./],
    'two jobs': ['night fold-charges', /^night: "fold-charges" belongs to no option$/m],
    'a date that does not exist': ['night --business-date 2026-02-30', /a date that exists/],
    'a date in another form': ['night --business-date 31.5.2026', /a date that exists/],
    'a chunk of no rows': [
      'night --chunk-size 0',
      /--chunk-size must be a whole number from 1 to 10000, not 0$/m,
    ],
    'a chunk above the limit of a transaction': ['night --chunk-size 10001', /--chunk-size must be/],
    'an option it does not know': [
      'night --business-dat 2026-05-31',
      /there is no option --business-dat; did you mean --business-date\?/,
    ],
  };
  for (const [what, [line, message]] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parse(...line.split(' ')), { name: 'UsageError', message });
    });
  }

  it('has a line for each thing that is wrong', () => {
    assert.throws(() => parse('night', '--chunk-size', '0', '--business-date', 'may', '--dat', 'x'), {
      message: [
        'night: there is no option --dat; did you mean --business-date?',
        'night: --business-date must be a date that exists, YYYY-MM-DD, not may',
        'night: --chunk-size must be a whole number from 1 to 10000, not 0',
        'Example: npm run batch -- night --business-date 2026-05-31 --as NAME',
      ].join('\n'),
    });
  });
});
