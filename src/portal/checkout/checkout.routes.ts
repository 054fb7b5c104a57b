import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type Koa from 'koa';
import type { Context, Middleware } from 'koa';
import { isCheckoutSeal } from '../../checkout/checkout-seal.rules.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { readArriving } from '../../http/arriving-body.ts';
import { pageSessions } from '../../identity/page-sessions.ts';
import { Problem } from '../../shared/problem.ts';
import { refuseForgedForms } from '../form-token.ts';
import { pageFrame } from '../page.ts';
import { problemPages } from '../problem-page.ts';
import { checkoutHandlers } from './checkout-handlers.ts';
import { checkoutPath } from './checkout-page.ts';
import { findCheckout } from './checkout.queries.ts';
import { admitSignIns } from './sign-in-gate.ts';

const FORM_LIMIT = '8kb';

/**
 * The page on which a subscriber confirms what a company sells. Every step is a page of its own and works
 * without scripts; the lists below are the order of the security review.
 */
export function checkoutRouter(deps: ServiceDeps, app: Koa): Router {
  const { config } = deps;
  const handle = checkoutHandlers(deps);
  const frame = [pageFrame(config), problemPages(deps), sealed(config)];
  const subject = [opened(deps), pageSessions(deps, app)];
  const page = [...frame, ...subject];
  const form = [...frame, postedForm(), ...subject, refuseForgedForms(config)];
  const signInForm = [...frame, postedForm(), admitSignIns(), ...subject, refuseForgedForms(config)];
  const router = new Router();
  router.get('/checkout/:id/:seal', ...page, handle.show);
  // A tab that was put away on an answer to a form asks for the form's address when it comes back.
  router.get('/checkout/:id/:seal/:step', ...page, (ctx) => ctx.redirect(checkoutPath(ctx)));
  router.post('/checkout/:id/:seal/sign-in', ...signInForm, handle.signIn);
  router.post('/checkout/:id/:seal/sign-out', ...form, handle.signOut);
  router.post('/checkout/:id/:seal/confirm', ...form, handle.confirm);
  router.post('/checkout/:id/:seal/decline', ...form, handle.decline);
  return router;
}

/** A wrong seal is as unknown as a wrong identifier, and never reaches the database. */
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

/** Finds the checkout by its address. */
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
