import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { LineCheck, LineCheckOutcome } from '../../../src/radius/line-check.ts';
import {
  openCheckoutSite,
  PASSWORD,
  readCharge,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { formToken, PageClient } from '../../support/page-client.ts';

/** A line check that answers when the test says so. */
class SlowLineCheck implements LineCheck {
  readonly #waiting: ((outcome: LineCheckOutcome) => void)[] = [];
  asked = 0;

  check(): Promise<LineCheckOutcome> {
    this.asked += 1;
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  answer(outcome: LineCheckOutcome): void {
    for (const resolve of this.#waiting.splice(0)) resolve(outcome);
  }

  stats(): never {
    throw new Error('counts nothing');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A page without what is new each time: the ID, the token and the challenge for a passkey. */
const plain = (text: string) =>
  text.replaceAll(/F\d{11}|form_token" value="[^"]*"|challenge&quot;:&quot;[\w-]+/g, '');

const accepted = { kind: 'accepted', server: '192.0.2.53:1812' } as const;

describe('a slow AAA server', () => {
  const lineCheck = new SlowLineCheck();
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  beforeEach(() => {
    lineCheck.answer({ kind: 'unknown', reason: 'timeout' });
    lineCheck.asked = 0;
  });

  it('shows after a second that the line is being verified, continues by itself, and asks the server once', async () => {
    const { id, url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    for (const _ of [1, 2]) {
      const waiting = await client.get(url);
      assert.equal(waiting.status, 202);
      assert.ok(waiting.text.includes('ご契約回線を確認しています'));
      assert.match(waiting.headers.get('refresh') ?? '', /^2$/);
      assert.equal(waiting.text.includes('確認して購入'), false);
    }
    lineCheck.answer(accepted);
    const shown = await client.get(url);
    assert.equal(shown.status, 200);
    assert.equal(lineCheck.asked, 1);
    assert.equal((await readCharge(site, id)).state, 'pending');
    assert.equal((await client.post(`${url}/confirm`, { form_token: formToken(shown.text) })).status, 303);
    assert.equal((await readCharge(site, id)).state, 'captured');
  });

  it('that answers during the sign-in has answered the page after it', async () => {
    const { url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    assert.equal(lineCheck.asked, 1);
    lineCheck.answer(accepted);
    assert.equal((await client.get(url)).status, 200);
    assert.equal(lineCheck.asked, 1);
  });

  it('delays no refusal of a wrong password, and neither the line nor its absence shows in it', async () => {
    const { url } = await site.newCharge();
    const { issuedId } = await site.newSubscriber();
    const client = new PageClient();
    const known = await client.submit(url, 'sign-in', { issued_id: issuedId, password: 'wrong' });
    assert.equal(known.status, 401, 'while the check is under way');
    lineCheck.answer({ kind: 'refused', reason: 'rejected' });
    const other = await site.newSubscriber();
    const checked = await client.submit(url, 'sign-in', { issued_id: other.issuedId, password: 'wrong' });
    const unknown = await client.submit(url, 'sign-in', { issued_id: 'F00000000000', password: 'wrong' });
    assert.equal(plain(known.text), plain(checked.text));
    assert.equal(plain(known.text), plain(unknown.text));
    const right = await client.submit(url, 'sign-in', { issued_id: issuedId, password: PASSWORD });
    assert.equal(right.status, 303);
  });
});
