import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { CompanyKeyActor } from '../../src/access/actor.ts';
import { createApp } from '../../src/app.ts';
import { checkoutUrl } from '../../src/checkout/checkout-seal.rules.ts';
import { createCharge, type NewCharge } from '../../src/charges/create-charge.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { hashPassword } from '../../src/identity/passwords.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import type { Subscriber } from '../../src/identity/subscriber.entity.ts';
import type { LineCheck, LineCheckOutcome } from '../../src/radius/line-check.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { formToken, PageClient } from './page-client.ts';
import { makeCompany, makeContract, makeLine, makeService } from './factories.ts';
import { createWorld, type World } from './world.ts';
import { keyOf, staff } from './actors.ts';

/** A line check with a scripted outcome, which records its requests. */
export class ScriptedLineCheck implements LineCheck {
  outcome: LineCheckOutcome = { kind: 'accepted', server: '127.0.0.1:1812' };
  readonly asked: { lineId: string; address: string }[] = [];

  check(request: { readonly lineId: string; readonly address: string }): Promise<LineCheckOutcome> {
    this.asked.push({ ...request });
    return Promise.resolve(this.outcome);
  }

  stats(): never {
    throw new Error('a scripted line check counts nothing');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** The real application at its own public origin, a company's site that buyers come back to, and a world behind both. */
export interface CheckoutSite {
  readonly world: World;
  readonly origin: string;
  /** Origin of the company's site. */
  readonly shopOrigin: string;
  /** Addresses with which buyers returned to the company's site, oldest first. */
  readonly returns: string[];
  readonly seller: { readonly companyId: number; readonly serviceCode: string };
  /** A key of the seller. */
  readonly key: CompanyKeyActor;
  newSubscriber(line?: Parameters<typeof makeLine>[1]): Promise<Subscriber>;
  newCharge(over?: Partial<NewCharge>): Promise<{ id: string; url: string }>;
  close(): Promise<void>;
}

export const PASSWORD = 'correct-horse';

/**
 * Serves the checkout for a test file. `settings` are environment variables besides the public origin, and `siteHost` the name in it:
 * browsers have passkeys for names only, not for addresses. `log` is the log of the service.
 */
export async function openCheckoutSite(
  lineCheck: LineCheck,
  { siteHost = '127.0.0.1', ...settings }: Readonly<Record<string, string>> = {},
  log?: Logger,
): Promise<CheckoutSite> {
  const returns: string[] = [];
  const shop = await listen((request, response) => {
    if (request.url?.startsWith('/thanks')) returns.push(request.url);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>shop</title><h1>Thank you</h1>');
  });
  const listening = await listen();
  const site = { ...listening, origin: listening.origin.replace('127.0.0.1', siteHost) };
  const world = await createWorld({ PUBLIC_ORIGIN: site.origin, ...settings });
  const app = createApp({ ...world.deps, lineCheck, ...(log && { log }) });
  site.server.on('request', app.callback() as RequestListener);
  const { deps, config } = world;
  const company = await makeCompany(deps, { name: '株式会社ほしぞら動画', nameEn: 'Hoshizora Video Inc.' });
  const shopTerms = {
    companyId: company.id,
    code: 'video',
    name: 'ほしぞらシアター',
    nameEn: 'Hoshizora Theater',
  };
  const service = await makeService(deps, { ...shopTerms, siteOrigin: shop.origin });
  await makeContract(deps, { companyId: company.id });
  const seller = { companyId: company.id, serviceCode: service.code };
  const key = keyOf(company.id);
  const passwordHash = await hashPassword(PASSWORD);
  return {
    world,
    origin: site.origin,
    shopOrigin: shop.origin,
    returns,
    seller,
    key,
    newSubscriber: async (line) => {
      const { lineId } = await makeLine(deps, line);
      const { subscriber } = await issueSubscriber(deps, staff(), { lineId, displayName: '東西 花子' });
      const sql = sqlOf(deps.orm.em.fork());
      await sql.updateTable('subscriber').set({ passwordHash }).where('id', '=', subscriber.id).execute();
      return subscriber;
    },
    newCharge: async (over = {}) => {
      const charge = await createCharge(deps, key, {
        serviceCode: seller.serviceCode,
        amountMinor: 1_100n,
        taxCode: 'standard',
        description: '映画「夏の庭」48時間レンタル',
        returnUrl: `${shop.origin}/thanks?order=7`,
        automaticCapture: true,
        ...over,
      });
      return { id: charge.id, url: checkoutUrl(config, publicId('charge', charge.id)) };
    },
    close: async () => {
      await site.close();
      await shop.close();
      await world.close();
    },
  };
}

async function listen(listener?: RequestListener) {
  const server = createServer(...(listener ? [listener] : []));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, origin: `http://127.0.0.1:${port}`, close };
}

/** A new subscriber who has signed in on a page and not opened it since. */
export async function signInOn(site: CheckoutSite, url: string, line?: Parameters<typeof makeLine>[1]) {
  const subscriber = await site.newSubscriber(line);
  const client = new PageClient();
  const fields = { issued_id: subscriber.issuedId, password: PASSWORD };
  const reply = await client.submit(url, 'sign-in', fields);
  return { client, subscriber, reply };
}

/** The link back to the seller on the last page; undefined before it. */
export function returnLinkOf(text: string): string | undefined {
  return /<a class="button" href="(https?:[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
}

/** Confirms on a page that was opened, or is opened now, and follows to the receipt; where its link leads. */
export async function confirmOn(
  client: PageClient,
  url: string,
  token?: string,
): Promise<string | undefined> {
  const form = token ?? formToken((await client.get(url)).text);
  const { status } = await client.post(`${url}/confirm`, { form_token: form });
  return status === 303 ? returnLinkOf((await client.get(url)).text) : undefined;
}

/** A stored charge. */
export function readCharge(site: CheckoutSite, id: string) {
  const charges = sqlOf(site.world.deps.orm.em.fork()).selectFrom('charge').selectAll();
  return charges.where('id', '=', id).executeTakeFirstOrThrow();
}
