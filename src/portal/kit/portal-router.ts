import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { Audience } from '../../access/audience.ts';
import { readArriving } from '../../http/arriving-body.ts';
import { Problem } from '../../shared/problem.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { AnyForm } from './define-form.ts';
import type { Portal } from './define-portal.ts';
import { leadBackOpened, posting } from './form-drafts.ts';
import { assertOwnForm, refuseForgedForms } from './form-token.ts';
import { handleLive } from './live-handler.ts';
import type { LivePace } from '../../shared/live-pace.ts';
import { pageFrame } from './page.ts';
import { pathOf } from './path-of.ts';
import { limitRequests } from './page-rate-limit.ts';
import { handleDownload, handleForm, handlePage, type PortalSite } from './portal-handlers.ts';
import { admit, leadToStepUp, recognise, restart } from './portal-person.ts';
import { problemPages } from './problem-page.ts';
import { uploadedForm } from './uploaded-form.ts';

/** A message of 2,000 characters takes up to 24 kB as a posted form. */
const FORM_LIMIT = '32kb';

/** Where a portal is served: the listener's origin and its sessions. */
export interface ListenerSite {
  readonly deps: ServiceDeps;
  readonly origin: string;
  readonly sessions: (audience: Audience) => Middleware;
  /** Aborted once the process is to accept no more requests. */
  readonly stopping: AbortSignal;
  /** The time that live parts go by. */
  readonly pace: LivePace;
}

/**
 * The routes of a portal. The order of the steps is the same for all and matters for security: frame → seal of the address →
 * body → admission → session of the audience → person → permission → rate limit → token of the form → query or fields → load → view → render.
 * A form with a file has its body read after the rate limit, and its token checked before the file.
 */
export function portalRouter(portal: Portal, listener: ListenerSite): Router {
  const { deps, origin, sessions } = listener;
  const { config } = deps;
  const site: PortalSite = { deps, portal };
  const frame = [pageFrame(config, origin), inPortal(portal), problemPages(deps), sealedAddress(site)];
  const session = portal.audience === 'public' ? [] : [sessions(portal.audience.name)];
  const person = [...session, recognise(site), leadToStepUp(site)];
  const router = new Router();
  const limited = limitRequests();
  for (const page of portal.pages) {
    router.get(page.path, ...frame, ...person, admit(site, page), limited, handlePage(site, page));
  }
  for (const download of portal.downloads ?? []) {
    router.get(
      download.path,
      ...frame,
      ...person,
      admit(site, download),
      limited,
      handleDownload(site, download),
    );
  }
  for (const part of portal.lives ?? []) {
    router.get(part.path, ...frame, ...person, admit(site, part), limited, handleLive(site, part, listener));
  }
  const own = { publicOrigin: origin, secret: config.secret };
  const forged = refuseForgedForms(own);
  for (const form of portal.forms ?? []) {
    const gate = admitSome(form);
    const body = postedForm(portal.formLimit);
    const known = posting(portal, form, own);
    const admitted = [known, ...person, admit(site, form), limited, restart(form.page.path)];
    admitted.push(leadBackOpened(deps));
    const { upload } = form;
    const steps = upload
      ? [
          ...frame,
          ...admitted,
          uploadedForm(deps, { terms: upload, plain: body, assertOwn: (ctx) => assertOwnForm(ctx, own) }),
          forged,
        ]
      : [...frame, body, ...gate, ...admitted, forged];
    router.post(form.path, ...steps, handleForm(site, form));
    // A browser that restores a tab with the response to a form requests the form's address.
    if (portal.pages.every(({ path }) => path !== form.path)) {
      router.get(form.path, ...frame, (ctx) => ctx.redirect(pathOf(form.page.path, ctx)));
    }
  }
  return router;
}

/** Problems on its pages are shown in the portal's own frame. */
function inPortal({ name, tagline, foot, home }: Portal): Middleware {
  return (ctx, next) => {
    ctx.state['site'] = { name, tagline, foot, home };
    ctx.state['homeHref'] = home;
    return next();
  };
}

/** A wrong seal is 404 like an unknown address, and causes no query. */
function sealedAddress({ deps, portal: { sealed } }: PortalSite): Middleware {
  return (ctx, next) => {
    if (sealed) {
      sealed.assert(deps, (ctx as Context & { params: Record<string, string> }).params);
      ctx.state['backHref'] = pathOf(sealed.backPath, ctx);
    }
    return next();
  };
}

function admitSome({ admission }: AnyForm): Middleware[] {
  return admission
    ? [
        (_ctx, next) =>
          admission.gate.run(
            () => next(),
            () => admission.turnAway(),
          ),
      ]
    : [];
}

function postedForm(formLimit = FORM_LIMIT): Middleware {
  const parse = bodyParser({
    enableTypes: ['form'],
    formLimit,
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
