import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import { TabaneConnectionError, TabaneError } from '../../../../src/client/tabane-error.ts';
import { goods } from './goods.ts';
import { Orders } from './orders.ts';
import { listPage, messagePage, orderPage, shopStyle, type ShopPage } from './pages.ts';
import type { ShopClient } from './shop-client.ts';

/** Much more than any message has. */
const MAX_MESSAGE_BYTES = 65_536;

/** Checks a webhook message and returns its event: `new Webhook(secret).verify` of `standardwebhooks`. */
export type VerifyMessage = (body: Buffer, headers: Record<string, string>) => unknown;

export interface ShopSettings {
  readonly tabane: ShopClient;
  /** Code of the service that sells. */
  readonly service: string;
  /** Where buyers reach the shop. */
  readonly origin: string;
  /** Where the checkout is: the form that buys is redirected there. */
  readonly checkoutOrigin: string;
  readonly verify: VerifyMessage;
}

interface Event {
  readonly type: string;
  readonly data: { readonly object: { readonly id: string; readonly reference: string | null } };
}

/**
 * A shop of a content company, as short as it can be: three things to buy, a checkout, a page that says thank you, and a webhook.
 * It has no accounts and keeps nothing.
 */
export function createShop(settings: ShopSettings): Koa {
  const { tabane, service, origin, verify } = settings;
  const orders = new Orders();
  const router = new Router();

  router.get('/', (ctx) => show(ctx, listPage(goods, languageOf(ctx))));

  router.get('/shop.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = shopStyle;
  });

  // 1. Buying: a charge is created for the order, and the browser goes to its confirm_url.
  router.post('/buy', bodyParser({ enableTypes: ['form'], formLimit: '4kb' }), async (ctx) => {
    const { good: code } = (ctx.request.body ?? {}) as { good?: unknown };
    const good = goods.find((one) => one.code === code);
    if (!good) return ctx.redirect('/');
    const order = orders.open(good);
    const sale = {
      service,
      amount: good.amount,
      tax_code: good.taxCode,
      description: good.name.ja,
      reference: order.id,
      return_url: `${origin}/orders/${order.id}`,
      capture: 'automatic',
    } as const;
    // The order's number as the key: sent twice, it is one charge.
    const charge = await tabane.createCharge(sale, { idempotencyKey: order.id });
    order.chargeId = charge.id;
    ctx.status = 303;
    ctx.redirect(charge.confirm_url ?? '/');
  });

  // 2. Returning: the address proves nothing, for anybody can type it. The charge is read from the API.
  router.get('/orders/:id', async (ctx) => {
    const order = orders.find(ctx.params['id'] ?? '');
    if (order?.chargeId === undefined)
      return show(ctx, { ...messagePage('unknown', languageOf(ctx)), status: 404 });
    const { id, state, reference } = await tabane.getCharge(order.chargeId);
    const isPaid = id === order.chargeId && reference === order.id && state === 'captured';
    show(ctx, orderPage({ order, state: isPaid ? 'paid' : state }, languageOf(ctx)));
  });

  // 3. Being told: the bytes as they came are verified, then each message takes effect once.
  router.post('/webhooks', async (ctx) => {
    const body = await readBody(ctx);
    let event: Event;
    try {
      event = verify(body, ctx.headers as Record<string, string>) as Event;
    } catch {
      ctx.status = 400;
      ctx.body = 'not verified';
      return;
    }
    ctx.status = 204;
    if (!orders.isNew(ctx.get('webhook-id')) || event.type !== 'charge.captured') return;
    const { id, reference } = event.data.object;
    const order = orders.find(reference ?? '');
    if (order?.chargeId === id) order.isPaid = true;
  });

  const app = new Koa();
  app.use(pageHeaders(settings.checkoutOrigin));
  app.use(failures);
  app.use(router.routes());
  return app;
}

/** Own style alone, no scripts; the form that buys leads to the checkout. */
function pageHeaders(checkoutOrigin: string): Koa.Middleware {
  const policy = `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${checkoutOrigin}; frame-ancestors 'none'; base-uri 'none'`;
  return async (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    await next();
  };
}

/** A refusal of the API is shown with its code, which says what to do; without an answer nothing was sold. */
const failures: Koa.Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof TabaneError) && !(error instanceof TabaneConnectionError)) throw error;
    const code = error instanceof TabaneError ? error.code : undefined;
    show(ctx, { ...messagePage('failed', languageOf(ctx), code), status: 502 });
  }
};

function show(ctx: Context, { html, status = 200 }: ShopPage): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = html;
}

async function readBody(ctx: Context): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of ctx.req as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_MESSAGE_BYTES) ctx.throw(413);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function languageOf(ctx: Context): 'ja' | 'en' {
  return ctx.acceptsLanguages(['ja', 'en']) === 'en' ? 'en' : 'ja';
}
