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

  const rules = async () =>
    await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('safeguard')
      .selectAll()
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

  it('takes a planned raise back from the page of the line, once of two at once', async () => {
    const path = '/support/lines/{line}';
    const raise = { ...byHolder, whom: '0', kind: 'monthly-limit', amount: '8000' };
    assert.equal((await site.send('agent', `${path}/limits`, raise)).status, 303);
    const before = await settings();
    const page = (await site.get('agent', path)).text;
    const address = new RegExp(`/support/lines/${site.ids.line}/settings/${before.length}/undo`);
    assert.match(page, address);
    const undo = `${path}/settings/${before.length}/undo`;
    assert.match((await site.get('lead', undo)).text, /8,000円/);
    assert.equal((await site.send('agent', undo, { ...byPerson, why: '' })).status, 422);
    const replies = await Promise.all([
      site.send('agent', undo, byPerson),
      site.send('lead', undo, byPerson),
    ]);
    assert.ok(replies.every(({ status }) => status === 303 || status === 404));
    const last = (await settings()).at(-1)!;
    assert.deepEqual([last.limitMinor, last.validFrom], [3_000n, '2026-05-14']);
    assert.equal((await settings()).length, before.length + 1);
    assert.doesNotMatch((await site.get('agent', path)).text, address);
    assert.equal((await site.get('agent', undo)).status, 404);
  });

  it('blocks one service of a company, and names a service that the company does not have', async () => {
    const path = '/support/lines/{line}/blocks';
    const block = { ...byPerson, company: site.ids.company, whom: '0', what: 'block' };
    const wrong = await site.send('agent', path, { ...block, service: 'no-such-service' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /そのサービスはありません/);
    assert.match(wrong.text, /value="no-such-service"/);
    const service = await serviceOf(site);
    assert.equal((await site.send('agent', path, { ...block, service: service.code })).status, 303);
    const rows = await rules();
    assert.deepEqual([rows.at(-1)!.kind, rows.at(-1)!.serviceId], ['block', service.id]);
    assert.match((await site.get('agent', path)).text, new RegExp(service.name));
  });

  it('lets an ID buy from its list alone, at once, and anywhere again on the word of the holder', async () => {
    const path = '/support/lines/{line}/listed';
    const { id } = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('subscriber')
      .select('id')
      .where('lineId', '=', site.ids.line)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const post = (fields: object) => site.send('agent', path, { whom: String(id), ...byPerson, ...fields });
    assert.equal((await post({ what: 'allow' })).status, 400);
    assert.equal((await post({ what: 'allow', company: site.ids.company })).status, 303);
    assert.equal((await post({ what: 'only-listed' })).status, 303);
    assert.equal((await post({ what: 'only-listed', whom: '0' })).status, 404);
    assert.equal((await post({ what: 'anything' })).status, 409);
    assert.equal((await post({ what: 'anything', ...byHolder })).status, 303);
    const rows = (await rules()).filter(({ subscriberId }) => subscriberId === id);
    assert.deepEqual(
      rows.map(({ kind, inForce, validFrom }) => [kind, inForce, validFrom]),
      [
        ['allow', true, '2026-05-14'],
        ['only-listed', true, '2026-05-14'],
        ['only-listed', false, '2026-05-15'],
      ],
    );
    assert.match((await site.get('agent', path)).text, /一覧のサービスだけを購入できる/);
  });

  it('sets the limit of the support centre with who asked and why', async () => {
    const path = '/support/lines/{line}/support-limit';
    assert.equal((await site.send('agent', path, { amount: '2000' })).status, 422);
    const by = { askedBy: 'carrier', why: '不審な購入が続いたため' };
    assert.equal((await site.send('agent', path, { ...by, amount: '2000' })).status, 303);
    const db = sqlOf(site.world.deps.orm.em.fork());
    const line = await db
      .selectFrom('line')
      .select('monthlyLimitMinor')
      .where('lineId', '=', site.ids.line)
      .executeTakeFirstOrThrow();
    assert.equal(line.monthlyLimitMinor, 2_000n);
    const audit = await db
      .selectFrom('audit_entry')
      .select('facts')
      .where('action', '=', 'line.limit')
      .executeTakeFirstOrThrow();
    const { askedBy, why } = audit.facts as typeof by;
    assert.deepEqual({ askedBy, why }, by);
    assert.equal((await site.send('lead', path, byHolder)).status, 303);
  });
});

async function serviceOf({ world, ids }: SupportSite) {
  return await sqlOf(world.deps.orm.em.fork())
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.id', 's.code', 's.name'])
    .where('c.code', '=', ids.company)
    .executeTakeFirstOrThrow();
}
