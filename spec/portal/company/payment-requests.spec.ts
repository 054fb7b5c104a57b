import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { openCompanySite, type CompanySite } from './company-site.ts';

describe('the payment requests of a company', () => {
  let site: CompanySite;
  before(async () => void (site = await openCompanySite()));
  after(() => site.close());

  const fields = async (over: Readonly<Record<string, string>> = {}) => {
    const { text } = await site.get('support', '/company/payment-requests/new');
    const key = /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return {
      key,
      toKind: 'telephone',
      to: '０３－５５５０－９８７６',
      amount: '３，３００円',
      description: '訪問設定',
      service: site.ids.service,
      taxCode: 'standard',
      days: '3',
      reference: 'visit-300',
      ...over,
    };
  };
  const count = async () => {
    const rows = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('payment_request')
      .select('id')
      .execute();
    return rows.length;
  };

  it('are sent from a form, once however often it is posted, and say nothing of the addressee', async () => {
    const before = await count();
    const typed = await fields();
    const sent = await site.send('support', '/company/payment-requests/new', typed);
    assert.equal(sent.status, 303);
    const again = await site.send('support', '/company/payment-requests/new', typed);
    assert.equal(again.location, sent.location);
    assert.equal(await count(), before + 1);
    const { text } = await site.get('support', new URL(sent.location!, site.origins.company).pathname);
    assert.ok(text.includes('3,300円') && text.includes('9876') && !text.includes('5550'));
    assert.ok(text.includes('返事待ち'));
    assert.match(text, /hx-sse:connect="\/company\/live\/payment-requests\/pr_/);
  });

  it('keep what was typed when the addressee or the amount cannot be read', async () => {
    for (const [over, status] of [
      [{ to: '110' }, 422],
      [{ amount: '0' }, 400],
    ] as const) {
      const reply = await site.send('owner', '/company/payment-requests/new', await fields({ ...over }));
      assert.equal(reply.status, status);
      assert.ok(reply.text.includes('訪問設定'));
    }
  });

  it('are found by number, reference, addressee, state, amount and date', async () => {
    await site.send('owner', '/company/payment-requests/new', await fields({ reference: 'visit-777' }));
    for (const [query, isFound] of [
      ['q=visit-777', true],
      ['q=visit-778', false],
      ['to=03-5550-9876', true],
      ['to=03-5550-9875', false],
      ['state=pending&least=3000&most=3400', true],
      ['state=confirmed', false],
      ['from=2026-05-14&through=2026-05-14&least=3300', true],
      ['from=2026-05-15', false],
    ] as const) {
      const { text } = await site.get('finance', `/company/payment-requests?${query}`);
      assert.equal(text.includes('訪問設定'), isFound, query);
    }
    const { text } = await site.get('owner', `/company/payment-requests?q=${site.ids.request}`);
    assert.ok(text.includes('出張設定サポート'));
  });

  it('are withdrawn after a question', async () => {
    const sent = await site.send('owner', '/company/payment-requests/new', await fields());
    const path = new URL(sent.location!, site.origins.company).pathname;
    assert.match((await site.get('owner', `${path}/withdraw`)).text, /取り下げますか/);
    assert.equal((await site.send('owner', `${path}/withdraw`)).status, 303);
    assert.match((await site.get('owner', path)).text, /貴社が取り下げました/);
    assert.match((await site.get('owner', `${path}/withdraw`)).text, /取り下げられません/);
  });
});
