import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { sqlOf } from '../../src/database/sql.ts';
import { exportLineInvoiceCsv } from '../../src/invoices/export-line-invoice-csv.ts';
import { renderLineInvoice } from '../../src/invoices/render-line-invoice.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { streamInvoiceItems } from '../../src/invoices/line-invoice-items.queries.ts';
import { planFoldPartitions } from '../../src/invoices/plan-fold-partitions.ts';
import { executeRun, type RunOutcome } from '../../src/runs/execute-run.ts';
import type { JobWork } from '../../src/runs/run-handle.ts';
import type { DownloadedFile } from '../../src/shared/downloaded-file.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { signedIn } from '../support/actors.ts';
import { makeSubscriber } from '../support/factories.ts';
import { readPages } from '../templates/statement/read-pdf.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { hookRun } from '../support/override-handle.ts';
import { recordRefunds } from '../support/refunds.ts';
import { createWorld, type World } from '../support/world.ts';
import { capture, makeMarket, type Captured, type Market } from './captured-charges.ts';

let world: World;
let market: Market;
let filesDir: string;
/** Charges of April, by line; their company is registered until April 30. */
let ofApril: string[];
before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'tabane-refunds-'));
  world = await createWorld({ FILES_DIR: filesDir });
  world.clock.set(new Date('2026-07-05T00:00:00.000Z'));
  market = await makeMarket(world.deps, { lineCount: 6 });
  ofApril = await capture(world.deps, [
    chargeOf(0, 1_000n, '2026-04-10'),
    chargeOf(1, 500n, '2026-04-20'),
    chargeOf(2, 800n, '2026-04-25'),
    chargeOf(3, 700n, '2026-04-25', { ...market.unregistered, taxCode: 'reduced' }),
  ]);
  await query()
    .updateTable('company')
    .set({ registeredTo: '2026-05-01' })
    .where('code', '=', 'registered')
    .execute();
  await close('2026-04-30');
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

const query = () => sqlOf(world.deps.orm.em.fork());

const chargeOf = (
  line: number,
  amountMinor: bigint,
  businessDate: string,
  over: Partial<Captured> = {},
): Captured => ({ ...market.registered, lineId: market.lines[line]!, amountMinor, businessDate, ...over });

const run = (job: string, work: JobWork, businessDate: string): Promise<RunOutcome> =>
  executeRun(world.deps, { job, businessDate, chunkSize: 1 }, work);
const fold = (businessDate: string, work: JobWork = foldCharges) => run('fold-charges', work, businessDate);
const close = (businessDate: string) => run('close-periods', closePeriods, businessDate);

const refund = (line: number, amountMinor: bigint, businessDate: string) => ({
  chargeId: ofApril[line]!,
  amountMinor,
  businessDate,
  period: businessDate.slice(0, 7),
});

async function invoicesOf(billingPeriod: string) {
  const rows = await query()
    .selectFrom('line_invoice')
    .select(['lineId', 'itemCount', 'totalMinor', 'number'])
    .where('billingPeriod', '=', billingPeriod)
    .orderBy('lineId')
    .execute();
  return rows.map((row) => [market.lines.indexOf(row.lineId), row.itemCount, row.totalMinor, row.number]);
}

const read = async ({ body }: DownloadedFile) => (Buffer.isBuffer(body) ? body : await buffer(body));

describe('invoices with refunds', () => {
  it('folds refunds in the chunks of the charges, and the same when it is killed and run again', async () => {
    await capture(world.deps, [
      chargeOf(0, 300n, '2026-05-10', market.unregistered),
      chargeOf(3, 50n, '2026-05-10'),
    ]);
    const ids = await recordRefunds(world.deps, [
      refund(0, 400n, '2026-05-10'),
      refund(1, 105n, '2026-05-10'),
      refund(1, 105n, '2026-05-10'),
      refund(1, 105n, '2026-05-10'),
    ]);
    const cutOff = fold('2026-05-10', (deps, handle) => {
      let chunks = 0;
      const beforeChunk = () => {
        chunks += 1;
        if (chunks > 2) throw new Error('power cut');
      };
      return foldCharges(deps, hookRun(handle, { beforeChunk }));
    });
    await assert.rejects(cutOff, /power cut/);
    const again = await fold('2026-05-10');
    assert.ok(again.kind === 'finished');
    assert.deepEqual(again.counts, { expected: 6, done: 6, skipped: 0, parked: 0 });
    assert.deepEqual(await invoicesOf('2026-05'), [
      [0, 2, -100n, null],
      [1, 3, -315n, null],
      [3, 1, 50n, null],
    ]);
    const item = await query()
      .selectFrom('invoice_item')
      .selectAll()
      .where('refundId', '=', ids[0]!)
      .executeTakeFirstOrThrow();
    assert.deepEqual(
      [item.chargeId, item.kind, item.description, item.amountMinor, item.taxRateBps, item.businessDate],
      [ofApril[0], 'refund', '映画、"春"', -400n, 1_000, '2026-05-10'],
    );
    assert.deepEqual([item.suppliedOn, item.chargePeriod], ['2026-04-10', '2026-04']);
  });

  it('folds a refund once: another night finds nothing left', async () => {
    const { counts } = (await fold('2026-05-11')) as RunOutcome & { kind: 'finished' };
    assert.deepEqual(counts, { expected: 0, done: 0, skipped: 0, parked: 0 });
  });

  it('finds a refund that was committed late, on a day without charges', async () => {
    await recordRefunds(world.deps, [refund(2, 80n, '2026-05-09')]);
    const { counts } = (await fold('2026-05-12')) as RunOutcome & { kind: 'finished' };
    assert.deepEqual(counts, { expected: 1, done: 1, skipped: 0, parked: 0 });
  });

  it('has a refund of the last second in the close, with negative invoices and taxes', async () => {
    await recordRefunds(world.deps, [refund(3, 107n, '2026-05-31')]);
    assert.equal((await close('2026-05-31')).kind, 'finished');
    assert.deepEqual(await invoicesOf('2026-05'), [
      [0, 2, -100n, '202605-31-0000001'],
      [1, 3, -315n, '202605-31-0000002'],
      [2, 1, -80n, '202605-31-0000003'],
      [3, 2, -57n, '202605-31-0000004'],
    ]);
    const taxes = await query()
      .selectFrom('line_invoice_tax')
      .select(['lineId', 'part', 'taxCode', 'totalMinor', 'taxMinor'])
      .where('billingPeriod', '=', '2026-05')
      .orderBy('lineId')
      .orderBy('part')
      .orderBy('taxCode')
      .execute();
    // A refund counts where its charge did: its company was registered when it supplied it, and is not any more.
    assert.deepEqual(
      taxes.map((tax) => [
        market.lines.indexOf(tax.lineId),
        tax.part,
        tax.taxCode,
        tax.totalMinor,
        tax.taxMinor,
      ]),
      [
        [0, 'registered', 'standard', -400n, -36n],
        [0, 'unregistered', 'standard', 300n, 27n],
        [1, 'registered', 'standard', -315n, -28n],
        [2, 'registered', 'standard', -80n, -7n],
        [3, 'unregistered', 'reduced', -107n, -7n],
        [3, 'unregistered', 'standard', 50n, 4n],
      ],
    );
    const period = await query()
      .selectFrom('billing_period')
      .select(['state', 'invoiceCount', 'itemCount', 'totalMinor'])
      .where('period', '=', '2026-05')
      .executeTakeFirst();
    assert.deepEqual(period, { state: 'closed', invoiceCount: 4, itemCount: 8, totalMinor: -552n });
  });

  it('reads every refund of a charge and a day, a page at a time', async () => {
    const invoice = {
      billingPeriod: '2026-05',
      closingGroup: 31,
      lineId: market.lines[1]!,
      holderFrom: '2026-01-01',
    } as const;
    for (const pageSize of [1, 2, 3, 500]) {
      const items = await Array.fromAsync(
        streamInvoiceItems(world.deps, invoice, { issuerNumber: 'T0', pageSize }),
      );
      assert.deepEqual(
        items.map(({ chargeId, amountMinor }) => [chargeId, amountMinor]),
        Array.from({ length: 3 }, () => [ofApril[1], -105n]),
      );
      assert.equal(new Set(items.map(({ refundId }) => refundId)).size, 3);
    }
  });

  it('prints them for the holder, who has the purchase and the period that they give back', async () => {
    const { id } = await makeSubscriber(world.deps, { lineId: market.lines[0]!, slot: 1 });
    const [lineId, holderFrom] = [market.lines[0]!, '2026-01-01'];
    const holder = signedIn({ subscriberId: id, lineId, holderFrom }, { isHolder: true });
    const key = { period: '2026-05', language: 'ja' } as const;
    const pdf = (await readPages(await read(await renderLineInvoice(world.deps, holder, key)))).join('\n');
    assert.match(pdf, /ご返金額/);
    assert.match(pdf, /元のご利用 2026年4月10日（2026年4月分）/);
    assert.match(pdf, /10%対象\s+10%\s+1\s+−400\s+−36/);
    const csv = (await read(await exportLineInvoiceCsv(world.deps, holder, key))).toString();
    const [head, ...rows]: string[][] = parse(csv.slice(1));
    assert.deepEqual(head?.slice(12), ['購入番号', '種別', 'ご返金日', '返金番号', '元のご請求月']);
    const refunded = rows.find((row) => row[13] === 'ご返金');
    assert.deepEqual(
      [refunded?.[2], refunded?.[10], refunded?.[12], refunded?.[14], refunded?.[16]],
      ['2026-04-10', '-400', publicId('charge', ofApril[0]!), '2026-05-10', '2026-04'],
    );
    assert.match(refunded?.[15] ?? '', /^rf_/);
    assert.equal(rows.find((row) => row[13] === 'ご利用')?.[14], '');
    assert.equal(rows.at(-1)?.[10], '-100');
  });

  it('plans partitions for refunds like for charges', async () => {
    await capture(world.deps, [chargeOf(5, 10n, '2026-06-02')]);
    await recordRefunds(
      world.deps,
      [0, 1, 2, 2, 3, 3].map((line) => refund(line, 10n, '2026-06-02')),
    );
    const key = { period: '2026-06', closingGroup: 31 as const };
    const periods = [{ key, unbilled: 7 }];
    const planned = await planFoldPartitions(world.deps, { periods, through: '2026-06-30', chunkSize: 1 });
    assert.deepEqual(
      planned.map(({ plan, expected }) => [plan.afterLine, plan.throughLine, expected]),
      [
        ['', market.lines[3], 6],
        [market.lines[3], '~', 1],
      ],
    );
    const { counts } = (await fold('2026-06-02')) as RunOutcome & { kind: 'finished' };
    assert.deepEqual(counts, { expected: 7, done: 7, skipped: 0, parked: 0 });
  });

  it('closes nothing when a refund is not in the ledger', async () => {
    const [id] = await recordRefunds(world.deps, [refund(0, 20n, '2026-06-20')]);
    await runAsOwner(world.database, 'DROP TRIGGER ledger_entry_stays');
    await runAsOwner(world.database, `DELETE FROM ledger_entry WHERE journal_id = '${id}'`);
    await assert.rejects(
      close('2026-06-30'),
      /ledger and refunds of company \d+: 4 of 40 in all and 5 of 60 in all/,
    );
  });
});
