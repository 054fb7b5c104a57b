import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { getComplaintRates } from '../../../src/watch/complaint-rate.queries.ts';
import { person } from '../../support/people.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

describe('the page of a company at the support desk', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  const open = (who: 'agent' | 'administrator' | 'lead' = 'agent') =>
    site.get(who, '/support/companies/{company}');
  const db = () => sqlOf(site.world.deps.orm.em.fork());

  it('says how a service is cancelled and its seller reached, and lists the open cases', async () => {
    const { text } = await open();
    const service = await db()
      .selectFrom('service as s')
      .innerJoin('company as c', 'c.id', 's.companyId')
      .select(['s.cancellation', 's.sellerTelephone', 's.contactEmail'])
      .where('c.code', '=', site.ids.company)
      .executeTakeFirstOrThrow();
    for (const shown of [service.cancellation, service.sellerTelephone, service.contactEmail, site.ids.case])
      assert.ok(text.includes(shown!), shown!);
    assert.match(text, /販売中/);
    assert.match(text, /対応中のお問い合わせ/);
  });

  it('is where search and purchase lead, and stays at the desk for who has no other console', async () => {
    const href = `/support/companies/${site.ids.company}`;
    for (const path of [`/support?q=${site.ids.company}`, '/support/charges/{charge}'])
      assert.ok((await site.get('agent', path)).text.includes(`href="${href}"`), path);
    assert.doesNotMatch((await open()).text, /\/billing\//);
    assert.match((await open('lead')).text, /\/billing\/companies\//);
  });

  it('shows cases and complaints to who reads cases alone', async () => {
    const { text } = await open('administrator');
    assert.doesNotMatch(text, /対応中のお問い合わせ|お申し出の割合/);
  });

  it('counts complaints and sales of the last 30 days up to yesterday, beside those of all others', async () => {
    const { deps, clock } = site.world;
    clock.advance(24 * 3_600_000);
    const rates = await getComplaintRates(deps, person('acct-1', 'agent'), { companyCode: site.ids.company });
    assert.deepEqual(rates.own, { caseCount: 1, chargeCount: 0, perMille: undefined });
    assert.deepEqual(rates.others, { caseCount: 0, chargeCount: 0, perMille: 0n });
    assert.equal(rates.through, '2026-05-14');
  });

  it('says that sales are suspended', async () => {
    await db()
      .updateTable('company')
      .set({ state: 'suspended' })
      .where('code', '=', site.ids.company)
      .execute();
    assert.match((await open()).text, /この会社の新しい販売は止められています/);
  });
});
