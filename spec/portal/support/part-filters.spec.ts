import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSupportSite, type SupportSite } from './support-site.ts';

/** A part of the page of a line, a filter that keeps something, and one that keeps nothing. */
const parts = [
  ['charges', 'from=2026/4/1&amount=550', 'amount=551', /夏の主題歌/],
  ['invoices', 'from=2026/4/30&to=2026/4/30&amount=1,050', 'to=2026/3/31', /1,050円/],
  ['subscriptions', 'amount=500&from=2026/5/1', 'amount=501', /500円/],
  ['consents', 'to=2026/5/14', 'to=2026/3/31', /都度課金への同意/],
  ['cases', 'from=2026/5/14&to=2026/5/14', 'to=2026/5/13', /C-2026-\d{6}/],
  ['mails', 'from=2026/5/14&to=2026/5/14', 'from=2026/5/15', /お問い合わせの受付/],
  ['history', 'from=2026/5/14', 'to=2020/1/1', /購入制限の設定/],
] as const;

describe('the filters of the parts of a line', () => {
  let site: SupportSite;
  before(async () => {
    site = await openSupportSite();
    const block = { askedBy: 'holder', why: 'お電話でのお申し出', whom: '0', what: 'block' };
    await site.send('agent', '/support/lines/{line}/blocks', { ...block, company: site.ids.company });
  });
  after(() => site.close());

  for (const [part, kept, empty, shown] of parts)
    it(`keep what fits of ${part}, and say that nothing fits`, async () => {
      const path = `/support/lines/{line}/${part}`;
      const found = await site.get('agent', `${path}?${kept}`);
      assert.match(found.text, shown);
      assert.doesNotMatch(found.text, /条件に合うものはありません/);
      const nothing = await site.get('agent', `${path}?${empty}`);
      assert.match(nothing.text, /条件に合うものはありません/);
      assert.doesNotMatch(nothing.text, shown);
    });

  it('leave on whose word something was done, and why, in the history', async () => {
    const { text } = await site.get('agent', '/support/lines/{line}/history');
    assert.match(text, /契約者ご本人：お電話でのお申し出/);
    for (const role of ['administrator', 'auditor'] as const) {
      const read = await site.get(role, '/support/lines/{line}/history');
      assert.equal(read.status, 200);
      assert.doesNotMatch(read.text, /お電話でのお申し出/, `${role}: free text is for those who act`);
    }
  });
});
