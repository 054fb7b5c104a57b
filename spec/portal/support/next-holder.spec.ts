import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { getCase } from '../../../src/cases/case.queries.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { getCurrentTenure } from '../../../src/lines/current-tenure.queries.ts';
import { staff } from '../../support/actors.ts';
import { makeLine } from '../../support/factories.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

const agent = staff('aoi', 'agent');
const NEXT_FROM = '2026-06-01';

describe('a line whose next holder is known already', () => {
  let site: SupportSite;
  before(async () => {
    site = await openSupportSite();
    await follow(site.ids['other-line'], NEXT_FROM);
  });
  after(() => site.close());

  const sql = () => sqlOf(site.world.deps.orm.em.fork());
  const follow = async (lineId: string, from: string) => {
    const { clock } = site.world;
    const holders = sql().updateTable('line_holder').set({ validTo: from }).where('lineId', '=', lineId);
    await holders.where('validTo', 'is', null).execute();
    const facts = { validTo: null, birthDate: null, email: null, updatedAt: clock.now() };
    const row = { lineId, validFrom: from, holder: '次野 三郎', ...facts };
    await sql().insertInto('line_holder').values(row).execute();
  };
  const today = async () => await getCurrentTenure(site.world.deps, site.ids['other-line']);

  it('is spoken of by today’s, else the last one, else the first to come', async () => {
    const { deps } = site.world;
    assert.equal((await today()).holderFrom, '2026-01-01');
    const ended = await makeLine(deps, { holder: { validFrom: '2025-01-01', validTo: '2026-02-01' } });
    await follow(ended.lineId, NEXT_FROM);
    assert.equal((await getCurrentTenure(deps, ended.lineId)).holderFrom, '2025-01-01');
    const empty = await makeLine(deps, { holder: { validFrom: NEXT_FROM, validTo: '2026-09-01' } });
    await follow(empty.lineId, '2026-09-01');
    assert.equal((await getCurrentTenure(deps, empty.lineId)).holderFrom, NEXT_FROM);
    await assert.rejects(getCurrentTenure(deps, 'CAF9999999999'), { code: 'line-not-found' });
  });

  it('is shown with today’s holder, limits, parts and actions', async () => {
    const { text } = await site.get('agent', '/support/lines/{other-line}');
    assert.match(text, /南＊|南北/);
    assert.match(text, /ids\/new/);
    assert.match(text, /new-case\?[^"]*tenure=2026-01-01/);
    assert.doesNotMatch(text, /new-case\?[^"]*tenure=2026-06-01/);
    const { text: next } = await site.get('agent', `/support/lines/{other-line}?tenure=${NEXT_FROM}`);
    assert.doesNotMatch(next, /ids\/new/);
    const { text: part } = await site.get('agent', '/support/lines/{other-line}/cases');
    assert.doesNotMatch(part, /2026-06-01/);
    const { text: issue } = await site.get('agent', '/support/lines/{other-line}/ids/new');
    assert.doesNotMatch(issue, /2026-06-01/);
  });

  it('gets what a caller says on the tenure of the caller', async () => {
    const fields = { kind: 'other', line: site.ids['other-line'], text: 'お尋ね。', take: 'me' };
    const sent = await site.send('agent', '/support/new-case', fields);
    const number = sent.headers.get('location')!.split('/').at(-1)!.split('?')[0]!;
    assert.equal((await getCase(site.world.deps, agent, number)).holderFrom, '2026-01-01');
  });
});
