import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { LIVE_CHECK_LIMIT } from '../../../src/portal/live-check-limit.ts';
import type { ScriptedLineCheck } from '../../support/checkout-site.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

const path = '/support/lines/{line}/check';
const address = '192.0.2.10';

describe('the line check of the support desk', () => {
  let site: SupportSite;
  let lineCheck: ScriptedLineCheck;
  before(async () => {
    site = await openSupportSite();
    lineCheck = site.lineCheck;
  });
  after(() => site.close());

  const auditRows = async () =>
    await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('facts')
      .where('action', '=', 'line.check')
      .orderBy('id')
      .execute();

  it('shows which server answered and how, and leaves an audit row without the address', async () => {
    const { status, text } = await site.send('agent', path, { address });
    assert.equal(status, 200);
    assert.match(text, /回線と一致/);
    assert.match(text, /127\.0\.0\.1:1812/);
    assert.match(text, /ミリ秒/);
    assert.deepEqual(lineCheck.asked.at(-1), { lineId: site.ids.line, address });
    const [{ facts }] = (await auditRows()) as [{ facts: Record<string, unknown> }];
    assert.equal(facts['kind'], 'accepted');
    assert.doesNotMatch(JSON.stringify(facts), /192\.0\.2\.10/);
  });

  it('says what a refusal and a silence mean', async () => {
    lineCheck.outcome = { kind: 'refused', reason: 'rejected', server: '192.0.2.53:1812' };
    const refused = await site.send('agent', path, { address });
    assert.match(refused.text, /一致しません/);
    assert.match(refused.text, /192\.0\.2\.53:1812/);
    lineCheck.outcome = { kind: 'unknown', reason: 'timeout' };
    assert.match((await site.send('agent', path, { address })).text, /時間内に回答がありませんでした/);
  });

  it('asks no server about what is no address', async () => {
    const before = lineCheck.asked.length;
    assert.equal((await site.send('agent', path, { address: 'example.jp' })).status, 400);
    assert.equal(lineCheck.asked.length, before);
  });

  it('is limited for each person', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < LIVE_CHECK_LIMIT.burst + 1; round += 1)
      statuses.push((await site.send('agent', path, { address })).status);
    assert.ok(statuses.includes(429), statuses.join(' '));
    assert.equal((await site.send('lead', path, { address })).status, 200);
  });
});
