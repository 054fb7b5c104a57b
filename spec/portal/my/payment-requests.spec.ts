import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import {
  createPaymentRequest,
  type NewPaymentRequest,
} from '../../../src/payment-requests/create-payment-request.ts';
import { withdrawPaymentRequest } from '../../../src/payment-requests/withdraw-payment-request.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { PASSWORD, ScriptedLineCheck } from '../../support/checkout-site.ts';
import { formToken } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';
import { openMySite, type MySite, type Person } from './my-site.ts';

const payLinkOf = (text: string) => /href="(https?:\/\/[^"]*\/checkout\/pr_[^"]+)"/.exec(text)?.[1] ?? '';

describe('payment requests on the pages of a subscriber', () => {
  const lineCheck = new ScriptedLineCheck();
  let site: MySite;
  let hanako: Person;
  let taro: Person;
  before(async () => void (site = await openMySite(lineCheck)));
  after(() => site.close());
  beforeEach(async () => {
    site.world.clock.set(NOON_IN_TOKYO);
    [hanako, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
  });

  const ask = (over: Partial<NewPaymentRequest> = {}) =>
    createPaymentRequest(site.world.deps, site.key, {
      serviceCode: site.seller.serviceCode,
      amountMinor: 1_800n,
      taxCode: 'standard',
      description: '出張設定サポート',
      toKind: 'line',
      to: hanako.buyer.lineId,
      ...over,
    });
  const pathOf = (id: string) => `${site.origin}/my/payment-requests/${publicId('payment-request', id)}`;
  const rowOf = (id: string) =>
    sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('payment_request')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  it('lead to the purchase page, which shows the conditions, proves person and line, and gives the receipt', async () => {
    const { id } = await ask();
    const client = await site.signIn(hanako);
    assert.match((await client.get(`${site.origin}/my`)).text, /出張設定サポート/);
    const { text } = await client.get(pathOf(id));
    const url = payLinkOf(text);
    const page = await client.get(url);
    assert.equal(page.status, 200);
    for (const shown of ['1,800円', '出張設定サポート', '引き渡し・提供の時期', 'お心当たりのない場合'])
      assert.ok(page.text.includes(shown), shown);
    const confirmed = await client.post(`${url}/confirm`, {
      form_token: formToken(page.text),
      shown_in: 'ja',
    });
    assert.equal(confirmed.status, 303);
    const { state, chargeId } = await rowOf(id);
    assert.equal(state, 'confirmed');
    const receipt = await client.get(url);
    assert.ok(receipt.text.includes(publicId('charge', chargeId!)));
    assert.ok(receipt.text.includes(pathOf(id)));
    assert.ok((await client.get(pathOf(id))).text.includes(`/my/purchases/${publicId('charge', chargeId!)}`));
    const other = await site.signIn(taro);
    const seen = (await other.get(pathOf(id))).text;
    assert.ok(!seen.includes(chargeId!) && !seen.includes('花子'));
    const kept = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('confirmation')
      .select(['provenBy', 'amountMinor', 'aaaAnswer'])
      .where('subjectId', '=', chargeId!)
      .execute();
    assert.deepEqual(kept, [{ provenBy: 'password', amountMinor: 1_800n, aaaAnswer: 'accept' }]);
  });

  it('ask for the password again when it was given a while ago', async () => {
    const { id } = await ask();
    const client = await site.signIn(hanako);
    const url = payLinkOf((await client.get(pathOf(id))).text);
    const first = await client.get(url);
    site.world.clock.advance(6 * 60_000);
    await client.post(`${url}/confirm`, { form_token: formToken(first.text) });
    assert.equal((await rowOf(id)).state, 'pending');
    const asked = await client.get(url);
    assert.match(asked.text, /name="password"/);
    await client.submit(url, 'sign-in', { issued_id: hanako.issuedId, password: PASSWORD });
    const page = await client.get(url);
    await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
    assert.equal((await rowOf(id)).state, 'confirmed');
  });

  it('are not paid from another line: its people find nothing at the address', async () => {
    const { id } = await ask();
    const url = payLinkOf((await (await site.signIn(hanako)).get(pathOf(id))).text);
    const [stranger] = (await site.newLine(['他人'])) as [Person];
    const client = await site.signIn(stranger);
    assert.equal((await client.get(pathOf(id))).status, 404);
    assert.equal((await client.get(url)).status, 404);
  });

  it('are not paid without the line', async () => {
    const { id } = await ask();
    const client = await site.signIn(hanako);
    const url = payLinkOf((await client.get(pathOf(id))).text);
    const accepted = lineCheck.outcome;
    lineCheck.outcome = { kind: 'refused', server: '192.0.2.53:1812' } as never;
    const page = await client.get(url);
    lineCheck.outcome = accepted;
    assert.equal(page.status, 403);
    assert.equal((await rowOf(id)).state, 'pending');
  });

  it('show a withdrawal, and cannot be paid or declined then', async () => {
    const { id } = await ask();
    const client = await site.signIn(hanako);
    const url = payLinkOf((await client.get(pathOf(id))).text);
    const page = await client.get(url);
    await withdrawPaymentRequest(site.world.deps, site.key, { id });
    await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
    assert.equal((await rowOf(id)).state, 'withdrawn');
    assert.match((await client.get(pathOf(id))).text, /取り下げました/);
    assert.equal(
      (
        await client.post(`${pathOf(id)}/decline`, {
          form_token: formToken((await client.get(pathOf(id))).text),
        })
      ).status,
      409,
    );
  });

  it('are declined on the page of the person, or on the purchase page', async () => {
    const client = await site.signIn(hanako);
    const { id } = await ask();
    const question = await client.get(`${pathOf(id)}/decline`);
    const reply = await client.post(`${pathOf(id)}/decline`, { form_token: formToken(question.text) });
    assert.equal(reply.status, 303);
    const other = await ask();
    const url = payLinkOf((await client.get(pathOf(other.id))).text);
    const page = await client.get(url);
    await client.post(`${url}/decline`, { form_token: formToken(page.text) });
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(other.id)).state], ['declined', 'declined']);
  });
});
