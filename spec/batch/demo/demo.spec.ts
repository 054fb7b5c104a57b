import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findWorldMark, worldClock } from '../../../batch/demo/world-mark.ts';
import { parseConfig } from '../../../config/config.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { openDeps } from '../../../src/open-deps.ts';
import { listSeals } from '../../../src/seals/seal.queries.ts';
import { verifySeals } from '../../../src/seals/verify-seals.ts';
import { yesterdayOf } from '../../../src/shared/calendar.rules.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readTable, recompute } from './recompute.ts';
import { showEveryCase } from './demo-cases.ts';
import { staff } from '../../support/actors.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'batch', 'demo', 'run.ts');

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the demo as a process of its own, without a terminal. */
function runDemo(args: readonly string[], { url, ownerUrl }: TestDatabase): Promise<Ended> {
  const { NODE_ENV: _, ...environment } = process.env;
  return runScript(script, args, { ...environment, DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl });
}

async function runScript(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, [path, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  return { code: child.exitCode, output: Buffer.concat(chunks).toString('utf8') };
}

interface Summary {
  readonly invariants: readonly { readonly holds: boolean }[];
  readonly proofs_of_close: readonly { readonly balanced: boolean; readonly closing_date: string }[];
  readonly elapsed_ms: { readonly jobs: Readonly<Record<string, number>> };
}

/** How far the demo of May 2026 goes: July is settled by then, and paid what is due. */
const end = { settled: '2026-07', endsOn: '2026-08-31' };
const size = ['--lines', '30', '--companies', '12', '--charges', '160'];

/** Two worlds at once, each of a hundred nights: on a busy machine they take minutes. */
const MINUTES = 900_000;

describe('the demo', { timeout: MINUTES }, () => {
  let folder: string;
  let world: string;
  const databases: TestDatabase[] = [];
  let ended: readonly Ended[];

  before(
    async () => {
      folder = await mkdtemp(join(tmpdir(), 'tabane-demo-'));
      world = join(folder, 'world');
      const outs = [world, join(folder, 'again')];
      for (let count = 0; count < 2; count += 1) databases.push(await createTestDatabase());
      ended = await Promise.all(
        databases.map((database, index) => runDemo([...size, '--out', outs[index]!], database)),
      );
    },
    { timeout: MINUTES },
  );
  after(async () => {
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true });
  });

  it('ends by itself and says that all is well', () => {
    for (const { code, output } of ended) {
      assert.equal(code, 0, output);
      assert.match(output, /All \d+ invariants hold/);
    }
  });

  it('holds every invariant and balances every close', async () => {
    const summary = JSON.parse(await readFile(join(world, 'summary.json'), 'utf8')) as Summary;
    assert.ok(summary.invariants.length >= 8 && summary.invariants.every(({ holds }) => holds));
    assert.ok(summary.proofs_of_close.every(({ balanced }) => balanced));
    const ofMonth = summary.proofs_of_close.filter(
      ({ closing_date }) => closing_date >= '2026-05-31' && closing_date < '2026-06-30',
    );
    assert.equal(ofMonth.length, 6);
    assert.ok((summary.elapsed_ms.jobs['close-periods'] ?? 0) > 0);
  });

  it('has a seal for each of its nights, none with rows that came late, and nothing changed since', async () => {
    const deps = await openDeps(parseConfig({ DATABASE_URL: databases[0]!.url, FILES_DIR: world }));
    try {
      const seals = await listSeals(deps.orm.em.fork());
      assert.ok(seals.length > 30);
      for (const { content, businessDate } of seals)
        assert.ok(!content.includes('"late": true'), businessDate);
      assert.deepEqual((await verifySeals(deps, staff())).offending, []);
    } finally {
      await deps.close();
    }
  });

  it('agrees in every figure with a computation from its CSV files alone', async () => {
    assert.deepEqual(await recompute(world, end), []);
  });

  it('writes figures that a single changed yen would give away', async () => {
    const copy = join(folder, 'changed');
    await cp(world, copy, { recursive: true });
    const charges = await readFile(join(world, 'charges.csv'), 'utf8');
    const billed = /,(\d+),(standard|reduced),(8|10),captured,(.*,2026-05)$/m;
    const changed = charges.replace(
      billed,
      (_, amount: string, tax: string, rate: string, rest: string) =>
        `,${Number(amount) + 1},${tax},${rate},captured,${rest}`,
    );
    assert.notEqual(changed, charges);
    await writeFile(join(copy, 'charges.csv'), changed);
    const differences = await recompute(copy, end);
    assert.ok(differences.some((line) => line.startsWith('invoice ')));
    assert.ok(differences.some((line) => line.startsWith('settlement ')));
  });

  it('makes the same world of the same seed, byte for byte', async () => {
    const names = (await readdir(world)).filter((name) => name.endsWith('.csv'));
    assert.equal(names.length, 7);
    for (const name of names) {
      const [once, again] = await Promise.all(
        ['world', 'again'].map((run) => readFile(join(folder, run, name), 'utf8')),
      );
      assert.equal(once, again, name);
    }
  });

  it('sells as many charges as it was asked for, in every state and of every kind', async () => {
    const charges = await readTable(world, 'charges');
    assert.equal(charges.length, 160);
    const distinct = (name: string) => new Set(charges.map((row) => row[name]));
    assert.deepEqual(distinct('state'), new Set(['captured', 'cancelled', 'expired', 'pending']));
    assert.deepEqual(distinct('kind'), new Set(['one_time', 'monthly', 'usage']));
    assert.deepEqual(distinct('tax_code'), new Set(['standard', 'reduced']));
  });

  it('makes no charge of a use after it was captured', async () => {
    const deps = await openDeps(parseConfig({ DATABASE_URL: databases[0]!.url, FILES_DIR: world }));
    try {
      const charges = await sqlOf(deps.orm.em.fork())
        .selectFrom('charge')
        .select(['id', 'createdAt', 'capturedAt'])
        .where('kind', '=', 'usage')
        .where('capturedAt', 'is not', null)
        .execute();
      assert.ok(charges.length > 100);
      assert.deepEqual(
        charges.filter(({ createdAt, capturedAt }) => createdAt > capturedAt!),
        [],
      );
    } finally {
      await deps.close();
    }
  });

  it('has a company in every branch of the tariffs, and all six closing groups', async () => {
    const settled = await readTable(world, 'settlements');
    const month = settled.filter((row) => row['billing_period'] === '2026-05');
    const of = (company: string) => month.find((row) => row['company'] === company);
    assert.deepEqual([of('kotonoha')?.['average'], of('kotonoha')?.['fee_branch']], ['600.00', 'percent']);
    assert.equal(of('sazanami')?.['fee_branch'], 'minimum');
    assert.equal(of('komorebi')?.['line_count'], '1');
    const averages = month
      .filter((row) => row['tariff'] === 'flets-2012')
      .map((row) => Number(row['average']));
    for (const [low, high] of [
      [0, 599],
      [600, 900],
      [901, 1_500],
      [1_501, 9_999],
    ] as const) {
      assert.ok(
        averages.some((average) => average >= low && average <= high),
        `an average from ${low}`,
      );
    }
    const ofMonth = (await readTable(world, 'invoices')).filter((row) => row['billing_period'] === '2026-05');
    assert.equal(new Set(ofMonth.map((row) => row['closing_date'])).size, 6);
  });

  showEveryCase(() => ['world', 'again'].map((name) => join(folder, name)));

  it('bills the first and the last millisecond of a closing day, and the next in the next period', async () => {
    const charges = await readTable(world, 'charges');
    const periodAt = (instant: string) =>
      charges.find((row) => row['captured_at'] === instant)?.['billing_period'];
    assert.equal(periodAt('2026-06-09T15:00:00.000Z'), '2026-05');
    assert.equal(periodAt('2026-06-10T14:59:59.999Z'), '2026-05');
    assert.equal(periodAt('2026-06-10T15:00:00.000Z'), '2026-06');
  });

  it('renders a statement for every settlement', async () => {
    const settled = await readTable(world, 'settlements');
    const expected = settled.map((row) => `${row['company']}-${row['billing_period']}.pdf`).sort();
    assert.deepEqual((await readdir(join(world, 'statements'))).sort(), expected);
  });

  it('is on its own day for a person who runs a night by hand afterwards, and in its own folder', async () => {
    const [{ url }] = databases as [TestDatabase];
    const mark = await findWorldMark(url);
    const yesterday = yesterdayOf(worldClock(mark!).now(), 'Asia/Tokyo');
    const { code, output } = await runScript(join(script, '..', '..', 'run.ts'), ['fold-charges'], {
      ...process.env,
      DATABASE_URL: url,
    });
    assert.match(output, new RegExp(`^business date ${yesterday}`));
    assert.match(output, new RegExp(`fold-charges for ${yesterday}`));
    assert.equal(code, 0);
  });

  it('keeps its billing settings for the process that opens its world afterwards', async () => {
    const { code, output } = await runScript(join(script, '..', '..', 'run.ts'), ['fold-charges'], {
      ...process.env,
      DATABASE_URL: databases[1]!.url,
      TIME_ZONE: 'Europe/Berlin',
    });
    assert.equal(code, 1);
    assert.match(output, /TIME_ZONE is Europe\/Berlin, but .* Asia\/Tokyo/);
  });

  it('leaves a folder alone that no demo has made', async () => {
    const foreign = join(folder, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'letter.txt'), 'dear reader');
    const { code, output } = await runDemo([...size, '--out', foreign], databases[1]!);
    assert.equal(code, 1);
    assert.match(output, /holds files that no demo has made/);
    assert.deepEqual(await readdir(foreign), ['letter.txt']);
  });
});
