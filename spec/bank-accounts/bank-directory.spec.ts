import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkBankIsListed, findBankNames } from '../../src/bank-accounts/bank-directory.ts';
import banks from 'zengin-code';

const config = { payouts: { originator: undefined, unlistedBanks: ['9999'] } };
const refusal = (branch: { bankCode: string; branchCode: string }) =>
  checkBankIsListed(config, branch).then(
    () => undefined,
    (problem: { detail: string }) => problem.detail,
  );

describe('the directory of banks', () => {
  it('refuses a bank or a branch that it does not list, with the field', async () => {
    assert.equal(await refusal({ bankCode: '0001', branchCode: '001' }), undefined);
    assert.match((await refusal({ bankCode: '9998', branchCode: '001' }))!, /^bankCode is not known: 9998/);
    assert.match((await refusal({ bankCode: '0001', branchCode: '002' }))!, /^branchCode is not known: 002/);
  });

  it('accepts a bank code of the setting, with any branch', async () => {
    assert.equal(await refusal({ bankCode: '9999', branchCode: '123' }), undefined);
  });

  it('names a branch as the payout file does, and none that it does not list', async () => {
    const mizuho = { bankName: 'ﾐｽﾞﾎ', branchName: 'ﾄｳｷﾖｳ' };
    assert.deepEqual(await findBankNames({ bankCode: '0001', branchCode: '001' }), mizuho);
    assert.equal(await findBankNames({ bankCode: '9999', branchCode: '001' }), undefined);
    assert.equal(await findBankNames({ bankCode: 'constructor', branchCode: '001' }), undefined);
  });

  it('has a name of 15 bytes for each of its banks and branches', async () => {
    let names = 0;
    for (const [bankCode, { branches }] of Object.entries(banks)) {
      for (const branchCode of Object.keys(branches)) {
        const found = (await findBankNames({ bankCode, branchCode }))!;
        for (const name of Object.values(found) as string[]) assert.match(name, /^[ｱ-ﾝﾞﾟA-Z0-9-]{1,15}$/);
        names += 1;
      }
    }
    assert.ok(names > 20_000, `${names} branches`);
  });
});
