import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLineCheck, type LineCheck } from '../../../src/radius/line-check.ts';
import { forgeries, honestReply } from '../../radius/forgeries.ts';
import { secret, startLyingServer, type LyingServer, type Visit } from '../../radius/lying-server.ts';
import { openCheckoutSite, readCharge, signInOn, type CheckoutSite } from '../../support/checkout-site.ts';
import { formToken } from '../../support/page-client.ts';

type Behaviour = (visit: Visit) => Promise<void> | void;

const honest: Behaviour = ({ request, answer }) => answer(honestReply(request));
const silent: Behaviour = () => {};
const slow: Behaviour = ({ request, answer, index }) =>
  index % 2 === 1 ? answer(honestReply(request)) : undefined;
const lying: Behaviour = async ({ request, answer }) => {
  for (const { forge } of forgeries) await answer(forge(request));
};
const lyingFromElsewhere: Behaviour = ({ request, answerFrom }) =>
  answerFrom(honestReply(request), { address: '127.0.0.1', port: 0 });
const late: Behaviour = async ({ request, answer }) => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  await answer(honestReply(request));
};

describe('the checkout while the AAA server fails', () => {
  let behave = honest;
  let server: LyingServer;
  let lineCheck: LineCheck;
  let site: CheckoutSite;
  before(async () => {
    server = await startLyingServer((visit) => behave(visit));
    lineCheck = createLineCheck({
      servers: [{ host: '127.0.0.1', port: server.port, secret }],
      nasIdentifier: 'tabane-spec',
      retransmission: { firstMs: 60, tries: 3, totalMs: 300 },
    });
    site = await openCheckoutSite(lineCheck);
  });
  after(async () => {
    await site.close();
    await lineCheck.close();
    await server.close();
  });

  const failures: [name: string, behaviour: Behaviour][] = [
    ['is silent', silent],
    ['answers too late', late],
    ['lies in every way', lying],
    ['is impersonated from another port', lyingFromElsewhere],
  ];
  for (const [name, behaviour] of failures) {
    it(`sells nothing when it ${name}, says so with 503, and sells by itself once it is well`, async () => {
      const { id, url } = await site.newCharge();
      behave = behaviour;
      const { client } = await signInOn(site, url);
      const page = await client.get(url);
      assert.equal(page.status, 503);
      const refused = await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
      assert.equal(refused.status, 503);
      const { state, subscriberId } = await readCharge(site, id);
      assert.deepEqual([state, subscriberId], ['pending', null]);
      behave = honest;
      assert.equal((await client.submit(url, 'confirm')).status, 303);
      assert.equal((await readCharge(site, id)).state, 'captured');
    });
  }

  it('holds a proof for the checkout it was given for, and for no other', async () => {
    const [first, second] = [await site.newCharge(), await site.newCharge()];
    behave = honest;
    const { client } = await signInOn(site, first.url);
    assert.equal((await client.get(first.url)).status, 200);
    behave = silent;
    assert.equal((await client.submit(first.url, 'confirm')).status, 303);
    assert.equal((await client.get(second.url)).status, 503);
    assert.equal((await readCharge(site, second.id)).state, 'pending');
  });

  it('takes a second try of a server that loses every first', async () => {
    const { id, url } = await site.newCharge();
    behave = slow;
    const { client } = await signInOn(site, url);
    assert.equal((await client.submit(url, 'confirm')).status, 303);
    assert.equal((await readCharge(site, id)).state, 'captured');
  });
});
