import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setSecondFactorRule } from '../../../src/companies/set-second-factor-rule.ts';
import { makeAccount } from '../../support/accounts.ts';
import { makeCompany } from '../../support/factories.ts';
import { PageClient } from '../../support/page-client.ts';
import { person } from '../../support/people.ts';
import { openAccountsSite, type AccountsSite } from './accounts-site.ts';

describe('a company whose contract asks for no second factor', () => {
  let site: AccountsSite;
  before(async () => void (site = await openAccountsSite()));
  after(() => site.close());

  const at = (path: string) => site.at('company', path);
  const setRule = (companyCode: string, isRequired: boolean) =>
    setSecondFactorRule(site.world.deps, person('admin', 'administrator'), { companyCode, isRequired });
  const newMember = async () => {
    const { code } = await makeCompany(site.world.deps);
    await setRule(code, false);
    const { account } = await makeAccount(site.world.deps, { companyCode: code });
    return { code, account };
  };

  it('lets its people in by the password, advises a factor, and asks for it once there is one', async () => {
    const { account } = await newMember();
    const client = new PageClient();
    assert.equal((await site.signIn(client, account)).location, '/company');
    const home = await client.get(at(''));
    assert.equal(home.status, 200);
    assert.match(home.text, /パスワードだけで保護されています/);
    assert.equal((await client.get(at('/enrolment/app'))).status, 200, 'a first factor needs no fresh one');
    const codes = await site.post(client, at('/account'), {}, at('/account/recovery-codes'));
    assert.notEqual(codes.status, 200, 'there is nothing that codes could replace');
    assert.match((await client.get(at('/step-up'))).text, /2段階認証がまだ登録されていません/);
  });

  it('signs them out once the contract asks for one', async () => {
    const { code, account } = await newMember();
    const client = new PageClient();
    await site.signIn(client, account);
    assert.equal((await client.get(at(''))).status, 200);
    await setRule(code, true);
    assert.equal((await client.get(at(''))).location, '/company/sign-in?next=%2Fcompany');
    assert.equal((await site.signIn(client, account)).location, '/company/enrolment');
  });
});
