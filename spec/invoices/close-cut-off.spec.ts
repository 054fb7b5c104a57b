import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { hookRun, overrideHandle } from '../support/override-handle.ts';
import { createWorld } from '../support/world.ts';
import { capture, makeMarket } from './captured-charges.ts';
import { staff } from '../support/actors.ts';

const DAY = '2026-05-31';

/** Where a close is cut off: before one of its transactions, or as it reports its next step. */
type Cut = { readonly beforeChunk: number } | { readonly atReport: RegExp };

/** Closes a month of three invoices a chunk, cut off where asked and then run again; returns all it leaves. */
async function closeMonth(cut?: Cut) {
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-cut-'));
  const world = await createWorld({ FILES_DIR: filesDir });
  try {
    world.clock.set(new Date('2026-06-01T00:00:00.000Z'));
    const { registered, unregistered, lines } = await makeMarket(world.deps, { lineCount: 7 });
    const charges = lines.flatMap((lineId, n) =>
      [registered, unregistered].map((seller, m) => ({
        ...seller,
        lineId,
        amountMinor: BigInt(101 * (n + 1) + m),
        businessDate: DAY,
      })),
    );
    await capture(world.deps, charges, 1_000);
    let chunks = 0;
    if (cut) await assert.rejects(close(world.deps, cut), /power cut/);
    await close(world.deps, undefined, () => (chunks += 1));
    const sql = sqlOf(world.deps.orm.em.fork());
    const findings = await checkInvariants(world.deps, staff());
    return {
      chunks,
      // The charges of this spec book no spending, which is the fifth.
      broken: findings.filter(({ number, holds }) => number !== 5 && !holds),
      file: await readFile(join(filesDir, 'invoices', `${DAY}.csv`), 'utf8'),
      invoices: await sql.selectFrom('line_invoice').selectAll().orderBy('number').execute(),
      taxes: await sql.selectFrom('line_invoice_tax').selectAll().orderBy('lineId').orderBy('part').execute(),
      period: await sql.selectFrom('billing_period').selectAll().where('state', '=', 'closed').execute(),
    };
  } finally {
    await world.close();
    await rm(filesDir, { recursive: true });
  }
}

async function close(deps: Deps, cut?: Cut, onChunk = () => {}): Promise<void> {
  const request = { job: 'close-periods', businessDate: DAY, chunkSize: 3 };
  const report = (line: string) => {
    if (cut && 'atReport' in cut && cut.atReport.test(line)) throw new Error('power cut');
  };
  await executeRun(deps, request, (_deps, run) => {
    let chunks = 0;
    const beforeChunk = () => {
      chunks += 1;
      onChunk();
      if (cut && 'beforeChunk' in cut && chunks === cut.beforeChunk) throw new Error('power cut');
    };
    return closePeriods(deps, overrideHandle(hookRun(run, { beforeChunk }), { report }));
  });
}

describe('a close that is cut off and run again', () => {
  let calm: Awaited<ReturnType<typeof closeMonth>>;
  before(async () => {
    calm = await closeMonth();
  });
  after(() => assert.equal(calm.invoices.length, 7));

  const assertSame = async (cut: Cut) => {
    const { chunks: _again, ...rest } = await closeMonth(cut);
    const { chunks: _once, ...expected } = calm;
    assert.deepEqual(rest.broken, []);
    assert.deepEqual(rest, expected);
  };

  it('before any of its transactions comes to the same invoices, tax, file and proof', async () => {
    assert.ok(calm.chunks >= 8, 'barrier, fold, parties, three chunks of numbers, record');
    for (let beforeChunk = 1; beforeChunk <= calm.chunks; beforeChunk += 1) await assertSame({ beforeChunk });
  });

  it('between proof and numbers comes to the same', () => assertSame({ atReport: /; numbering$/ }));
  it('between numbers and export comes to the same', () =>
    assertSame({ atReport: /: numbered; exporting$/ }));
  it('after all of it comes to the same, and is closed once', () => assertSame({ atReport: /: closed; / }));
});
