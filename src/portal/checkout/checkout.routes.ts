import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type Koa from 'koa';
import type { Context, Middleware } from 'koa';
import { isCheckoutSeal } from '../../charges/checkout-seal.rules.ts';
import type { ServiceDeps } from '../../deps.ts';
import { pageSessions } from '../../identity/page-sessions.ts';
import { Problem } from '../../shared/problem.ts';
import { refuseForgedForms } from '../form-token.ts';
import { pageFrame } from '../page.ts';
import { problemPages } from '../problem-page.ts';
import { checkoutHandlers } from './checkout-handlers.ts';
import { checkoutPath } from './checkout-page.ts';
import { findCheckout } from './checkout.queries.ts';

const FORM_LIMIT = '8kb';

/**
 * The page on which a subscriber confirms what a company sells. Every step is a page of its own and works
 * without scripts; the lists below are the order of the security review.
 */
export function checkoutRouter(deps: ServiceDeps, app: Koa): Router {
  const { config } = deps;
  const handle = checkoutHandlers(deps);
  const page = [pageFrame(config), problemPages(deps), opened(deps), pageSessions(deps, app)];
  const form = [...page, postedForm(), refuseForgedForms(config)];
  const router = new Router();
  router.get('/checkout/:id/:seal', ...page, handle.show);
  // A tab that was put away on an answer to a form asks for the form's address when it comes back.
  router.get('/checkout/:id/:seal/:step', ...page, (ctx) => ctx.redirect(checkoutPath(ctx)));
  router.post('/checkout/:id/:seal/sign-in', ...form, handle.signIn);
  router.post('/checkout/:id/:seal/sign-out', ...form, handle.signOut);
  router.post('/checkout/:id/:seal/confirm', ...form, handle.confirm);
  router.post('/checkout/:id/:seal/decline', ...form, handle.decline);
  return router;
}

/** Finds the checkout by its address; a wrong seal is as unknown as a wrong identifier, and never reaches the database. */
function opened(deps: ServiceDeps): Middleware {
  return async (ctx, next) => {
    const { id = '', seal = '' } = (ctx as Context & { params: Record<string, string> }).params;
    if (!isCheckoutSeal(deps.config, id, seal)) throw new Problem('not-found');
    const checkout = await findCheckout(deps, id);
    if (!checkout) throw new Problem('not-found');
    ctx.state['checkout'] = checkout;
    ctx.state['backHref'] = checkoutPath(ctx);
    await next();
  };
}

function postedForm(): Middleware {
  return bodyParser({
    enableTypes: ['form'],
    formLimit: FORM_LIMIT,
    onError: (error) => {
      const isTooLarge = 'status' in error && error.status === 413;
      throw new Problem(isTooLarge ? 'body-too-large' : 'invalid-request', { cause: error });
    },
  });
}
