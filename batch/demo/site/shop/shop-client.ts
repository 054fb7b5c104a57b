import type { AnyEndpoint } from '../../../../src/api/define-endpoint.ts';
import { createClient } from '../../../../src/client/create-client.ts';
import type { Client, ClientOptions, Route, Routes } from '../../../../src/client/client.types.ts';

export interface Charge {
  readonly id: string;
  readonly state: 'pending' | 'authorized' | 'captured' | 'cancelled' | 'expired';
  readonly amount: number;
  readonly reference: string | null;
  readonly confirm_url: string | null;
}

interface NewCharge {
  readonly service: string;
  readonly amount: number;
  readonly tax_code: 'standard' | 'reduced';
  readonly description: string;
  readonly reference: string;
  readonly return_url: string;
  readonly capture: 'automatic' | 'manual';
}

interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Of the response that creates it; null afterwards. */
  readonly secret: string | null;
}

interface NewWebhookEndpoint {
  readonly url: string;
  readonly description: string;
  readonly event_types: readonly string[];
}

/** What the shop uses of the API. The packed client (`npm run client`) has all of it, with generated types. */
interface Operations {
  createCharge: { path: readonly []; input: NewCharge; output: Charge };
  getCharge: { path: readonly [id: string]; input: undefined; output: Charge };
  createWebhookEndpoint: { path: readonly []; input: NewWebhookEndpoint; output: WebhookEndpoint };
  listWebhookEndpoints: {
    path: readonly [];
    input: { limit?: number };
    output: { items: readonly WebhookEndpoint[]; next: string | null };
  };
  deleteWebhookEndpoint: { path: readonly [id: string]; input: undefined; output: undefined };
}

export type ShopClient = Client<Operations>;

/** The client of `src/client` for these operations. */
export function createShopClient(endpoints: readonly AnyEndpoint[], options: ClientOptions): ShopClient {
  const routes = Object.fromEntries(endpoints.map((endpoint) => [endpoint.name, routeOf(endpoint)]));
  return createClient<Operations>(routes as unknown as Routes<Operations>, options);
}

function routeOf({ method, path, body, query, file }: AnyEndpoint): Route {
  return {
    method: method.toUpperCase() as Route['method'],
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    hasInput: (body ?? query) !== undefined,
    isIdempotent: method !== 'get',
    isFile: file !== undefined,
  };
}
