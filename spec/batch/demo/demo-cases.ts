import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { readZengin } from '../../payouts/read-zengin.ts';
import { foldInvoices, lastResults, sumMonths } from './fold-invoices.ts';
import { readTable } from './recompute.ts';
import type { Row } from './recompute-support.ts';

const cells = (row: Row | undefined, ...names: string[]) => names.map((name) => row?.[name]);

/** States that the world has each case that is easy to get wrong: found in what it was made of, and seen in what came of it. */
export function showEveryCase(folders: () => readonly string[]): void {
  const table = (name: string) => readTable(folders()[0]!, name);

  it('has an assigned company without tax on its fee, a set-up fee, a carried minimum and a borne transfer', async () => {
    const [terms, settled] = [await table('terms'), await table('settlements')];
    const codesWith = (column: string, value: string) =>
      terms.filter((row) => row[column] === value).map((row) => row['company']);
    assert.deepEqual(codesWith('fee_taxable', 'no'), ['ichibanboshi', 'nagisa']);
    assert.deepEqual(codesWith('legal_model', 'assignment'), ['ichibanboshi', 'nagisa']);
    assert.deepEqual(codesWith('fee_bearer', 'company'), ['sazanami']);
    assert.deepEqual(codesWith('basis', 'collected'), ['hakoniwa']);
    const of = (company: string) => settled.filter((row) => row['company'] === company);
    assert.ok(of('ichibanboshi').some((row) => row['fee_ex_tax'] !== '0' && row['fee_tax'] === '0'));
    const setUp = of('unkai').filter((row) => row['set_up_fee'] !== '0');
    assert.deepEqual(
      setUp.map((row) => cells(row, 'billing_period', 'set_up_fee', 'set_up_tax')),
      [['2026-04', '3000', '300']],
    );
    assert.ok(of('tsukikage').some((row) => row['payout'] === '0' && Number(row['carried_out']) > 0));
    assert.ok(of('sazanami').some((row) => row['transfer_fee'] === '220'));
  });

  it('has a refund to zero within a period, invoices below zero, and a line with a refund only', async () => {
    const [charges, refunds] = [await table('charges'), await table('refunds')];
    const folded = foldInvoices(charges, refunds);
    const found = await table('invoices');
    const written = (wanted: (invoice: (typeof folded)[number]) => boolean) =>
      folded.filter(wanted).map(({ key, total, items }) => {
        const row = found.find(
          (one) => [one['billing_period'], one['line_id'], one['holder_from']].join('|') === key,
        );
        assert.deepEqual(cells(row, 'total', 'item_count'), [String(total), String(items)], key);
        return items;
      });
    assert.deepEqual(
      written(({ total, charged }) => total === 0n && charged > 0),
      [2],
    );
    assert.deepEqual(
      written(({ charged }) => charged === 0),
      [1],
    );
    assert.deepEqual(
      written(({ total, charged }) => total < 0n && charged > 0),
      [4],
    );
  });

  it('has a part given back across a close, and a settlement that refunds make negative', async () => {
    const [charges, refunds] = [await table('charges'), await table('refunds')];
    const chargeOf = (refund: Row) => charges.find((row) => row['charge_id'] === refund['charge_id'])!;
    const across = refunds.filter((row) => row['billing_period'] !== chargeOf(row)['billing_period']);
    const parts = across.filter((row) => Number(row['amount']) < Number(chargeOf(row)['amount']));
    assert.deepEqual(
      parts.map((row) => cells(row, 'company', 'kind')),
      [['sazanami', 'invoice']],
    );
    const negative = sumMonths(charges, refunds).filter(({ billed, refunded }) => refunded > billed);
    assert.ok(negative.some(({ key }) => key === '2026-05|komorebi'));
    const settled = await table('settlements');
    for (const { key, billed, refunded } of negative) {
      const row = settled.find((one) => `${one['billing_period']}|${one['company']}` === key);
      const figures = ['0', '0', String(billed - refunded)];
      assert.deepEqual(cells(row, 'fee_ex_tax', 'payout', 'carried_out'), figures, key);
    }
  });

  it('claws back what is not collected of invoices over three companies, to the yen, and returns what comes later', async () => {
    const clawbacks = await table('clawbacks');
    // The invoice that is never collected: each company loses what it charged on it.
    const lost = (await table('collections')).find(
      (row) => row['result'] === 'uncollected' && row['billing_period'] === '2026-05',
    )!;
    const charges = await table('charges');
    const unpaid = (company: string) =>
      charges.find(
        (row) =>
          ['billing_period', 'line_id'].every((name) => row[name] === lost[name]) &&
          row['company'] === company,
      )!['amount']!;
    const columns = ['company', 'original_period', 'settled_period', 'kind', 'amount'];
    const expected = [
      'hakoniwa 2026-04 2026-04 clawback 101',
      'hakoniwa 2026-04 2026-04 clawback 540',
      'hakoniwa 2026-04 2026-04 recovery 61',
      'hakoniwa 2026-05 2026-05 clawback 101',
      `hakoniwa 2026-05 2026-05 clawback ${unpaid('hakoniwa')}`,
      'hakoniwa 2026-05 2026-05 recovery 101',
      'kotonoha 2026-04 2026-05 clawback 150',
      'kotonoha 2026-04 2026-05 recovery 90',
      'kotonoha 2026-05 2026-06 clawback 150',
      'kotonoha 2026-05 2026-06 recovery 150',
      `kotonoha 2026-05 2026-07 clawback ${unpaid('kotonoha')}`,
      'sazanami 2026-04 2026-05 clawback 249',
      'sazanami 2026-04 2026-05 recovery 149',
      'sazanami 2026-05 2026-06 clawback 249',
      'sazanami 2026-05 2026-06 recovery 249',
    ];
    assert.deepEqual(clawbacks.map((row) => cells(row, ...columns).join(' ')).sort(), expected.toSorted());
    const settled = await table('settlements');
    const of = (company: string, period: string) =>
      settled.find((row) => row['company'] === company && row['billing_period'] === period);
    const recourse = ['clawbacks', 'recoveries', 'state'];
    assert.deepEqual(cells(of('kotonoha', '2026-06'), ...recourse), ['150', '150', 'paid']);
    const withheld = String(101n + BigInt(unpaid('hakoniwa')));
    assert.deepEqual(cells(of('hakoniwa', '2026-05'), ...recourse), [withheld, '101', 'paid']);
  });

  it('has a result for every invoice of the month and the month after, one tried again and one against it', async () => {
    const [invoices, collections] = [await table('invoices'), await table('collections')];
    const last = lastResults(collections);
    for (const row of invoices) {
      const isAwaited = row['billing_period']! <= '2026-06' && Number(row['total']) > 0;
      assert.equal(last.has(row['invoice_number']!), isAwaited, row['invoice_number']!);
    }
    const stories = [...Map.groupBy(collections, (row) => row['invoice_number']!).values()]
      .filter(([first]) => first!['billing_period'] === '2026-05')
      .map((rows) => rows.map((row) => row['result']).join(' '));
    assert.deepEqual([...new Set(stories)].sort(), [
      'collected',
      'partial collected',
      'pending collected',
      'uncollected',
    ]);
  });

  it('pays what is settled, what the bank has returned, and a refund to a former holder once it is collected', async () => {
    const settled = await table('settlements');
    const names = (await readdir(join(folders()[0]!, 'payouts'))).sort();
    const files = await Promise.all(
      names.map(async (name) => readZengin(await readFile(join(folders()[0]!, 'payouts', name)))),
    );
    const transfers = files.flatMap((file) => [...file.transfers]);
    const paid = settled.filter((row) => row['state'] === 'paid');
    assert.deepEqual(
      settled.filter((row) => row['payout'] !== '0' && row['billing_period']! <= '2026-06'),
      paid,
    );
    const returned = paid.find(
      (row) => row['company'] === 'sazanami' && row['billing_period'] === '2026-04',
    )!;
    const byBank = (await table('refunds')).filter((row) => row['kind'] === 'bank');
    assert.equal(byBank.length, 1);
    assert.deepEqual(
      transfers.map(({ amount }) => String(amount)).sort(),
      [...[...paid, returned].map((row) => row['payout']!), byBank[0]!['amount']!].sort(),
    );
    const tried = transfers.filter(({ amount }) => String(amount) === returned['payout']);
    assert.equal(new Set(tried.map(({ accountNumber }) => accountNumber)).size, 2);
    const charge = (await table('charges')).find((row) => row['charge_id'] === byBank[0]!['charge_id'])!;
    const result = [...lastResults(await table('collections')).values()].find((row) =>
      ['billing_period', 'line_id', 'holder_from'].every((name) => row[name] === charge[name]),
    );
    assert.equal(result?.['result'], 'collected');
    assert.ok(transfers.some(({ accountNumber }) => accountNumber === '7654321'));
  });

  it('writes the same files for the bank for the same seed', async () => {
    const [names, again] = await Promise.all(folders().map((folder) => readdir(join(folder, 'payouts'))));
    assert.deepEqual(names!.toSorted(), again!.toSorted());
    for (const name of names!) {
      const [one, other] = await Promise.all(
        folders().map((folder) => readFile(join(folder, 'payouts', name))),
      );
      assert.ok(one!.equals(other!), name);
    }
  });
}
