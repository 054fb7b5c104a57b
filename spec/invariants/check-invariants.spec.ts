import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { checkInvariantsJob } from '../../src/invariants/check-invariants-job.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { listFoundFiles, noFileIsForeign } from '../../src/invariants/foreign-files.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { rollUp } from '../../src/reports/roll-up.ts';
import { closeMonth } from '../support/closed-month.ts';
import { fakeRun } from '../support/fake-run.ts';
import { overrideHandle } from '../support/override-handle.ts';
import { createWorld, type World } from '../support/world.ts';
import { writeDetails } from '../support/write-details.ts';
import { createSettledWorld } from './settled-world.ts';
import { tamper } from './tamper.ts';
import { staff } from '../support/actors.ts';

let filesDir: string;
let world: World;

before(async () => void (filesDir = await mkdtemp(join(tmpdir(), 'invariants-'))));
after(() => rm(filesDir, { recursive: true }));

beforeEach(async () => void (world = await createSettledWorld(filesDir)));
afterEach(async () => {
  await world.close();
  await rm(join(filesDir, 'invoices'), { recursive: true, force: true });
});

const listBroken = async () => (await checkInvariants(world.deps, staff())).filter((result) => !result.holds);
const brokenSentences = async () =>
  (await listBroken()).flatMap(({ number, offending }) =>
    offending.map(({ broken }) => `${number}: ${broken}`),
  );

test('finds nothing in a sound world, and checks every row', async () => {
  await fakeRun(world.deps, rollUp, { job: 'roll-up', businessDate: '2026-03-25' });
  const results = await checkInvariants(world.deps, staff(), { through: '2026-03-25' });
  assert.deepEqual(
    results.filter((result) => !result.holds),
    [],
  );
  assert.deepEqual(
    results.map((result) => result.number),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15],
  );
  for (const { name, checked } of results) assert.ok(checked > 0, name);
});

test('finds nothing in an empty world', async () => {
  const empty = await createWorld({ FILES_DIR: filesDir });
  assert.ok((await checkInvariants(empty.deps, staff())).every((result) => result.holds));
  await empty.close();
});

test('reports a captured charge that is on no invoice of its closed period', async () => {
  await tamper(world.deps, 'invoice_item', 'DELETE FROM invoice_item LIMIT 1');
  const broken = await listBroken();
  const second = broken.find((result) => result.number === 2);
  assert.equal(
    second?.offending[0]?.broken,
    'a captured charge is on an invoice, or its period is not closed',
  );
  assert.equal(second?.offendingCount, 1);
});

const detailsAreThere = '7: the invoice details given to the carrier are there, as they were closed';

test('reports invoice details that are missing or different, and the command that writes them again', async () => {
  const [lost = '', spoilt = ''] = await writeDetails(world.deps);
  assert.deepEqual(await brokenSentences(), []);
  await rm(lost);
  await writeFile(spoilt, 'another file');
  const [broken] = await listBroken();
  assert.deepEqual(
    broken?.offending.map(({ broken: sentence, path, fileChecksum, writtenAgainBy }) => [
      `7: ${sentence}`,
      path,
      fileChecksum === 'missing',
      writtenAgainBy,
    ]),
    [
      [detailsAreThere, lost, true, 'npm run admin -- invoice-details export --period 2026-01 --group end'],
      [detailsAreThere, spoilt, false, 'npm run admin -- invoice-details export --period 2026-01 --group 5'],
    ],
  );
  await writeDetails(world.deps);
  assert.deepEqual(await brokenSentences(), []);
});

test('reports a foreign file among the invoice details', async () => {
  await writeDetails(world.deps);
  await writeFile(join(filesDir, 'invoices', '2026-02-31.csv'), '');
  assert.deepEqual(await brokenSentences(), [
    '7: no file lies among the invoice details, statements and payout files that none of them is',
  ]);
});

test('does not take the file of a period that another night closes meanwhile for a foreign one', async () => {
  await inTransaction(
    world.deps,
    async (snapshot) => {
      const filesFound = await listFoundFiles(filesDir);
      await sqlOf(snapshot.em).selectFrom('billing_period').selectAll().execute();
      await inTransaction(world.deps, async (other) => {
        await ensureBillingPeriods(other, [{ period: '2026-04', closingGroup: 15 }]);
        await sqlOf(other.em)
          .updateTable('billing_period')
          .set({ state: 'closing' })
          .where('period', '=', '2026-04')
          .where('closingGroup', '=', 15)
          .execute();
      });
      await mkdir(join(filesDir, 'invoices'), { recursive: true });
      await writeFile(join(filesDir, 'invoices', '2026-05-15.csv'), '');
      const { count } = await noFileIsForeign.find(snapshot, { filesFound });
      assert.equal(count, 0);
    },
    { isolation: 'repeatable read' },
  );
});

test('needs one connection of the database', async () => {
  const narrow = await createWorld({ FILES_DIR: filesDir, DATABASE_POOL_SIZE: '1' });
  await mkdir(join(filesDir, 'invoices'), { recursive: true });
  await writeFile(join(filesDir, 'invoices', '2026-02-31.csv'), '');
  const broken = (await checkInvariants(narrow.deps, staff())).filter(({ holds }) => !holds);
  assert.deepEqual(
    broken.map(({ number }) => number),
    [7],
  );
  await narrow.close();
});

test('checks files only if there are any, except in the job of the night', async () => {
  assert.deepEqual(await brokenSentences(), []);
  const options = { job: 'check-invariants', businessDate: '2026-03-25' };
  await assert.rejects(fakeRun(world.deps, checkInvariantsJob, options), /Broken: 7/);
});

test('reports a period that was due and has not closed, when checked through that date', async () => {
  await closeMonth(world.deps, { period: '2026-03', sales: [], closed: [31, 5, 10, 15, 20] });
  assert.deepEqual(await brokenSentences(), []);
  const sound = await checkInvariants(world.deps, staff(), { through: '2026-04-24' });
  assert.ok(sound.every((result) => result.holds));
  const late = await checkInvariants(world.deps, staff(), { through: '2026-04-25' });
  assert.deepEqual(
    late.filter((result) => !result.holds).map((result) => result.number),
    [7],
  );
});

test('counts every offending row and lists twenty of each rule', async () => {
  await tamper(world.deps, 'line_period', 'UPDATE line_period SET spent_minor = 0');
  const [limits] = await listBroken();
  assert.deepEqual([limits?.number, limits?.offendingCount, limits?.offending.length], [5, 24, 20]);
});

test('ends the job with a problem and the offending rows when an invariant is broken', async () => {
  await writeDetails(world.deps);
  const options = { job: 'check-invariants', businessDate: '2026-03-25' };
  const sound = await fakeRun(world.deps, checkInvariantsJob, options);
  assert.equal(sound.counts.done, 14);
  assert.match(sound.lines[0] ?? '', /^1\. holds \(\d+ checked\): Each journal sums to zero/);

  await tamper(world.deps, 'line_period', 'UPDATE line_period SET spent_minor = 7 LIMIT 1');
  const lines: string[] = [];
  const work: typeof checkInvariantsJob = (deps, run) =>
    checkInvariantsJob(deps, overrideHandle(run, { report: (line) => void lines.push(line) }));
  await assert.rejects(fakeRun(world.deps, work, options), { code: 'invariant-broken' });
  assert.ok(lines.some((line) => line.startsWith('5. BROKEN by 1:')));
  assert.ok(lines.some((line) => /what a tenure has booked .*spent_minor: 7/.test(line)));
});
