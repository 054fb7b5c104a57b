import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { composeIssuedId } from '../../src/identity/issued-id.rules.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createLog } from '../../src/shared/log.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { PageClient } from '../support/page-client.ts';

const browserAt = (header: string, value: string | undefined) => {
  const headers = value === undefined ? {} : { [header]: value };
  return new PageClient({ ...headers, 'accept-language': 'ja' });
};

for (const [setting, header, hopOf] of [
  ['true', 'x-forwarded-for', (hop: string) => hop],
  ['x-forwarded-for', 'x-forwarded-for', (hop: string) => hop],
  ['forwarded', 'forwarded', (hop: string) => `for="${hop}"`],
] as const) {
  describe(`the browser's address with TRUST_PROXY=${setting}`, () => {
    const lineCheck = new ScriptedLineCheck();
    const lines: string[] = [];
    let site: CheckoutSite;
    before(async () => {
      const log = createLog('info', { write: (line: string) => void lines.push(line) });
      site = await openCheckoutSite(lineCheck, { TRUST_PROXY: setting }, log);
    });
    after(() => site.close());
    beforeEach(async () => {
      lines.length = 0;
      lineCheck.asked.length = 0;
      await sqlOf(site.world.deps.orm.em.fork()).deleteFrom('sign_in_failure').execute();
    });

    const wrongId = async (value: string | undefined, index: number) => {
      const { url } = await site.newCharge();
      const digits = String(index).padStart(10, '9').split('').map(Number).values();
      const unknown = composeIssuedId(() => digits.next().value ?? 0);
      const fields = { issued_id: unknown, password: 'wrong' };
      return (await browserAt(header, value).submit(url, 'sign-in', fields)).status;
    };
    /** Statuses of 21 failed sign-ins, each from where `valueOf` says; the last is the first beyond the lock. */
    const guess = async (valueOf: (index: number) => string | undefined) => {
      const statuses: number[] = [];
      for (let index = 0; index < 21; index += 1) statuses.push(await wrongId(valueOf(index), index));
      return statuses;
    };
    const locked = [...Array.from({ length: 20 }, () => 401), 429];
    const faultsLogged = () =>
      lines
        .map((line) => JSON.parse(line) as { msg: string; level: number; fault?: string })
        .filter(({ msg }) => msg === 'client-address-unusable');

    for (const [hop, address] of [
      ['203.0.113.7:51234', '203.0.113.7'],
      ['[2001:DB8::1]:443', '2001:db8::1'],
      ['[::ffff:203.0.113.7]', '203.0.113.7'],
    ] as const) {
      it(`is what the AAA server is asked about: ${address} for ${hop}`, async () => {
        const { url } = await site.newCharge();
        const { issuedId } = await site.newSubscriber();
        const browser = browserAt(header, hopOf(hop));
        await browser.submit(url, 'sign-in', { issued_id: issuedId, password: PASSWORD });
        assert.equal((await browser.submit(url, 'confirm')).status, 303);
        assert.deepEqual(
          lineCheck.asked.map((asked) => asked.address),
          [address],
        );
        assert.deepEqual(faultsLogged(), []);
      });
    }

    it('stays one source for the lock when the port changes', async () => {
      assert.deepEqual(await guess((index) => hopOf(`203.0.113.9:${50_000 + index}`)), locked);
    });

    it('is logged as the proxy’s fault where there is none, proves no line, and is one source for the lock', async () => {
      const values = [undefined, hopOf('unknown'), hopOf('_hidden'), hopOf('balancer.internal'), '', ','];
      assert.deepEqual(await guess((index) => values[index % values.length]), locked);
      const faults = faultsLogged();
      // One for the page, one for the form.
      assert.equal(faults.length, 42);
      assert.ok(faults.every(({ level }) => level === 50));
      assert.deepEqual(new Set(faults.map(({ fault }) => fault)), new Set(['missing', 'unreadable']));
      assert.equal(lines.join('').includes('balancer.internal'), false, 'without the value');
    });

    it('is the last hop alone, in one line or in several', async () => {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const browser = browserAt(header, `${hopOf('198.51.100.1')}, ${hopOf('203.0.113.7')}`);
      await browser.submit(url, 'sign-in', { issued_id: issuedId, password: PASSWORD });
      await browser.get(url);
      assert.equal(lineCheck.asked.at(-1)?.address, '203.0.113.7');
    });
  });
}

describe('the browser’s address without a proxy', () => {
  it('is that of the connection, whatever headers say', async () => {
    const lineCheck = new ScriptedLineCheck();
    const site = await openCheckoutSite(lineCheck);
    try {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const browser = new PageClient({ 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' });
      await browser.submit(url, 'sign-in', { issued_id: issuedId, password: PASSWORD });
      await browser.get(url);
      assert.deepEqual(
        lineCheck.asked.map(({ address }) => address),
        ['127.0.0.1'],
      );
    } finally {
      await site.close();
    }
  });
});
