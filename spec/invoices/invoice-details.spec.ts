import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { exportInvoiceDetails } from '../../src/invoices/export-invoice-details.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { tamper } from '../invariants/tamper.ts';
import { createWorld, type World } from '../support/world.ts';
import { capture, makeMarket, type Captured } from './captured-charges.ts';
import { staff } from '../support/actors.ts';

type Row = Record<string, string>;
const period = {
  period: '2026-05',
  closingGroup: 31,
  closesOn: '2026-05-31',
  issueOn: '2026-06-13',
  dueOn: '2026-06-30',
  invoiceFormat: 4,
} as const;

describe('the invoice details for the carrier', () => {
  let world: World;
  let filesDir: string;
  let sold: Captured[];
  let rows: Row[];

  before(async () => {
    filesDir = await mkdtemp(join(tmpdir(), 'tabane-details-'));
    world = await createWorld({ FILES_DIR: filesDir });
    world.clock.set(new Date('2026-06-01T00:00:00.000Z'));
    const market = await makeMarket(world.deps, { lineCount: 40 });
    const moved = {
      lineId: market.lines[0]!,
      validFrom: '2026-05-16',
      validTo: null,
      birthDate: null,
      email: null,
    };
    await sqlOf(world.deps.orm.em.fork())
      .insertInto('line_holder')
      .values({ ...moved, holder: '新保有者', updatedAt: world.clock.now() })
      .execute();
    sold = Array.from({ length: 300 }, (_, n) => ({
      ...(n % 4 === 0 ? market.unregistered : market.registered),
      lineId: market.lines[(n * 7) % 40]!,
      amountMinor: BigInt(100 + ((n * 37) % 900)),
      businessDate: `2026-05-${String((n % 31) + 1).padStart(2, '0')}`,
      taxCode: n % 5 === 0 ? ('reduced' as const) : ('standard' as const),
      holderFrom: (n * 7) % 40 === 0 && (n % 31) + 1 >= 16 ? '2026-05-16' : '2026-01-01',
      late: n === 7,
    }));
    await capture(world.deps, sold);
    await executeRun(world.deps, { job: 'close-periods', businessDate: '2026-05-31' }, closePeriods);
    rows = parse(await readFile(join(filesDir, 'invoices', '2026-05-31.csv')), { columns: true });
  });
  after(async () => {
    await world.close();
    await rm(filesDir, { recursive: true });
  });

  const of = (record: string) => rows.filter((row) => row['record'] === record);
  const sum = (of: readonly Row[], column = 'amount') =>
    of.reduce((total, row) => total + BigInt(row[column] ?? ''), 0n);

  it('hold every captured charge once, with its amount', () => {
    assert.equal(of('item').length, sold.length);
    assert.equal(new Set(of('item').map((row) => row['charge_id'])).size, sold.length);
    for (const row of of('item')) assert.match(row['charge_id'] ?? '', /^ch_01/);
    assert.equal(
      sum(of('item')),
      sold.reduce((total, { amountMinor }) => total + amountMinor, 0n),
    );
  });

  it('hold one invoice per tenure, numbered in the order of lines and tenures, with the total and count of its items', () => {
    const tenures = [...new Set(sold.map(({ lineId, holderFrom }) => `${lineId} ${holderFrom}`))].sort();
    assert.deepEqual(
      of('invoice').map((row) => [`${row['line_id']} ${row['holder_from']}`, row['invoice_number']]),
      tenures.map((tenure, n) => [tenure, `202605-31-${String(n + 1).padStart(7, '0')}`]),
    );
    assert.equal(
      tenures.length,
      new Set(sold.map(({ lineId }) => lineId)).size + 1,
      'one line changed hands',
    );
    for (const invoice of of('invoice')) {
      const items = of('item').filter((row) => row['invoice_number'] === invoice['invoice_number']);
      assert.equal(invoice['amount'], String(sum(items)));
      assert.equal(invoice['item_no'], String(items.length));
      assert.deepEqual(
        items.map((row) => row['item_no']),
        items.map((_, n) => String(n + 1)),
      );
    }
  });

  it('hold totals per part and rate, with the tax rounded once, as recomputed from the charges', () => {
    const totals = new Map<string, bigint>();
    for (const { lineId, holderFrom, companyId, taxCode = 'standard', amountMinor } of sold) {
      const part = companyId === sold[0]!.companyId ? 'unregistered' : 'registered';
      const key = `${lineId} ${holderFrom} ${part} ${taxCode} ${taxCode === 'standard' ? 10 : 8}`;
      totals.set(key, (totals.get(key) ?? 0n) + amountMinor);
    }
    const found = of('total').map((row) => [
      `${row['line_id']} ${row['holder_from']} ${row['part']} ${row['tax_code']} ${row['tax_rate_percent']}`,
      `${row['amount']} ${row['tax']}`,
    ]);
    const expected = [...totals].map(([key, total]) => {
      const rate = BigInt(String(key.split(' ').at(-1)));
      return [key, `${total} ${(total * rate) / (100n + rate)}`];
    });
    assert.equal(found.length, expected.length);
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
  });

  it('bill each holder of a line that changed hands apart, by name and first day, in every row', () => {
    const [former, next] = of('invoice');
    assert.equal(former?.['line_id'], next?.['line_id']);
    assert.deepEqual([former?.['holder'], former?.['holder_from']], ['保有者1', '2026-01-01']);
    assert.deepEqual([next?.['holder'], next?.['holder_from']], ['新保有者', '2026-05-16']);
    const ofLine = rows.filter((row) => row['line_id'] === former?.['line_id']);
    for (const row of ofLine) {
      const invoice = row['invoice_number'] === next?.['invoice_number'] ? next : former;
      assert.equal(row['holder_from'], invoice?.['holder_from']);
      if (row['record'] === 'total') continue;
      assert.equal(row['holder'], invoice?.['holder']);
      if (row['record'] === 'item')
        assert.equal(String(row['supplied_on']) < '2026-05-16', invoice === former);
    }
  });

  it('bear issuer, dates, marks for reduced rates and late charges, and the number of registered suppliers only', () => {
    const invoice = of('invoice')[0];
    assert.deepEqual(
      [
        invoice?.['closing_date'],
        invoice?.['issue_date'],
        invoice?.['due_date'],
        invoice?.['registration_number'],
      ],
      ['2026-05-31', '2026-06-13', '2026-06-30', world.config.carrier.registrationNumber],
    );
    for (const item of of('item')) {
      assert.equal(item['reduced_rate_mark'], item['tax_code'] === 'reduced' ? '※' : '');
      assert.equal(item['registration_number'], item['company'] === '登録商店' ? 'T4011001098993' : '');
      assert.equal(item['description'], '映画、"春"');
    }
    assert.equal(of('item').filter((row) => row['late'] === '1').length, 1);
  });

  /** Of the period as closed, as if it had been closed with other bytes; twice, and it is as it was. */
  const reverseChecksum = () =>
    tamper(
      world.deps,
      'billing_period',
      `UPDATE billing_period SET checksum = REVERSE(checksum) WHERE period = '2026-05' AND closing_group = 31`,
    );

  it('are written again with the same bytes, and nothing half-written stays', async () => {
    const path = join(filesDir, 'invoices', '2026-05-31.csv');
    const before = await readFile(path);
    await writeFile(`${path}.cut-off.part`, 'what a writer left that was cut off');
    const { checksum } = await exportInvoiceDetails(world.deps, period);
    assert.deepEqual(await readFile(path), before);
    const row = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('billing_period')
      .select('checksum')
      .where('closingGroup', '=', 31)
      .where('period', '=', '2026-05')
      .executeTakeFirst();
    assert.equal(row?.checksum, checksum);
    assert.deepEqual(await readdir(join(filesDir, 'invoices')), ['2026-05-31.csv']);
  });

  it('come back with the same bytes when the file was lost, of a closed period only', async () => {
    const path = join(filesDir, 'invoices', '2026-05-31.csv');
    const before = await readFile(path);
    await rm(path);
    assert.equal(
      (await exportAgain(world.deps, staff(), { period: '2026-05', closingGroup: 31 })).path,
      path,
    );
    assert.deepEqual(await readFile(path), before);
    const open = exportAgain(world.deps, staff(), { period: '2027-01', closingGroup: 31 });
    await assert.rejects(open, { code: 'illegal-state' });
  });

  it('leave the file alone, and what others are writing, when they would not be those of the close', async () => {
    const path = join(filesDir, 'invoices', '2026-05-31.csv');
    const before = await readFile(path);
    await writeFile(path, 'what the carrier was sent');
    await writeFile(`${path}.other.part`, 'what another is writing');
    await reverseChecksum();
    const other = exportAgain(world.deps, staff(), { period: '2026-05', closingGroup: 31 });
    await assert.rejects(other, {
      code: 'invariant-broken',
      message: `2026-05/end would not be what it was closed with, so nothing was written and ${path} is as it was; see npm run admin -- verify.`,
    });
    assert.equal(await readFile(path, 'utf8'), 'what the carrier was sent');
    assert.deepEqual((await readdir(join(filesDir, 'invoices'))).sort(), [
      '2026-05-31.csv',
      '2026-05-31.csv.other.part',
    ]);

    await reverseChecksum();
    await exportAgain(world.deps, staff(), { period: '2026-05', closingGroup: 31 });
    assert.deepEqual(await readFile(path), before);
    assert.equal(await readFile(`${path}.other.part`, 'utf8'), 'what another is writing');
    await rm(`${path}.other.part`);
  });

  it('do not come to be when the file was lost and they would not be those of the close', async () => {
    const path = join(filesDir, 'invoices', '2026-05-31.csv');
    const before = await readFile(path);
    await rm(path);
    await reverseChecksum();
    const other = exportAgain(world.deps, staff(), { period: '2026-05', closingGroup: 31 });
    await assert.rejects(other, { code: 'invariant-broken' });
    assert.deepEqual(await readdir(join(filesDir, 'invoices')), []);
    await reverseChecksum();
    await writeFile(path, before);
  });

  it('stay as they were when they cannot be written to the end', async () => {
    const path = join(filesDir, 'invoices', '2026-05-31.csv');
    const before = await readFile(path);
    const loseService = () =>
      tamper(
        world.deps,
        'closed_period_party',
        `UPDATE closed_period_party SET party_id = 100000 - party_id WHERE kind = 'service' ORDER BY party_id LIMIT 1`,
      );
    await loseService();
    await assert.rejects(exportInvoiceDetails(world.deps, period), /the supplier of charge .* is not known/);
    assert.deepEqual(await readFile(path), before);
    assert.deepEqual(await readdir(join(filesDir, 'invoices')), ['2026-05-31.csv']);
  });
});
