import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { staffRoles, type StaffRole } from '../../../src/access/permissions.ts';
import { makeAccount } from '../../support/accounts.ts';
import { PageClient } from '../../support/page-client.ts';
import { openAccountsSite, type AccountsSite } from '../accounts/accounts-site.ts';

const landing: Readonly<Record<StaffRole, string>> = {
  agent: '/support',
  lead: '/support',
  billing: '/billing',
  'billing-approver': '/billing',
  administrator: '/billing',
  auditor: '/billing',
};

describe('the console of billing', () => {
  let site: AccountsSite;
  before(async () => void (site = await openAccountsSite()));
  after(() => site.close());

  for (const role of staffRoles) {
    it(`is where a person goes after signing in: ${role} to ${landing[role]}`, async () => {
      const { account } = await makeAccount(site.world.deps, { roles: [role] });
      const client = new PageClient();
      const reply = await site.enter(client, account);
      assert.deepEqual([reply.status, reply.location], [303, landing[role]]);
      const page = await client.get(site.origins.staff + landing[role]);
      assert.equal(page.status, 200);
      const home = await client.get(site.at('staff', ''));
      assert.equal(home.text.includes('href="/billing"'), role !== 'agent');
    });
  }

  it('leads to the sign-in of staff, and back', async () => {
    const { account } = await makeAccount(site.world.deps, { roles: ['auditor'] });
    const client = new PageClient();
    const closed = await client.get(`${site.origins.staff}/billing`);
    assert.equal(closed.location, '/staff/sign-in?next=%2Fbilling');
    assert.equal((await site.enter(client, account)).location, '/billing');
    const { text } = await client.get(`${site.origins.staff}/billing`);
    assert.match(text, /<a class="sign-out-person" href="\/staff\/account">/);
    assert.match(text, /<nav class="side"/);
  });

  it('is not on the public listener', async () => {
    assert.equal((await new PageClient().get(`${site.origins.company}/billing`)).status, 404);
  });
});
