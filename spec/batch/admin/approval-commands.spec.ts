import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { enterFirstAccount } from '../../../src/bank-accounts/enter-first-account.ts';
import type { Deps } from '../../../src/deps.ts';
import { makeCompany } from '../../support/factories.ts';
import { hanako } from '../../support/people.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';

const ACCOUNT = [
  '--bank-code',
  '9999',
  '--bank-name',
  'ミホン',
  '--branch-code',
  '001',
  '--branch-name',
  'ホンテン',
];

describe('approvals on the command line', () => {
  let world: World;
  let code: string;
  before(async () => {
    world = await createWorld();
  });
  after(() => world.close());
  beforeEach(async () => {
    ({ code } = await makeCompany(world.deps));
  });

  const type = (words: string, deps: Deps = world.deps) => typeCommand(deps, words.split(' '));
  const typed = async (words: string) => {
    const { code: exitCode, error, out } = await type(words);
    assert.equal(exitCode, 0, error);
    return out;
  };
  const account = (number: string) =>
    `--company ${code} ${ACCOUNT.join(' ')} --account-number ${number} --account-holder カ）シノノメ`;
  const propose = async (number: string) => {
    const out = await typed(`bank-account propose ${account(number)} --reason letter --as hanako --json`);
    return (JSON.parse(out) as { approval: string }).approval;
  };

  it('say what would change, and change nothing until another person approves', async () => {
    await typed(`bank-account enter ${account('1234567')} --as hanako`);
    const out = await typed(`bank-account propose ${account('7654321')} --reason letter --as hanako`);
    assert.match(out, /Account number: 1234567 → 7654321/);
    assert.match(out, /staff:hanako/);
    assert.match(out, /Nothing has changed yet/);
    const approval = /ap_\w{26}/.exec(out)![0];
    for (const subject of [`company show --company ${code}`, `bank-account list --company ${code}`]) {
      assert.match(
        await typed(subject),
        new RegExp(`${approval} .*staff:hanako, is pending until 2026-05-24`),
      );
    }
    const own = await type(`approval approve --approval ${approval} --as hanako`);
    assert.match(own.error, /approval-own/);
    assert.match(await typed(`approval list --company ${code}`), new RegExp(approval));
    assert.match(await typed(`approval approve --approval ${approval} --as jiro`), /executed/);
    const [paid] = JSON.parse(await typed(`bank-account list --company ${code} --json`)) as [object];
    assert.deepEqual(
      { ...paid, since: undefined },
      {
        version: 2,
        bankCode: '9999',
        bankName: 'ミホン',
        branchCode: '001',
        branchName: 'ホンテン',
        accountType: 'ordinary',
        accountNumber: '7654321',
        accountHolder: 'カ）シノノメ',
        since: undefined,
        approval,
      },
    );
    assert.doesNotMatch(await typed(`company show --company ${code}`), /pending until/);
  });

  it('conclude and end a contract, and withdraw or reject a proposal', async () => {
    await typed(`bank-account enter ${account('1234567')} --as hanako`);
    const proposed = `contract propose --company ${code} --tariff flets-2012 --valid-from 2026-04-01 --reason signed --as hanako`;
    const first = /ap_\w{26}/.exec(await typed(proposed))![0];
    const note = '--note not-signed';
    assert.match(await typed(`approval reject --approval ${first} ${note} --as jiro`), /rejected/);
    assert.match(await typed(`approval show --approval ${first}`), /not-signed/);
    const second = /ap_\w{26}/.exec(await typed(proposed))![0];
    await typed(`approval approve --approval ${second} --as jiro`);
    const contracts = await typed(`contract list --company ${code}`);
    assert.match(contracts, /2026-04-01/);
    const end = `contract propose-end --company ${code} --valid-from 2026-04-01 --valid-to 2027-04-01`;
    const third = /ap_\w{26}/.exec(await typed(`${end} --reason over --as hanako`))![0];
    assert.match(await typed(`contract list --company ${code}`), new RegExp(`${third} \\(contract.end\\)`));
    await typed(`approval reject --approval ${third} --as hanako`);
    assert.doesNotMatch(await typed(`contract list --company ${code}`), /2027-04-01/);
  });

  it('refuse a second account by one person, and name the options of what is wrong', async () => {
    await typed(`bank-account enter ${account('1234567')} --as hanako`);
    const again = await type(`bank-account enter ${account('7654321')} --as hanako`);
    assert.deepEqual([again.code, /approval-required/.test(again.error)], [1, true]);
    const wrong = await type(`bank-account propose ${account('1')} --reason letter --as hanako`);
    assert.match(wrong.error, /--account-number must be 7 digits/);
  });

  it('leave the first account and the first contract to one person, so that a carrier can start in production', async () => {
    const { deps } = world;
    const production: Deps = { ...deps, config: { ...deps.config, mode: 'production' } };
    const contract = (month: string) =>
      type(
        `contract create --company ${code} --tariff flets-2012 --valid-from ${month}-01 --valid-to 2027-04-01 --as hanako`,
        production,
      );
    assert.match((await contract('2026-04')).error, /bank-account-missing/);
    const bare = await type(`bank-account enter ${account('1234567')} --as hanako`, production);
    assert.match(bare.error, /needs an account with a second factor/);
    const first = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
    const further = {
      accountType: 'ordinary',
      accountNumber: '1234567',
      accountHolder: 'カ）シノノメ',
    } as const;
    await enterFirstAccount(production, hanako, { companyCode: code, ...first, ...further });
    assert.equal((await contract('2026-04')).code, 0);
    assert.match((await contract('2027-04')).error, /approval-required/);
    const end = `contract end --company ${code} --valid-from 2026-04-01 --valid-to 2026-07-01 --as hanako`;
    assert.match((await type(end, production)).error, /approval-required/);
  });

  it('are refused in production, where a name proves nothing', async () => {
    const approval = await propose('1234567');
    const { deps } = world;
    const production: Deps = { ...deps, config: { ...deps.config, mode: 'production' } };
    for (const words of [
      `bank-account propose ${account('7654321')} --reason letter --as hanako`,
      `approval approve --approval ${approval} --as jiro`,
      `approval reject --approval ${approval} --as jiro`,
    ]) {
      const { code: exitCode, error } = await type(words, production);
      assert.equal(exitCode, 1);
      assert.match(error, /needs an account with a second factor/);
    }
    assert.match(await typed(`approval show --approval ${approval}`), /pending/);
  });
});
