import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { appendEvents } from '../../src/events/append-events.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import { deliverWebhooks, type DeliveredWebhooks } from '../../src/webhooks/deliver-webhooks.ts';
import type { PresentedDelivery, PresentedEndpoint } from '../../src/webhooks/endpoint.presenter.ts';
import type { Resolve } from '../../src/webhooks/resolve-target.ts';
import { job } from '../support/actors.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { startReceiver, type Receiver } from './receiver.ts';

/** A served world in which endpoints may be on this machine. */
export interface HookWorld extends ApiWorld {
  /** Another receiver; closed with the world. */
  receiver(): Promise<Receiver>;
  /** An endpoint of the first company at an address. */
  endpoint(url: string, over?: object): Promise<PresentedEndpoint & { readonly secret: string }>;
  /** Something happens to the first company, some times. */
  happens(times?: number): Promise<void>;
  /** Publishes and sends what is due. */
  deliver(options?: { readonly resolve?: Resolve; readonly deps?: Deps }): Promise<DeliveredWebhooks>;
  deliveriesOf(endpoint: { readonly id: string }, query?: string): Promise<PresentedDelivery[]>;
  get(endpoint: { readonly id: string }): Promise<PresentedEndpoint>;
}

export async function createHookWorld(): Promise<HookWorld> {
  const world = await createApiWorld({ WEBHOOK_LOOPBACK: 'allow' });
  const { deps, api } = world;
  const receivers: Receiver[] = [];
  return {
    ...world,
    receiver: async () => {
      const receiver = await startReceiver();
      receivers.push(receiver);
      return receiver;
    },
    endpoint: async (url, over = {}) => {
      const reply = await api.post<PresentedEndpoint>('/v1/webhook-endpoints', { url, ...over });
      const { secret } = reply.body;
      if (reply.status !== 201 || secret === null) throw new Error(reply.text);
      return { ...reply.body, secret };
    },
    happens: async (times = 1) => {
      const event = { type: 'company.activated', subject: 'shop', companyId: world.sale.company.id } as const;
      const events = Array.from({ length: times }, () => ({ ...event, snapshot: {} }));
      await inTransaction(deps, (tx) => appendEvents(tx, events));
    },
    deliver: async ({ resolve, deps: from = deps } = {}) => {
      await publishEvents(from, job('publish-events'));
      return await deliverWebhooks(from, job('deliver-webhooks'), { resolve });
    },
    deliveriesOf: async ({ id }, query = '') => {
      const path = `/v1/webhook-endpoints/${id}/deliveries?limit=100${query}`;
      return (await api.get<{ items: PresentedDelivery[] }>(path)).body.items;
    },
    get: async ({ id }) => (await api.get<PresentedEndpoint>(`/v1/webhook-endpoints/${id}`)).body,
    close: async () => {
      for (const receiver of receivers) await receiver.close();
      await world.close();
    },
  };
}
