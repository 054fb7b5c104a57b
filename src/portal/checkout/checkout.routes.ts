import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { isCheckoutSeal } from '../../checkout/checkout-seal.rules.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { readArriving } from '../../http/arriving-body.ts';
import { Problem } from '../../shared/problem.ts';
import { refuseForgedForms } from '../kit/form-token.ts';
import { pageFrame } from '../kit/page.ts';
import { problemPages } from '../kit/problem-page.ts';
import { checkoutHandlers } from './checkout-handlers.ts';
import { checkoutPath } from './checkout-page.ts';
import { findCheckout } from './checkout.queries.ts';
import { admitSignIns } from './sign-in-gate.ts';

const FORM_LIMIT = '8kb';

/**
 * The page on which a subscriber confirms a purchase. It works without scripts. The order of the steps in the lists below
 * matters for security.
 */
export function checkoutRouter(deps: ServiceDeps, sessions: Middleware): Router {
  const { config } = deps;
  const handle = checkoutHandlers(deps);
  const frame = [pageFrame(config), problemPages(deps), sealed(config)];
  const subject = [opened(deps), sessions];
  const page = [...frame, ...subject];
  const form = [...frame, postedForm(), ...subject, refuseForgedForms(config)];
  const signInForm = [...frame, postedForm(), admitSignIns(), ...subject, refuseForgedForms(config)];
  const router = new Router();
  router.get('/checkout/:id/:seal', ...page, handle.show);
  // A browser that restores a tab with the response to a form requests the form's address.
  router.get('/checkout/:id/:seal/:step', ...page, (ctx) => ctx.redirect(checkoutPath(ctx)));
  router.post('/checkout/:id/:seal/sign-in', ...signInForm, handle.signIn);
  router.post('/checkout/:id/:seal/sign-out', ...form, handle.signOut);
  router.post('/checkout/:id/:seal/confirm', ...form, handle.confirm);
  router.post('/checkout/:id/:seal/decline', ...form, handle.decline);
  return router;
}

/** A wrong seal is 404 like an unknown identifier, and causes no query. */
function sealed(config: ServiceDeps['config']): Middleware {
  return (ctx, next) => {
    const { id = '', seal = '' } = paramsOf(ctx);
    if (!isCheckoutSeal(config, id, seal)) throw new Problem('not-found');
    ctx.state['backHref'] = checkoutPath(ctx);
    return next();
  };
}

function paramsOf(ctx: Context): Readonly<Record<string, string>> {
  return (ctx as Context & { params: Record<string, string> }).params;
}

/** Loads the checkout that the address names. */
function opened(deps: ServiceDeps): Middleware {
  return async (ctx, next) => {
    const { id = '' } = paramsOf(ctx);
    const checkout = await findCheckout(deps, id);
    if (!checkout) throw new Problem('not-found');
    ctx.state['checkout'] = checkout;
    await next();
  };
}

function postedForm(): Middleware {
  const parse = bodyParser({
    enableTypes: ['form'],
    formLimit: FORM_LIMIT,
    onError: (error) => {
      const isTooLarge = 'status' in error && error.status === 413;
      throw new Problem(isTooLarge ? 'body-too-large' : 'invalid-request', { cause: error });
    },
  }) as unknown as Middleware;
  return async (ctx, next) => {
    await readArriving(ctx, () => parse(ctx, async () => {}) as Promise<void>);
    await next();
  };
}
