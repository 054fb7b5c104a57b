import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { shownTexts } from '../../../src/portal/support/charges/shown-texts.rules.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';
import { HOLDER } from './support-world.ts';

describe('the page of a purchase at the support desk', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  it('says what was bought, from whom, on which invoice, and under which consent', async () => {
    const { text } = await site.get('agent', '/support/charges/{charge}');
    assert.match(text, /夏の主題歌/);
    assert.match(text, /550円/);
    assert.ok(text.includes(site.ids.invoice), 'its invoice');
    assert.match(text, /もとの都度払いの同意/);
    assert.match(text, /購入が確定しました/);
  });

  it('masks the name of the buyer', async () => {
    const { text } = await site.get('agent', '/support/charges/{charge}');
    assert.match(text, /太＊＊＊/);
    assert.doesNotMatch(text, /太郎/);
  });

  it('explains the amount, and the invoice with the holder masked', async () => {
    const charge = await site.get('agent', '/support/explain/charge/{charge}/captured');
    assert.match(charge.text, /href="\/support\/explain\/invoice\//);
    assert.doesNotMatch(charge.text, /\/billing\//);
    const invoice = await site.get('agent', '/support/explain/invoice/{invoice}/total');
    assert.doesNotMatch(invoice.text, new RegExp(HOLDER.holder));
    assert.match(invoice.text, /東＊＊＊/);
    const billing = await site.get('billing', '/support/explain/invoice/{invoice}/total');
    assert.match(billing.text, new RegExp(HOLDER.holder), 'who reads names without asking');
  });

  it('offers what its state permits, to those who may', async () => {
    const reserved = await site.get('agent', '/support/charges/{reserved}');
    assert.match(reserved.text, /\/cancel"/);
    assert.doesNotMatch(reserved.text, /\/refund"/);
    const captured = await site.get('agent', '/support/charges/{charge}');
    assert.match(captured.text, /\/refund"/);
    const auditor = await site.get('auditor', '/support/charges/{charge}');
    assert.doesNotMatch(auditor.text, /\/(refund|cancel|revoke)"/);
  });

  it('shows the texts of the confirmed page word for word', () => {
    const facts = shownTexts({
      title: 'ご購入内容',
      seller: 'あおば音楽',
      service: '音楽配信',
      item: '夏の主題歌',
      priceLabel: 'お支払い総額',
      price: '550円',
      priceUnit: '／月',
      tax: '税込',
      rows: [{ label: 'お届け', texts: ['すぐ', '端末で'] }],
    });
    assert.deepEqual(facts, [
      { label: 'ご購入内容', text: 'あおば音楽 / 音楽配信 / 夏の主題歌' },
      { label: 'お支払い総額', text: '550円／月', note: '税込' },
      { label: 'お届け', text: 'すぐ', note: '端末で' },
    ]);
  });
});
