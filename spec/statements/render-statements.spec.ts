import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { renderStatements } from '../../src/statements/render-statements.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { tamper } from '../invariants/tamper.ts';
import { closeMonth, makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { createWorld, type World } from '../support/world.ts';
import { approveDrafts } from '../support/approve-settlements.ts';

let world: World;
let filesDir: string;

before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'statements-'));
  world = await createWorld({ FILES_DIR: filesDir });
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

const render = () =>
  fakeRun(world.deps, renderStatements, { job: 'render-statements', businessDate: '2026-06-25' });
const settle = async (businessDate: string) => {
  await fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate });
  await approveDrafts(world.deps);
};
const fileOf = (name: string) => join(filesDir, 'statements', name);
const readText = async (name: string) =>
  (await promisify(execFile)('pdftotext', ['-layout', '-enc', 'UTF-8', fileOf(name), '-'])).stdout;

async function makeSeller(code: string, tariffCode: string) {
  const company = await makeCompany(world.deps, {
    code,
    name: `株式会社${code}`,
    address: '〒150-0001 東京都渋谷区神宮前1-1',
  });
  const films = await makeService(world.deps, { companyId: company.id, name: '映画配信' });
  const snacks = await makeService(world.deps, { companyId: company.id, name: 'おやつ便' });
  await makeContract(world.deps, { companyId: company.id, tariffCode });
  return { company, films, snacks };
}

/** Films at the standard rate on every line, and a snack at the reduced rate on every second. */
function sell({ company, films, snacks }: Awaited<ReturnType<typeof makeSeller>>, lineCount: number): Sale[] {
  return makeLineIds(lineCount).flatMap((lineId, index) => {
    const sale = { companyId: company.id, lineId, closingGroup: CLOSING_GROUPS[index % 6]! };
    const film = { ...sale, serviceId: films.id, amountMinor: 600n };
    const snack = { ...sale, serviceId: snacks.id, amountMinor: 432n, taxCode: 'reduced' as const };
    return index % 2 === 0 ? [film, snack] : [film];
  });
}

test('renders a statement for every approved settlement, with the figures that were settled', async () => {
  const seller = await makeSeller('hikari', 'flets-2011');
  const small = await makeSeller('small', 'west-2004');
  await closeMonth(world.deps, { period: '2026-05', sales: [...sell(seller, 100), ...sell(small, 1)] });
  await settle('2026-06-25');
  const run = await render();
  assert.deepEqual(run.counts, { expected: 2, done: 2, skipped: 0, parked: 0 });
  assert.deepEqual((await readdir(join(filesDir, 'statements'))).sort(), [
    'hikari-2026-05.pdf',
    'small-2026-05.pdf',
  ]);

  const text = await readText('hikari-2026-05.pdf');
  // 60,000 of films and 21,600 of snacks: average 816.00, fee 4,080, tax 408, payout 77,112.
  for (const figure of ['81,600', '816.00', '4,080', '408', '77,112', '60,000', '21,600', '5,454', '1,600']) {
    assert.match(text, new RegExp(`(?<![\\d,])${figure.replace('.', '\\.')}(?![\\d,])`), figure);
  }
  for (const words of [
    '株式会社hikari',
    '150-0001',
    '映画配信',
    'おやつ便',
    'T4011001098993',
    'T7123456789012',
  ]) {
    assert.ok(text.includes(words), words);
  }
  assert.match(text, /2026年7月31日/);
  assert.match(text, /定率を適用しました/);

  const smallText = await readText('small-2026-05.pdf');
  // 1,032 sold against a fee of 5,092 and 509 of tax: nothing is paid, 4,569 is carried.
  assert.match(smallText, /お支払いはございません/);
  assert.match(smallText, /4,569/);
});

test('touches no statement that is there, and renders a missing one to the same bytes', async () => {
  const [kept, lost] = [fileOf('hikari-2026-05.pdf'), fileOf('small-2026-05.pdf')];
  const [before, bytes] = [await stat(kept), await readFile(lost)];
  await rm(lost);
  await writeFile(fileOf('small-2026-05.pdf.0.part'), 'half a statement');
  const run = await render();
  assert.deepEqual(run.counts, { expected: 1, done: 1, skipped: 0, parked: 0 });
  assert.equal((await stat(kept)).mtimeMs, before.mtimeMs);
  assert.deepEqual(await readFile(lost), bytes);
  assert.equal((await readdir(join(filesDir, 'statements'))).length, 2);
  assert.equal((await render()).counts.expected, 0);
});

test('parks a statement whose fee is not what its tariff gives, and renders the others', async () => {
  const wrong = await makeSeller('wrong', 'flets-2011');
  const right = await makeSeller('right', 'flets-2011');
  await closeMonth(world.deps, { period: '2026-06', sales: [...sell(wrong, 6), ...sell(right, 6)] });
  await settle('2026-07-25');
  const { id } = wrong.company;
  await tamper(
    world.deps,
    'settlement',
    `UPDATE settlement SET fee_branch = 'band' WHERE company_id = ${id}`,
  );
  const run = await render();
  // "small" carries its balance into June and has a statement that says so.
  assert.deepEqual(run.counts, { expected: 3, done: 2, skipped: 0, parked: 1 });
  assert.equal(run.parked[0]?.subject, '2026-06/wrong');
  const names = await readdir(join(filesDir, 'statements'));
  assert.ok(names.includes('right-2026-06.pdf') && names.includes('small-2026-06.pdf'));
  assert.ok(!names.some((name) => name.startsWith('wrong')));
  assert.match(await readText('small-2026-06.pdf'), /−4,569/);
});

test('renders what is missing after a run that was cut off, and leaves nothing unfinished behind', async () => {
  const before = await readdir(join(filesDir, 'statements'));
  for (const name of before) await rm(fileOf(name));
  const cutOff = fakeRun(world.deps, renderStatements, {
    job: 'render-statements',
    businessDate: '2026-06-25',
    beforeChunk: () => {
      throw new Error('cut off');
    },
  });
  await assert.rejects(cutOff, /cut off/);
  await render();
  assert.deepEqual((await readdir(join(filesDir, 'statements'))).toSorted(), before.toSorted());
});

test('continues the detail table over pages for a company of many services', async () => {
  const { company, films } = await makeSeller('many', 'flets-2011');
  const lineIds = makeLineIds(6);
  const sales: Sale[] = [];
  for (let made = 0; made < 120; made += 1) {
    const service = await makeService(world.deps, { companyId: company.id });
    sales.push({
      companyId: company.id,
      serviceId: made === 0 ? films.id : service.id,
      lineId: lineIds[made % 6]!,
      closingGroup: CLOSING_GROUPS[made % 6]!,
      amountMinor: 100n + BigInt(made),
    });
  }
  await closeMonth(world.deps, { period: '2026-07', sales });
  await settle('2026-08-25');
  await render();
  const pages = (await readText('many-2026-07.pdf')).split('\f').filter((page) => page.trim() !== '');
  assert.ok(pages.length >= 3, `${pages.length} pages`);
  for (const [index, page] of pages.entries())
    assert.match(page, new RegExp(`${index + 1} / ${pages.length}`));
});

test('tells the end of many statements in few commits, and of each once', async () => {
  const sellers: Awaited<ReturnType<typeof makeSeller>>[] = [];
  for (let made = 0; made < 40; made += 1) sellers.push(await makeSeller(`crowd-${made}`, 'flets-2011'));
  await closeMonth(world.deps, { period: '2026-08', sales: sellers.flatMap((seller) => sell(seller, 1)) });
  await settle('2026-09-25');
  let commits = 0;
  const run = await fakeRun(world.deps, renderStatements, {
    job: 'render-statements',
    businessDate: '2026-09-25',
    beforeChunk: () => void (commits += 1),
  });
  // Sellers of the months before may have one too, drawn or parked; a group takes all that end in one moment.
  const { expected, done, parked } = run.counts;
  assert.ok(done >= 40 && expected <= 50, `${done} of ${expected} statements`);
  assert.equal(done + parked, expected);
  assert.equal(commits, 2);
});
