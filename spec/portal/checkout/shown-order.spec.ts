import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { checkoutUrl } from '../../../src/checkout/checkout-seal.rules.ts';
import { createConsent } from '../../../src/consents/create-consent.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import {
  openCheckoutSite,
  readCharge,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { formToken, type PageClient } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

const CHANGED = 'お申し込みの内容が変わりました';

const confirm = (client: PageClient, url: string, text: string) =>
  client.post(`${url}/confirm`, { form_token: formToken(text) });

/** Whether a confirmation was accepted: it leads to the page, which shows the receipt. */
const back = (reply: { location: string | null }) => reply.location?.startsWith('/checkout/');

describe('what the page showed', () => {
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(new ScriptedLineCheck())));
  after(() => site.close());
  beforeEach(() => site.world.clock.set(NOON_IN_TOKYO));

  const sql = () => sqlOf(site.world.deps.orm.em.fork());
  const ofCharge = (id: string, values: object) =>
    sql().updateTable('charge').set(values).where('id', '=', id).execute();
  const ofSeller = async (table: 'company' | 'service', values: object) => {
    const { id } = await sql().selectFrom(table).select('id').orderBy('id').executeTakeFirstOrThrow();
    await sql().updateTable(table).set(values).where('id', '=', id).execute();
  };
  const terms = () => ({ ...site.seller, description: '見放題', returnUrl: `${site.shopOrigin}/thanks` });

  const changes: Record<string, (id: string) => Promise<unknown>> = {
    amount: (id) => ofCharge(id, { amountMinor: 1_101n }),
    description: (id) => ofCharge(id, { description: '別の映画' }),
    'tax code': (id) => ofCharge(id, { taxCode: 'reduced' }),
    'company’s name': () => ofSeller('company', { name: '別会社株式会社' }),
    'company’s name in the other language': () => ofSeller('company', { nameEn: 'Another Inc.' }),
    'service’s name': () => ofSeller('service', { name: '別のサービス' }),
  };
  for (const [name, change] of Object.entries(changes)) {
    it(`is bought only as it was shown: another ${name} is shown again, and nothing is bought`, async () => {
      const { id, url } = await site.newCharge();
      const { client } = await signInOn(site, url);
      const { text } = await client.get(url);
      await change(id);
      const refused = await confirm(client, url, text);
      assert.equal(refused.status, 409);
      assert.ok(refused.text.includes(CHANGED));
      assert.equal((await readCharge(site, id)).state, 'pending');
      assert.equal((await confirm(client, url, text)).status, 409, 'nor with the old page again');
      assert.ok(back(await confirm(client, url, refused.text)), 'what it shows now can be bought');
      assert.equal((await readCharge(site, id)).state, 'captured');
    });
  }

  it('is in both languages the same: who changes the language in another tab can go on', async () => {
    const { url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const { text } = await client.get(url);
    await client.get(`${url}?lang=en`);
    assert.ok(back(await confirm(client, url, text)));
  });

  it('must have been shown: a form with the token alone, or with a seal of something else, buys nothing', async () => {
    const [first, second] = [await site.newCharge(), await site.newCharge()];
    const { client } = await signInOn(site, first.url);
    const [mine = '', seal = ''] = formToken((await client.get(first.url)).text).split('.');
    for (const token of [mine, `${mine}.`, `${mine}.${'A'.repeat(seal.length)}`, `${mine}.${seal}`]) {
      const reply = await client.post(`${second.url}/confirm`, { form_token: token });
      assert.equal(reply.status, 409, token);
    }
    assert.equal((await readCharge(site, second.id)).state, 'pending');
  });

  it('tells the day of the first charge: once it is another one, the page says so', async () => {
    const { deps, config, clock } = site.world;
    // 23:50 in Tokyo on the day before the charge day.
    clock.set(new Date('2026-05-19T14:50:00Z'));
    const months = { itemCode: 'late', chargeDay: 20, firstMonthFree: false, lastMonthFree: false };
    const price = { amountMinor: 990n, taxCode: 'standard' } as const;
    const { id } = await createSubscription(deps, site.key, { ...terms(), ...price, ...months });
    const url = checkoutUrl(config, publicId('subscription', id));
    const { client } = await signInOn(site, url);
    const { text } = await client.get(url);
    assert.ok(text.includes('2026年5月20日(水)に、2026年5月分990円'));
    clock.set(new Date('2026-05-19T15:00:00Z'));
    const refused = await confirm(client, url, text);
    assert.equal(refused.status, 409);
    assert.ok(refused.text.includes('お申し込みと同時（2026年5月20日(水)）に、2026年5月分990円'));
    const state = () =>
      sql().selectFrom('subscription').select('state').where('id', '=', id).executeTakeFirst();
    assert.deepEqual(await state(), { state: 'pending' });
    assert.ok(back(await confirm(client, url, refused.text)));
    assert.deepEqual(await state(), { state: 'active' });
  });

  it('tells the most of one use of a consent', async () => {
    const { deps, config } = site.world;
    const open = async (perChargeMaxMinor: bigint) => {
      const { id } = await createConsent(deps, site.key, { ...terms(), perChargeMaxMinor });
      return checkoutUrl(config, publicId('consent', id));
    };
    const [url, another] = [await open(9_000n), await open(3_000n)];
    const { client } = await signInOn(site, url);
    // The database keeps the terms of a consent: what differs is shown on the page of another.
    const { text } = await client.get(another);
    const refused = await confirm(client, url, text);
    assert.deepEqual([refused.status, refused.text.includes('9,000円')], [409, true]);
    assert.ok(back(await confirm(client, url, refused.text)));
  });

  it('is said in English too', async () => {
    const { id, url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const { text } = await client.get(`${url}?lang=en`);
    await ofCharge(id, { amountMinor: 1_101n });
    const refused = await confirm(client, url, text);
    assert.ok(refused.text.includes('The details have changed'));
  });
});
