import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

const byHolder = { askedBy: 'holder', why: '契約者からのお電話' };
const byPerson = { askedBy: 'person', why: 'ご家族からのお電話' };

describe('limits and blocks that the support desk sets', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  const settings = async () =>
    await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('safeguard')
      .select(['kind', 'limitMinor', 'inForce', 'validFrom', 'setBy'])
      .where('lineId', '=', site.ids.line)
      .orderBy('version')
      .execute();

  it('blocks a company at once, also when the form is sent twice, and names who asked', async () => {
    const path = '/support/lines/{line}/blocks';
    const fields = { ...byPerson, company: site.ids.company, whom: '0', what: 'block' };
    const replies = await Promise.all([site.send('agent', path, fields), site.send('agent', path, fields)]);
    assert.deepEqual(
      replies.map(({ status }) => status),
      [303, 303],
    );
    const rows = await settings();
    assert.equal(rows.length, 1);
    assert.deepEqual([rows[0]!.kind, rows[0]!.inForce, rows[0]!.validFrom], ['block', true, '2026-05-14']);
    assert.match(rows[0]!.setBy, /^staff:/);
    const audit = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('facts')
      .where('action', '=', 'safeguard.set')
      .executeTakeFirstOrThrow();
    const { askedBy, why } = audit.facts as typeof byPerson;
    assert.deepEqual({ askedBy, why }, byPerson);
    assert.match((await site.get('agent', path)).text, new RegExp(site.ids.company));
  });

  it('lifts a block from tomorrow on, on the word of the holder alone', async () => {
    const path = '/support/lines/{line}/blocks';
    const fields = { company: site.ids.company, whom: '0', what: 'lift' };
    const refused = await site.send('agent', path, { ...fields, ...byPerson });
    assert.equal(refused.status, 409);
    assert.match(refused.text, /契約者ご本人のお申し出が必要です/);
    assert.equal((await settings()).length, 1);
    assert.equal((await site.send('agent', path, { ...fields, ...byHolder })).status, 303);
    assert.equal((await settings()).at(-1)!.validFrom, '2026-05-15');
  });

  it('sets a lower limit at once, and says which company is not known', async () => {
    const limit = { ...byHolder, whom: '0', kind: 'monthly-limit', amount: '3000' };
    assert.equal((await site.send('lead', '/support/lines/{line}/limits', limit)).status, 303);
    assert.equal((await settings()).at(-1)!.limitMinor, 3_000n);
    assert.match((await site.get('lead', '/support/lines/{line}/limits')).text, /3,000円/);
    const unknown = { ...byHolder, company: 'nobody-here', whom: '0', what: 'block' };
    assert.equal((await site.send('agent', '/support/lines/{line}/blocks', unknown)).status, 404);
    const stranger = { ...limit, whom: '999999' };
    assert.equal((await site.send('agent', '/support/lines/{line}/limits', stranger)).status, 404);
  });
});
