import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { checkoutUrl } from '../../../src/checkout/checkout-seal.rules.ts';
import { createConsent } from '../../../src/consents/create-consent.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { tamper } from '../../invariants/tamper.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import {
  openCheckoutSite,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { formToken } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

describe('what a person confirmed on the page', () => {
  const lineCheck = new ScriptedLineCheck();
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  beforeEach(() => site.world.clock.set(NOON_IN_TOKYO));

  const query = () => sqlOf(site.world.deps.orm.em.fork());
  const run = (statement: ReturnType<typeof sql>) => statement.execute(query());
  const rowsOf = (id: string) =>
    query().selectFrom('confirmation').selectAll().where('subjectId', '=', id).execute();

  it('is kept with both proofs: texts, amount, person, line, address, server, times', async () => {
    lineCheck.outcome = { kind: 'accepted', server: '192.0.2.53:1812' };
    const { id, url } = await site.newCharge();
    const { client, subscriber } = await signInOn(site, url);
    const { text } = await client.get(url);
    site.world.clock.advance(60_000);
    await client.post(`${url}/confirm`, { form_token: formToken(text), shown_in: 'ja' });
    const [row, ...others] = await rowsOf(id);
    assert.equal(others.length, 0);
    assert.ok(row);
    const { id: _, texts, templateVersion, ...facts } = row;
    assert.deepEqual(facts, {
      subjectId: id,
      subjectKind: 'charge',
      companyId: site.seller.companyId,
      subscriberId: subscriber.id,
      lineId: subscriber.lineId,
      holderFrom: subscriber.holderFrom,
      issuedId: subscriber.issuedId,
      amountMinor: 1_100n,
      currency: 'JPY',
      language: 'ja',
      address: '127.0.0.1',
      aaaServer: '192.0.2.53:1812',
      aaaAnswer: 'accept',
      lineProvenAt: NOON_IN_TOKYO,
      provenBy: 'password',
      confirmedAt: new Date(NOON_IN_TOKYO.getTime() + 60_000),
    });
    assert.match(templateVersion, /^[0-9a-f]{64}$/);
    const shown = (typeof texts === 'string' ? JSON.parse(texts) : texts) as Record<string, string>;
    assert.deepEqual(
      [shown['price'], shown['item'], shown['seller']],
      ['1,100円', '映画「夏の庭」48時間レンタル', '株式会社ほしぞら動画'],
    );
    assert.ok(text.includes(shown['price']!));
  });

  it('is in the language of the page, though another tab has changed it since', async () => {
    const { id, url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const { text } = await client.get(`${url}?lang=en`);
    await client.get(`${url}?lang=ja`);
    const shownIn = /name="shown_in" value="(\w+)"/.exec(text)?.[1] ?? '';
    await client.post(`${url}/confirm`, { form_token: formToken(text), shown_in: shownIn });
    const [row] = await rowsOf(id);
    assert.equal(row?.language, 'en');
    assert.ok(JSON.stringify(row.texts).includes('Hoshizora Video Inc.'));
  });

  it('is one row, however often and at once the button is pressed', async () => {
    const { id, url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const { text } = await client.get(url);
    const press = () => client.post(`${url}/confirm`, { form_token: formToken(text) });
    await Promise.all(Array.from({ length: 8 }, press));
    await press();
    assert.equal((await rowsOf(id)).length, 1);
  });

  it('is kept for subscriptions and consents too, and not when the purchase is refused or declined', async () => {
    const { deps, config } = site.world;
    const terms = { ...site.seller, description: '見放題', returnUrl: `${site.shopOrigin}/thanks` };
    const months = { itemCode: 'all', chargeDay: 25, firstMonthFree: false, lastMonthFree: false };
    const price = { amountMinor: 990n, taxCode: 'standard' } as const;
    const { id: joined } = await createSubscription(deps, site.key, { ...terms, ...price, ...months });
    const { id: granted } = await createConsent(deps, site.key, terms);
    const subscription = checkoutUrl(config, publicId('subscription', joined));
    const { client } = await signInOn(site, subscription);
    await client.submit(subscription, 'confirm');
    await client.submit(checkoutUrl(config, publicId('consent', granted)), 'confirm');
    const kept = [...(await rowsOf(joined)), ...(await rowsOf(granted))];
    assert.deepEqual(
      kept.map(({ subjectKind, amountMinor }) => [subjectKind, amountMinor]),
      [
        ['subscription', 990n],
        ['consent', null],
      ],
    );
    const [bought, tooMuch, declined] = [
      await site.newCharge({ amountMinor: 9_000n }),
      await site.newCharge({ amountMinor: 2_000n }),
      await site.newCharge(),
    ];
    await client.submit(bought.url, 'confirm');
    await client.submit(tooMuch.url, 'confirm');
    await client.submit(declined.url, 'decline');
    assert.deepEqual([...(await rowsOf(tooMuch.id)), ...(await rowsOf(declined.id))], []);
  });

  it('never changes, is never forgotten, and has its checkout', async () => {
    await assert.rejects(run(sql`UPDATE confirmation SET address = '192.0.2.9'`), /confirmation_is_final/);
    await assert.rejects(run(sql`DELETE FROM confirmation`), /confirmation_stays/);
    await assert.rejects(
      run(sql`INSERT INTO confirmation SELECT '01JV0000000000000000000000', '01JV0000000000000000000001', subject_kind,
        company_id, subscriber_id, line_id, holder_from, issued_id, amount_minor, currency, texts, language,
        template_version, address, aaa_server, aaa_answer, line_proven_at, proven_by, confirmed_at
        FROM confirmation LIMIT 1`),
      /confirmation_checkout/,
    );
  });

  it('that is missing for a later charge is found by the nightly check', async () => {
    site.world.clock.set(new Date('2026-05-12T03:00:00Z'));
    const { id, url } = await site.newCharge({ amountMinor: 100n });
    const { client } = await signInOn(site, url);
    await client.submit(url, 'confirm');
    // The site gives its subscribers their passwords without audit rows.
    const broken = async () =>
      (await listBrokenInvariants(site.world.deps)).filter((line) => line.startsWith('5 '));
    assert.deepEqual(await broken(), []);
    await tamper(
      site.world.deps,
      'confirmation',
      `UPDATE confirmation SET amount_minor = 99 WHERE subject_id = '${id}'`,
    );
    const [changed] = await broken();
    assert.match(changed ?? '', /a one-time charge has the confirmation of its buyer, line and amount/);
    await tamper(site.world.deps, 'confirmation', `DELETE FROM confirmation WHERE subject_id = '${id}'`);
    assert.equal((await broken()).length, 1);
  });
});
