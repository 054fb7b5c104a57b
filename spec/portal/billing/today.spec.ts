import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBillingSite, type BillingSite } from './billing-site.ts';

/** The counts of what waits, by its words. */
const waitingOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/row-link" href="([^"]+)"[^>]*>([^<]+)<\/a>[^]*?<td[^>]*><span>([\d,]+)<\/span>/g)].map(
      ([, , words, count]) => [words!, count!],
    ),
  );

describe('the first page of the console', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  it('says in one sentence what the night did, and what failed', async () => {
    const { text } = await site.get('billing', '/billing');
    assert.match(text, /2026年5月13日\(水\)の夜間処理で失敗した処理があります：期限切れの解放。/);
    assert.match(text, /期限切れの解放が失敗しました：the file system is full/);
    assert.match(text, /12,500件中5,000件/);
    assert.match(text, /次の夜間処理：2026年5月15日\(金\) 00:30/);
  });

  for (const [role, expected] of [
    ['billing', { 確認前の精算: '2', 組戻しになった振込: '1', 結果が届いていない振込: '1' }],
    [
      'billing-approver',
      { 承認の依頼: '1', 確認前の精算: '2', 組戻しになった振込: '1', 結果が届いていない振込: '1' },
    ],
    ['lead', { 確認前の精算: '2' }],
    ['administrator', {}],
    ['auditor', { 確認前の精算: '2', 組戻しになった振込: '1', 結果が届いていない振込: '1' }],
  ] as const) {
    it(`shows what waits by the permissions of ${role}`, async () => {
      const { text } = await site.get(role, '/billing');
      assert.deepEqual(waitingOf(text), expected);
      assert.equal(text.includes('対応待ちはありません'), Object.keys(expected).length === 0);
    });
  }

  it('shows a lead, who may not read runs, neither night nor progress nor links to them', async () => {
    const { text } = await site.get('lead', '/billing');
    assert.match(text, /<p class="lead">2026年5月14日\(木\)<\/p>/);
    assert.doesNotMatch(text, /夜間処理|実行中|\/billing\/live|href="\/billing\/runs/);
  });

  it('has the calendar of a month, with the months before and after', async () => {
    const { text } = await site.get('billing', '/billing?month=2027-01', 'en');
    assert.match(text, /<a rel="prev" href="\/billing\?month=2026-12#month">‹ December 2026<\/a>/);
    assert.match(text, /<a rel="next" href="\/billing\?month=2027-02#month">February 2027 ›<\/a>/);
    assert.match(text, /href="\/billing#month">This month</);
    assert.match(text, /<th scope="col">Sun<\/th>/);
    assert.equal((await site.get('billing', '/billing?month=2026-13')).status, 400);
  });
});
