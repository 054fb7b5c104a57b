import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLineCheck, type LineCheck } from '../../../src/radius/line-check.ts';
import { secret, startForgingServer, type ForgingServer } from '../../radius/forging-server.ts';
import { openCheckoutSite, readCharge, signInOn, type CheckoutSite } from '../../support/checkout-site.ts';
import { formToken } from '../../support/page-client.ts';
import { failures, honest, losing, retransmission } from './misbehaviour.ts';

describe('the checkout while the AAA server fails', () => {
  let behave = honest;
  let server: ForgingServer;
  let lineCheck: LineCheck;
  let site: CheckoutSite;
  before(async () => {
    server = await startForgingServer((visit) => behave(visit));
    lineCheck = createLineCheck({
      servers: [{ host: '127.0.0.1', port: server.port, secret }],
      nasIdentifier: 'tabane-spec',
      retransmission,
    });
    site = await openCheckoutSite(lineCheck);
  });
  after(async () => {
    await site.close();
    await lineCheck.close();
    await server.close();
  });

  for (const [name, behaviour] of Object.entries(failures)) {
    it(`sells nothing when it ${name}, answers 503, and sells again once it is healthy`, async () => {
      const { id, url } = await site.newCharge();
      behave = behaviour;
      const { client } = await signInOn(site, url);
      const page = await client.get(url);
      assert.equal(page.status, 503);
      const refused = await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
      assert.equal(refused.status, 303);
      assert.equal((await client.get(url)).status, 503);
      const { state, subscriberId } = await readCharge(site, id);
      assert.deepEqual([state, subscriberId], ['pending', null]);
      behave = honest;
      assert.equal((await client.submit(url, 'confirm')).status, 303);
      assert.equal((await readCharge(site, id)).state, 'captured');
    });
  }

  it('uses a proof only for the checkout it was made for', async () => {
    const [first, second] = [await site.newCharge(), await site.newCharge()];
    behave = honest;
    const { client } = await signInOn(site, first.url);
    assert.equal((await client.get(first.url)).status, 200);
    behave = failures['is silent']!;
    assert.equal((await client.submit(first.url, 'confirm')).status, 303);
    assert.equal((await client.get(second.url)).status, 503);
    assert.equal((await readCharge(site, second.id)).state, 'pending');
  });

  it('accepts the retransmission of a server that loses every first packet', async () => {
    const { id, url } = await site.newCharge();
    behave = losing;
    const { client } = await signInOn(site, url);
    assert.equal((await client.submit(url, 'confirm')).status, 303);
    assert.equal((await readCharge(site, id)).state, 'captured');
  });
});
