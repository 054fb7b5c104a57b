import type { Context, Middleware } from 'koa';
import { can } from '../../access/can.rules.ts';
import type { Permission } from '../../access/permissions.ts';
import { sessionOf } from '../../identity/page-sessions.ts';
import { Problem } from '../../shared/problem.ts';
import type { SignedInPerson } from './define-portal.ts';
import type { PortalSite } from './portal-handlers.ts';
import { keepPosted } from './form-drafts.ts';
import { pathOf } from './path-of.ts';
import { returnPathOf } from './return-path.rules.ts';
import { seeOther } from './see-other.ts';
import { visitOf } from './visit.ts';

interface Guarded {
  readonly path: string;
  readonly permission?: Permission;
  readonly stepUp?: true;
}

/** Looks up who is signed in. A session can have proven too little as yet: its audience decides when it ends. */
export function recognise({ deps, portal: { audience } }: PortalSite): Middleware {
  return async (ctx, next) => {
    if (audience !== 'public') {
      const visit = visitOf(ctx);
      const wasSignedIn = visit.session.startedAt !== undefined;
      const person = await audience.find(deps, visit);
      if (person) ctx.state['person'] = person;
      // The audience has ended it: what it had proven holds no more.
      else if (wasSignedIn && sessionOf(ctx).startedAt === undefined) ctx.state['sessionEnded'] = true;
    }
    await next();
  };
}

/** Leads back to the page of a form for everybody whose session has just ended: the token of the form has ended with it. */
export function restart(pagePath: string): Middleware {
  return async (ctx, next) => {
    if ((ctx.state as { sessionEnded?: true }).sessionEnded) return seeOther(ctx, pathOf(pagePath, ctx));
    return next();
  };
}

/** Who is signed in on this request. */
export function personOf(ctx: Context): SignedInPerson | undefined {
  return (ctx.state as { person?: SignedInPerson }).person;
}

/**
 * Admits those who have the permission of a page. Others are led to sign in, and back to the page afterwards.
 * @throws Problem `permission-denied`
 */
export function admit({ deps, portal: { audience } }: PortalSite, guarded: Guarded): Middleware {
  const { permission, stepUp } = guarded;
  return async (ctx, next) => {
    if (permission === undefined || audience === 'public') return next();
    const person = personOf(ctx);
    if (!person) return leadTo(ctx, audience.signInPath);
    if (person.mustGoTo !== undefined) return leadTo(ctx, person.mustGoTo);
    if (!can(person.actor, permission)) throw new Problem('permission-denied', { facts: { permission } });
    if (stepUp && !person.hasFreshFactor && audience.stepUpPath)
      return leadTo(ctx, audience.stepUpPath, keepPosted(ctx, deps));
    return next();
  };
}

/**
 * Leads a signed-in person whose use case asks for a fresh second factor to where it is given, and back; what was typed is kept.
 * @throws whatever the next step throws, if the portal has no such page
 */
export function leadToStepUp({ deps, portal: { audience } }: PortalSite): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const path = audience === 'public' ? undefined : audience.stepUpPath;
      if (!(error instanceof Problem && error.code === 'step-up-required' && path && personOf(ctx)))
        throw error;
      leadTo(ctx, path, keepPosted(ctx, deps));
    }
  };
}

/** With the address to come back to: `kept`, or the page that was open. What a form had posted is not sent by itself. */
function leadTo(ctx: Context, path: string, kept?: string): void {
  const back = returnPathOf(ctx.method === 'GET' ? ctx.originalUrl : (kept ?? ctx.get('Referer')));
  seeOther(ctx, back === undefined ? path : `${path}?next=${encodeURIComponent(back)}`);
}
