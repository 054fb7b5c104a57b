import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Config } from '../../../config/config.ts';
import { formField } from '../../shared/form-field.ts';
import { sessionOf } from '../../identity/page-sessions.ts';
import { Problem } from '../../shared/problem.ts';
import { pageCookie, setPageCookie } from './page-cookie.ts';

/** Name of the hidden field of every form. */
const FORM_TOKEN_FIELD = 'form_token';
/** Cookie of visitors without a session: nothing is stored for them, and their token is derived from it. */
const VISITOR_COOKIE = 'tabane.form';
const VISITOR = /^[\w-]{32}$/;
const VISITOR_BYTES = 24;
/** Separates the token from the seal of what the page shows. */
const SEPARATOR = '.';

type Secret = Pick<Config, 'secret'>;

/**
 * The token in the forms of a page, which other sites cannot know: that of the session or, without one, derived from a
 * cookie that this function sets. `shown` is the seal of what the page shows, if a form confirms it.
 */
export function formTokenOf(ctx: Context, config: Secret, shown?: string): string {
  const token = sessionOf(ctx).formToken ?? visitorToken(config, visitorOf(ctx) ?? greetVisitor(ctx));
  return shown === undefined ? token : `${token}${SEPARATOR}${shown}`;
}

/** The seal that the posted form contains; empty if there is none. */
export function shownSealOf(ctx: Context): string {
  return formField(ctx, FORM_TOKEN_FIELD).split(SEPARATOR)[1] ?? '';
}

/**
 * Accepts a form only if it comes from our own page: checks the origin that the browser gives, if any, and always the
 * token of the session or visitor.
 * @throws Problem `forged-request`
 */
export function refuseForgedForms(config: Site): Middleware {
  return (ctx, next) => {
    assertOwnForm(ctx, config);
    return next();
  };
}

type Site = Pick<Config, 'publicOrigin' | 'secret'>;

/** The same, once the fields are read. @throws Problem `forged-request` */
export function assertOwnForm(ctx: Context, config: Site): void {
  const site = ctx.get('Sec-Fetch-Site');
  const origin = ctx.get('Origin');
  // `none` means that the visitor reloaded the page and sent the form again.
  const isOwnSite = site === '' || site === 'same-origin' || site === 'none';
  const isOwnOrigin = origin === '' || origin === config.publicOrigin;
  if (!isOwnSite || !isOwnOrigin || !isTokenRight(ctx, config)) throw new Problem('forged-request');
}

function isTokenRight(ctx: Context, config: Secret): boolean {
  const visitor = visitorOf(ctx);
  const expected = sessionOf(ctx).formToken ?? (visitor && visitorToken(config, visitor));
  if (expected === undefined) return false;
  const [token = ''] = formField(ctx, FORM_TOKEN_FIELD).split(SEPARATOR);
  const [given, wanted] = [Buffer.from(token), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function visitorOf(ctx: Context): string | undefined {
  const visitor = pageCookie(ctx, VISITOR_COOKIE);
  return visitor !== undefined && VISITOR.test(visitor) ? visitor : undefined;
}

/** One name for all that a page makes of it. */
function greetVisitor(ctx: Context): string {
  const state = ctx.state as { visitor?: string };
  if (state.visitor !== undefined) return state.visitor;
  const visitor = randomBytes(VISITOR_BYTES).toString('base64url');
  state.visitor = visitor;
  setPageCookie(ctx, { name: VISITOR_COOKIE, value: visitor });
  return visitor;
}

/** Derived with a label for this use of the secret; the cookie itself is not the token. */
function visitorToken({ secret }: Secret, visitor: string): string {
  return createHmac('sha256', secret).update(`form:${visitor}`).digest('base64url').slice(0, 32);
}
