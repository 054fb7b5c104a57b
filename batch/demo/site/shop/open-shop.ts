import { createServer, type RequestListener } from 'node:http';
import { apiEndpoints } from '../../../../src/api-endpoints.ts';
import { createService } from '../../../../src/companies/create-service.ts';
import { listServices } from '../../../../src/companies/company.queries.ts';
import { editService } from '../../../../src/companies/edit-service.ts';
import type { Deps } from '../../../../src/deps.ts';
import { startListener, type Listener } from '../../../../src/http/listener.ts';
import { demoStaff } from '../../demo-staff.ts';
import { shopService } from '../../plan/service-terms.ts';
import { demoCompanies } from '../../plan/demo-sellers.ts';
import { createShopClient, type ShopClient } from './shop-client.ts';
import { createShop, type VerifyMessage } from './shop.ts';

const LOOPBACK = '127.0.0.1';
const ENDPOINT_NAME = 'Example shop';
/** Of the demo: the shop is one of its services. */
const [company] = demoCompanies;

export interface ShopPlace {
  /** Where buyers find the service, and where its API answers. */
  readonly publicOrigin: string;
  readonly apiOrigin: string;
  /** A key of the first company of the demo. */
  readonly apiKey: string;
  /** Any free one if it is taken. */
  readonly port: number;
}

export interface OpenShop {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Opens the example shop of a demo world: its service, whose only site it is, its webhook endpoint with a fresh secret, and its pages.
 * Undefined without the development dependency `standardwebhooks`, with which it verifies messages.
 */
export async function openShop(deps: Deps, place: ShopPlace): Promise<OpenShop | undefined> {
  const verifying = await import('standardwebhooks').catch(() => undefined);
  if (!verifying) return undefined;
  const server = createServer();
  const listener = await listen(server, place.port);
  try {
    const { port } = new URL(listener.address);
    const origin = `http://localhost:${port}`;
    const service = await prepareService(deps, origin);
    const tabane = createShopClient(apiEndpoints, { apiKey: place.apiKey, origin: place.apiOrigin });
    const webhook = new verifying.Webhook(
      await createWebhookEndpoint(tabane, `${listener.address}/webhooks`),
    );
    const verify: VerifyMessage = (body, headers) => webhook.verify(body, headers);
    const checkoutOrigin = place.publicOrigin;
    const shop = createShop({ tabane, service, origin, checkoutOrigin, verify });
    server.on('request', shop.callback() as RequestListener);
    return { origin, close: () => listener.close() };
  } catch (error) {
    await listener.close();
    throw error;
  }
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<Listener> {
  const host = LOOPBACK;
  return await startListener(server, { host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return startListener(server, { host, port: 0 });
  });
}

/** The service of the shop, with the shop's address as its site. Returns its code. */
async function prepareService(deps: Deps, siteOrigin: string): Promise<string> {
  const { code, ...terms } = shopService(company!);
  const companyCode = company!.code;
  const services = await listServices(deps, demoStaff, companyCode);
  if (services.some((service) => service.code === code))
    await editService(deps, demoStaff, { companyCode, code, siteOrigins: [siteOrigin] });
  else await createService(deps, demoStaff, { companyCode, code, siteOrigin, ...terms });
  return code;
}

/** Its endpoint in place of the one of an earlier start, whose secret is forgotten. Returns the secret. */
async function createWebhookEndpoint(tabane: ShopClient, url: string): Promise<string> {
  for await (const { id, description } of tabane.all.listWebhookEndpoints())
    if (description === ENDPOINT_NAME) await tabane.deleteWebhookEndpoint(id);
  const { secret } = await tabane.createWebhookEndpoint({
    url,
    description: ENDPOINT_NAME,
    event_types: ['charge.captured'],
  });
  if (secret === null) throw new Error('the endpoint has come without its secret');
  return secret;
}
