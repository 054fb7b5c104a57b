import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { runCommandLine } from '../../batch/cli/run-command-line.ts';
import { findJob } from '../../batch/jobs.ts';
import { runNight, type BatchOutput } from '../../batch/night.ts';
import { batchProgram } from '../../batch/program.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { editCompany } from '../../src/companies/edit-company.ts';
import { noProgress } from '../../src/runs/run-progress.ts';
import { queryRows } from '../../src/database/statement-pipeline.ts';
import { staff } from '../support/actors.ts';
import { finishNeeds } from '../support/finish-needs.ts';
import { createWorld, type World } from '../support/world.ts';

const clerk = staff('hanako');
const [OLD, NEW] = ['株式会社東雲', '株式会社暁'];

describe('a night that is late, without the timetable', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    const party = { name: OLD, nameEn: 'Shinonome Inc.', address: '東京都江東区1-1' };
    await createCompany(world.deps, clerk, { code: 'shinonome', ...party });
    const change = { name: NEW, validFrom: '2026-06-05' };
    await editCompany(world.deps, clerk, { companyCode: 'shinonome', ...change });
    // 10:00 in Tokyo on the day after the change.
    world.clock.set(new Date('2026-06-06T01:00:00.000Z'));
  });
  afterEach(() => world.close());

  /** The company on documents of periods that are closed, by closing date. */
  const namedOn = async () => {
    const rows = await queryRows<{ closesOn: string; name: string }>(
      world.deps.orm.em.fork(),
      `SELECT DISTINCT DATE_FORMAT(p.closes_on, '%Y-%m-%d') AS closesOn, c.name FROM closed_period_party c
       JOIN billing_period p ON p.period = c.billing_period AND p.closing_group = c.closing_group
       WHERE c.kind = 'company' AND p.closes_on > '2026-05-25' ORDER BY closesOn`,
      [],
    );
    return rows.map(({ closesOn, name }) => [closesOn, name]);
  };
  const expected = [
    ['2026-05-31', OLD],
    ['2026-06-05', NEW],
  ];

  it('names companies as of the date of each document', async () => {
    const jobs = [findJob('close-periods')!];
    const lines: string[] = [];
    const output: BatchOutput = {
      line: (text) => void lines.push(text),
      error: (text) => void lines.push(`! ${text}`),
      watch: () => ({ ...noProgress, stop: () => {} }),
    };
    for (const businessDate of ['2026-05-31', '2026-06-04', '2026-06-05']) {
      assert.equal(await runNight(world.deps, { businessDate, jobs, output }), 'done', lines.join('\n'));
    }
    assert.equal(lines[0], 'changes of companies and services that were due: 1 made, 0 refused');
    assert.deepEqual(await namedOn(), expected);
  });

  it('names them so when a job is run by hand', async () => {
    for (const date of ['2026-05-31', '2026-06-05']) {
      await finishNeeds(world.deps, { job: 'close-periods', businessDate: date });
      const code = await runCommandLine(batchProgram, ['close-periods', '--business-date', date], {
        systemUser: 'spec',
        print: () => {},
        printError: (text) => assert.fail(text),
        openDeps: () => Promise.resolve({ ...world.deps, close: () => Promise.resolve() }),
      });
      assert.equal(code, 0);
    }
    assert.deepEqual(await namedOn(), expected);
  });
});
