import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { noTerms } from '../../../src/companies/seller-terms.rules.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import {
  openCheckoutSite,
  readCharge,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { formToken } from '../../support/page-client.ts';

describe('the checkout page', () => {
  const lineCheck = new ScriptedLineCheck();
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  const sql = () => sqlOf(site.world.deps.orm.em.fork());

  for (const [language, why, contact] of [
    ['ja', 'ご契約の回線ではお支払いいただけません', 'contact'],
    ['en', 'Your line cannot be used for this payment', 'contactEn'],
  ] as const) {
    it(`says why a line may not pay and whom to ask, and charges nothing (${language})`, async () => {
      lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
      const { id, url } = await site.newCharge();
      const { client, subscriber } = await signInOn(site, url);
      const access = { product: 'フレッツ・ADSL', options: null };
      await sql().updateTable('line_holder').set(access).where('lineId', '=', subscriber.lineId).execute();
      const page = await client.get(`${url}?lang=${language}`);
      const refused = await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
      assert.equal(refused.status, 403);
      assertSoundPage(refused.text, language);
      assert.ok(refused.text.includes(why));
      const [, notice = ''] = /<main[^>]*>([^]*)<\/main>/.exec(refused.text) ?? [];
      assert.ok(notice.includes(site.world.config.carrier[contact]), 'the contact is part of the notice');
      assert.equal((await readCharge(site, id)).state, 'pending');
    });
  }

  it('does not sell under a service that has lost its texts since the offer', async () => {
    const { id, url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const page = await client.get(`${url}?lang=ja`);
    await sql().updateTable('service').set(noTerms).execute();
    const refused = await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
    assert.equal(refused.status, 403);
    assertSoundPage(refused.text, 'ja');
    assert.ok(refused.text.includes('このサービスはまだ販売の準備中です'));
    assert.equal((await readCharge(site, id)).state, 'pending');
  });
});
