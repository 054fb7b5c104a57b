import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { clawedBackOf } from '../../../src/collections/clawed-back.queries.ts';
import { parsePublicId, publicId } from '../../../src/shared/public-id.rules.ts';
import { BilledWorld } from '../../collections/billed-world.ts';
import { CollectionInbox } from '../../collections/collection-inbox.ts';
import { openCompanySite, type CompanySite } from './company-site.ts';

/** What the question of a page would send of what the page has worked out. */
const hiddenOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/type="hidden" name="(amount|refunded)" value="(\d*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );

describe("what a company's portal says of sales", () => {
  let site: CompanySite;
  before(async () => void (site = await openCompanySite()));
  after(() => site.close());

  const refundsOf = async (charge: string) =>
    sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('refund')
      .select(['amountMinor', 'createdBy', 'reason'])
      .where('chargeId', '=', parsePublicId('charge', charge)!)
      .execute();

  it('begins with the sales of today, beside yesterday by this time, and what waits', async () => {
    const { text } = await site.get('owner', '/company');
    // 550 yen today; by 10:00 yesterday 330 and 220 and a month of 500 had been sold.
    assert.match(text, /class="figure-large">550円</);
    assert.match(text, /昨日の同じ時刻まで[\s\S]*?1,050円[\s\S]*?−47.6%/);
    assert.match(text, /2026年5月（昨日まで）[\s\S]*?1,050円/);
    assert.match(text, /2026年1月分の精算書が届いています/);
    assert.match(text, /夏の主題歌/);
    assert.ok(!text.includes('よその曲'), 'nothing of another company');
  });

  it('shows a person what their role reads: no statements to developers, and no sales to partners', async () => {
    const developer = await site.get('developer', '/company');
    assert.match(developer.text, /夏の主題歌/);
    assert.ok(!developer.text.includes('精算書が届いています'));
    assert.ok(!developer.text.includes('href="/company/settlements"'));
    const partner = await site.get('partner', '/company', 'en');
    assert.match(
      partner.text,
      /There are no figures of partners yet. For now you can see the company profile/,
    );
    assert.ok(!partner.text.includes('夏の主題歌') && !partner.text.includes('/company/purchases'));
  });

  it('finds purchases by what is known of them, with the totals of all that match', async () => {
    const all = await site.get('finance', '/company/purchases');
    assert.match(all.text, /確定 4件[\s\S]*?1,600円/);
    const byReference = await site.get('finance', '/company/purchases?q=order-77');
    assert.match(byReference.text, /カメラ/);
    assert.ok(!byReference.text.includes('夏の主題歌'));
    const byNumber = await site.get('finance', `/company/purchases?q=${site.ids['charge']}`);
    assert.match(byNumber.text, /夏の主題歌/);
    const byWord = await site.get(
      'finance',
      `/company/purchases?item=${encodeURIComponent('昨日')}&least=300`,
    );
    assert.match(byWord.text, /昨日の曲/);
    assert.ok(!byWord.text.includes('もう1曲'));
    const held = await site.get('finance', '/company/purchases?state=authorized&kind=one_time');
    assert.match(held.text, /カメラ/);
    const dates = await site.get('finance', '/company/purchases?from=2026-05-13&through=2026-05-13');
    assert.match(dates.text, /昨日の曲/);
    assert.ok(!dates.text.includes('夏の主題歌'));
    const theirs = await site.get('finance', `/company/purchases?q=${site.ids['other-charge']}`);
    assert.match(theirs.text, /該当する購入はありません/);
    const wrong = await site.get('finance', '/company/purchases?from=2026-05-32');
    assert.match(wrong.text, /日付を読み取れませんでした/);
  });

  it('sends them as CSV, with a last line by which a cut file shows', async () => {
    const { text } = await site.get('finance', '/company/purchases.csv', 'en');
    const lines = text.trimEnd().split('\n');
    assert.match(lines[0]!, /Number,Your reference,Requested/);
    assert.equal(lines.length, 7);
    assert.match(text, /order-77.*カメラ,Authorized,3300,,0/);
    assert.match(lines.at(-1)!, /End of file, rows: 5/);
    assert.ok(!text.includes('よその曲'));
    const wrong = await site.get('finance', '/company/purchases.csv?least=x');
    assert.equal(wrong.status, 400);
    assert.match(wrong.text, /条件を読み取れませんでした/);
  });

  it('tells of a purchase what happened to it, and of its buyer only that they were proven', async () => {
    const { text } = await site.get('support', `/company/purchases/${site.ids['reserved']}`);
    assert.match(text, /利用枠を確保しました/);
    const buyers = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('subscriber')
      .select(['issuedId', 'lineId'])
      .execute();
    for (const { issuedId, lineId } of buyers)
      for (const secret of [issuedId, lineId]) assert.ok(!text.includes(secret), secret);
  });

  it('previews a refund by the company’s month, refunds once however often the form is sent, and says so', async () => {
    const { charge } = site.ids;
    const path = `/company/purchases/${charge}/refund`;
    const asked = await site.get('support', `${path}?amount=２００`);
    assert.match(asked.text, /200円を返金しますか/);
    assert.match(asked.text, /<s class="quiet">[\s\S]*?550円<\/s> → 350円/);
    assert.match(asked.text, /貴社への支払額/);
    const sent = { amount: '200', refunded: '0', reason: 'requested', note: '在庫なし', reference: 'R-1' };
    const tooLong = { ...sent, note: '在'.repeat(201) };
    const refused = await site.send('support', path, tooLong);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /200円を返金しますか/, 'the amount stays the one that was asked for');
    assert.deepEqual(hiddenOf(refused.text), { amount: '200', refunded: '0' });
    assert.match(refused.text, /R-1/);
    const altered = await site.send('support', path, { ...tooLong, refunded: '1' });
    assert.equal(altered.status, 422);
    assert.deepEqual(hiddenOf(altered.text), {}, 'what was seen is not what there is');
    const unread = await site.send('support', path, { ...sent, amount: 'all' });
    assert.equal(unread.status, 422);
    assert.deepEqual(hiddenOf(unread.text), {});
    assert.deepEqual(await refundsOf(charge), []);
    const [one, two] = await Promise.all([
      site.send('support', path, sent),
      site.send('support', path, sent),
    ]);
    const statuses = [one.status, two.status].toSorted((a, b) => a - b);
    assert.deepEqual(statuses, [303, 409]);
    const second = one.status === 409 ? one : two;
    assert.deepEqual(hiddenOf(second.text), {}, 'nothing more to press');
    assert.doesNotMatch(second.text, /返金しますか/);
    assert.match(second.text, /name="amount" type="text" value="200"/);
    const again = await site.send('support', path, sent);
    assert.equal(again.status, 409);
    assert.match(again.text, /先に返金されています/);
    assert.deepEqual(hiddenOf(again.text), {});
    const late = await site.send('support', path, tooLong);
    assert.equal(late.status, 422);
    assert.match(late.text, /先に返金されています/);
    assert.deepEqual(hiddenOf(late.text), {});
    const refunds = await refundsOf(charge);
    assert.equal(refunds.length, 1);
    assert.equal(refunds[0]!.amountMinor, 200n);
    assert.match(refunds[0]!.createdBy, /^company-user:acct-/);
    const page = await site.get('support', `/company/purchases/${charge}`);
    assert.match(page.text, /在庫なし/);
    const tooMuch = await site.get('support', `${path}?amount=9999`);
    assert.match(tooMuch.text, /返金できる額を超えています/);
  });

  it('refunds what is left of a purchase that was clawed back in part, and says how much that is', async () => {
    const { deps } = site.world;
    await sqlOf(deps.orm.em.fork()).updateTable('contract').set({ refundDays: 180 }).execute();
    const { id, number } = await sqlOf(deps.orm.em.fork())
      .selectFrom('charge as c')
      .innerJoin('invoice_item as i', 'i.chargeId', 'c.id')
      .innerJoin('line_invoice as l', (join) =>
        join.onRef('l.billingPeriod', '=', 'i.billingPeriod').onRef('l.lineId', '=', 'i.lineId'),
      )
      .innerJoin('company as k', 'k.id', 'c.companyId')
      .select(['c.id', 'l.number'])
      .where('k.code', '=', site.ids.company)
      .where('l.billingPeriod', '=', '2026-03')
      .executeTakeFirstOrThrow();
    await new CollectionInbox(new BilledWorld(site.world)).import(
      '2026-05-14',
      `${number},partial,1000,2026-05-13,,`,
    );
    const clawedBack = (await clawedBackOf(deps, [id])).get(id)!;
    assert.ok(clawedBack > 0n && clawedBack < 500n, String(clawedBack));
    const left = 500n - clawedBack;
    const path = `/company/purchases/${publicId('charge', id)}/refund`;
    const tooMuch = await site.get('support', `${path}?amount=500`);
    assert.match(tooMuch.text, new RegExp(`返金できるのは残りの${left}円までです`));
    const asked = await site.get('support', path);
    const hidden = hiddenOf(asked.text);
    assert.deepEqual(hidden, { amount: String(left), refunded: '0' });
    assert.equal((await site.send('support', path, { ...hidden, reason: 'requested' })).status, 303);
    assert.deepEqual(
      (await refundsOf(publicId('charge', id))).map(({ amountMinor }) => amountMinor),
      [left],
    );
  });

  it('cancels what is not captured, after asking', async () => {
    const path = `/company/purchases/${site.ids['reserved']}/cancel`;
    assert.match((await site.get('owner', path)).text, /この購入を取り消しますか/);
    assert.equal((await site.send('owner', path)).status, 303);
    assert.match(
      (await site.get('owner', `/company/purchases/${site.ids['reserved']}`)).text,
      /貴社が取り消しました/,
    );
    assert.match((await site.get('owner', path)).text, /もう取り消せません/);
    const actors = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('actor')
      .where('action', '=', 'charge.cancel')
      .execute();
    assert.match(actors.map(({ actor }) => actor).join(' '), /^company-user:acct-\d+$/);
  });

  it('explains the amount of a purchase', async () => {
    const { text } = await site.get('developer', `/company/explain/charge/${site.ids['charge']}/captured`);
    assert.match(text, /550円/);
  });
});
