import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { memorandumAccounts, readChart } from '../../config/chart-of-accounts.ts';
import { parseConfig } from '../../config/config.ts';
import { carrierAccounts } from '../../src/ledger/accounts.ts';
import { entryKinds } from '../../src/ledger/ledger-entry.entity.ts';

let folder: string;
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'chart-'))));
after(() => rm(folder, { recursive: true }));

async function chartOf(content: string) {
  const file = join(folder, 'chart.json');
  await writeFile(file, content);
  return readChart(file);
}

const builtIn = () => {
  const read = readChart(undefined);
  assert.ok('chart' in read);
  return read.chart;
};

describe('the chart of accounts', () => {
  it('has every account of the ledger and every kind of entry, but those of memoranda', () => {
    const memoranda: readonly string[] = memorandumAccounts;
    const accounts = [...carrierAccounts.filter((name) => !memoranda.includes(name)), 'company-payable'];
    assert.deepEqual(Object.keys(builtIn().accounts).toSorted(), accounts.toSorted());
    const reserved = new Set(['authorization', 'release', 'cancellation', 'expiry']);
    assert.deepEqual(
      Object.keys(builtIn().kinds).toSorted(),
      entryKinds.filter((kind) => !reserved.has(kind)).toSorted(),
    );
  });

  it('takes codes and names of a file, and keeps the built-in ones that it leaves out', async () => {
    const cash = { code: '1110', name: '普通預金', nameEn: 'Bank' };
    const read = await chartOf(JSON.stringify({ accounts: { cash } }));
    assert.ok('chart' in read);
    assert.deepEqual(read.chart.accounts.cash, cash);
    assert.deepEqual(read.chart.accounts.bank, builtIn().accounts.bank);
    const config = parseConfig({ CHART_OF_ACCOUNTS: join(folder, 'chart.json') });
    assert.equal(config.chartOfAccounts.accounts.cash.code, '1110');
  });

  const faulty = [
    ['{', /is no JSON/],
    ['[]', /must have an object/],
    ['{"account": {}}', /has account, which is neither/],
    ['{"accounts": []}', /accounts must be an object/],
    ['{"accounts": {"cahs": {}}}', /accounts has cahs, which the ledger does not have/],
    ['{"accounts": {"toString": {}}}', /accounts has toString/],
    [
      '{"accounts": {"cash": {"code": "1", "name": "", "nameEn": "x"}}}',
      /accounts\.cash\.name must be a text/,
    ],
    [
      '{"accounts": {"cash": {"code": 1, "name": "x", "nameEn": "x"}}}',
      /accounts\.cash\.code must be a text/,
    ],
    ['{"kinds": {"capture": {"text": "x"}}}', /kinds\.capture\.textEn must be a text/],
    ['{"kinds": {"capture": {"text": "x", "textEn": "x", "code": "1"}}}', /has code, which is none of/],
  ] as const;
  for (const [content, fault] of faulty)
    it(`names the fault of ${content}`, async () => {
      const read = await chartOf(content);
      assert.ok('faults' in read);
      assert.match(read.faults.join(), fault);
      assert.match(read.faults.join(), /^CHART_OF_ACCOUNTS /);
      assert.throws(
        () => parseConfig({ CHART_OF_ACCOUNTS: join(folder, 'chart.json') }),
        /CHART_OF_ACCOUNTS/,
      );
    });

  it('names a file that is not there', () => {
    assert.match(JSON.stringify(readChart(join(folder, 'none.json'))), /must name a readable file/);
  });
});
