import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { noTerms } from '../../../src/companies/seller-terms.rules.ts';
import { openCheckoutSite, ScriptedLineCheck, type CheckoutSite } from '../../support/checkout-site.ts';
import { makeCompany, makeContract, makeService } from '../../support/factories.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { PageClient } from '../../support/page-client.ts';

const client = new PageClient();
let site: CheckoutSite;
/** The page without its filter, so that what was typed is not found there. */
const open = async (given: Record<string, string> = {}) => {
  const query = { lang: 'ja', ...given };
  const reply = await client.get(`${site.origin}/companies?${new URLSearchParams(query).toString()}`);
  return { ...reply, list: reply.text.slice(reply.text.indexOf('</form>')) };
};
const namesOf = ({ list }: { list: string }) =>
  [...list.matchAll(/<h3><a [^>]*>([^<]+)<\/a>/g)].map(([, name]) => name);

before(async () => {
  site = await openCheckoutSite(new ScriptedLineCheck());
  const { deps } = site.world;
  const of = async (code: string, name: string, nameEn: string, over = {}) => {
    const company = await makeCompany(deps, { code, name, nameEn, ...over });
    await makeContract(deps, { companyId: company.id });
    return company.id;
  };
  const music = await of('aoba', '株式会社あおば音楽', 'Aoba Music Inc.');
  const texts = {
    paidFor: '楽曲のダウンロード',
    paidForEn: 'Song downloads',
    platform: 'flets-market',
  } as const;
  await makeService(deps, {
    companyId: music,
    code: 'songs',
    name: 'ｱｵﾊﾞミュージック',
    nameEn: 'Aoba Songs',
    ...texts,
  });
  const later = { code: 'radio', name: 'あおばラジオ', nameEn: 'Aoba Radio', listedFrom: '2026-09-01' };
  await makeService(deps, { companyId: music, ...later });
  const some = { code: 'video', name: 'あおば動画 100%', nameEn: 'Aoba Video', listedFrom: null };
  await makeService(deps, { companyId: music, ...some, platform: 'flets-cast' });
  await makeService(deps, { companyId: music, code: 'stopped', name: '休止中', state: 'suspended' });
  await makeService(deps, { companyId: music, code: 'silent', name: '無言', ...noTerms });
  const gone = await of('gone', '株式会社停止中', 'Gone Inc.', { state: 'suspended' });
  await makeService(deps, { companyId: gone, code: 'film', name: '停止会社の映画' });
  const leaving = await makeCompany(deps, { code: 'left', name: '契約終了会社' });
  await makeContract(deps, { companyId: leaving.id, validTo: '2026-05-01' });
  await makeService(deps, { companyId: leaving.id, code: 'film', name: '契約のない映画' });
  await makeService(deps, { companyId: leaving.id, code: 'next', name: '次の映画', listedFrom: null });
});
after(() => site.close());

describe('the list of companies', () => {
  it('shows company, service, what can be paid for, since when and platform, in both languages', async () => {
    const japanese = await open({ lang: 'ja' });
    assert.equal(japanese.status, 200);
    assertSoundPage(japanese.text, 'ja');
    for (const text of [
      '株式会社あおば音楽',
      'ｱｵﾊﾞミュージック',
      '楽曲のダウンロード',
      '2026年4月から',
      'フレッツ・マーケット',
    ])
      assert.ok(japanese.list.includes(text), text);
    const english = await open({ lang: 'en' });
    assertSoundPage(english.text, 'en');
    for (const text of [
      'Aoba Music Inc.',
      'Aoba Songs',
      'Song downloads',
      'Since April 2026',
      'FLET’S Market',
    ])
      assert.ok(english.list.includes(text), text);
    assert.match(english.list, /4 services in all|5 services in all/);
  });

  it('marks what is planned, with its month if there is one', async () => {
    const { list } = await open({ lang: 'ja' });
    assert.match(list, /あおばラジオ[^]*?2026年9月導入予定/);
    assert.match(list, /あおば動画[^]*?>導入予定</);
  });

  it('leaves out what is suspended, says nothing of itself or has no contract any more', async () => {
    const { list } = await open();
    for (const text of ['休止中', '無言', '停止会社の映画', '株式会社停止中', '契約のない映画'])
      assert.ok(!list.includes(text), text);
    assert.ok(list.includes('次の映画'), 'planned before its contract');
  });

  for (const [q, found] of [
    ['ミュージック', ['ｱｵﾊﾞミュージック']],
    ['みゅーじっく', ['ｱｵﾊﾞミュージック']],
    ['ﾐｭｰｼﾞｯｸ', ['ｱｵﾊﾞミュージック']],
    ['aoba SONGS', ['ｱｵﾊﾞミュージック']],
    ['ＡＯＢＡ　ｒａｄｉｏ', ['あおばラジオ']],
    ['楽曲', ['ｱｵﾊﾞミュージック']],
    ['アオバ どうが', []],
    ['100%', ['あおば動画 100%']],
    ['100_', []],
    ["' OR 1=1 --", []],
    ['株式会社停止中', []],
  ] as const) {
    it(`finds ${found.join(', ') || 'nothing'} for ${q}`, async () => {
      assert.deepEqual(namesOf(await open({ q })), found);
    });
  }

  it('filters by platform, keeps what was chosen, and leads back to all', async () => {
    const page = await open({ platform: 'flets-cast', q: 'あおば', lang: 'ja' });
    assert.deepEqual(namesOf(page), ['あおば動画 100%']);
    assert.match(page.text, /<option value="flets-cast" selected>/);
    assert.match(page.text, /value="あおば"/);
    assert.match(page.list, /1サービスが見つかりました <a href="\/companies">/);
    assertSoundPage(page.text, 'ja');
  });

  it('says that nothing matches, and that nothing is listed', async () => {
    const none = await open({ q: 'そんな会社はない', lang: 'ja' });
    assert.match(none.text, /条件に合うサービスは見つかりませんでした/);
    assertSoundPage(none.text, 'ja');
    const sql = sqlOf(site.world.deps.orm.em.fork());
    await sql.updateTable('company').set({ state: 'suspended' }).where('code', '<>', 'gone').execute();
    const empty = await open({ lang: 'en' });
    await sql.updateTable('company').set({ state: 'active' }).where('code', '<>', 'gone').execute();
    assert.match(empty.text, /No services are listed yet/);
    assertSoundPage(empty.text, 'en');
  });

  it('shows what was typed and what companies call themselves as text', async () => {
    const script = '"><script>alert(1)</script>';
    const companyId = (await makeCompany(site.world.deps, { code: 'zz', name: script, nameEn: script })).id;
    const texts = { name: script, nameEn: script, paidFor: script, paidForEn: script, listedFrom: null };
    await makeService(site.world.deps, { companyId, code: 'zz', ...texts });
    const page = await open({ q: script });
    assert.ok(!page.text.includes('<script>alert'));
    assert.equal(namesOf(page).length, 1);
    assertSoundPage(page.text, 'ja');
    await sqlOf(site.world.deps.orm.em.fork())
      .updateTable('company')
      .set({ state: 'suspended' })
      .where('id', '=', companyId)
      .execute();
  });

  it('comes in pages that miss none and repeat none', async () => {
    const companyId = (await makeCompany(site.world.deps, { code: 'many', name: '多数' })).id;
    const codes = Array.from({ length: 130 }, (_, index) => `s${String(index).padStart(3, '0')}`);
    for (const code of codes)
      await makeService(site.world.deps, { companyId, code, name: `多数 ${code}`, listedFrom: null });
    const first = await open({ q: '多数' });
    const [, href = ''] = /rel="next" href="([^"]+)"/.exec(first.list) ?? [];
    const next = await client.get(`${site.origin}${href.replaceAll('&amp;', '&')}`);
    const names = [...namesOf(first), ...namesOf({ list: next.text })];
    assert.deepEqual(
      names,
      codes.map((code) => `多数 ${code}`),
    );
    assert.match(next.text, /130サービスが見つかりました/);
    assert.doesNotMatch(next.text, /rel="next"/);
  });

  for (const query of [{ platform: 'television' }, { q: 'x'.repeat(101) }, { after: "'" }] as Record<
    string,
    string
  >[]) {
    it(`refuses ${JSON.stringify(query).slice(0, 40)} with a page`, async () => {
      const page = await open(query);
      assert.equal(page.status, 400);
      assert.match(page.text, /<h1/);
    });
  }

  it('is linked from the start page, sets no cookie and may be opened by anybody', async () => {
    const start = await client.get(`${site.origin}/`);
    assert.match(start.text, /href="\/companies"/);
    const fresh = await new PageClient().get(`${site.origin}/companies`);
    assert.equal(fresh.headers.get('set-cookie'), null);
  });
});
