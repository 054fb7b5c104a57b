import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Config } from '../../config/config.ts';
import { formField } from '../shared/form-field.ts';
import { sessionOf } from '../identity/page-sessions.ts';
import { Problem } from '../shared/problem.ts';
import { pageCookie, setPageCookie } from './page-cookie.ts';

/** Name of the hidden field that every form has. */
const FORM_TOKEN_FIELD = 'form_token';
/** Of visitors without a session: nothing is stored of them, and their token is made from this. */
const VISITOR_COOKIE = 'tabane.form';
const VISITOR = /^[\w-]{32}$/;
const VISITOR_BYTES = 24;
/** Between the token itself and the seal of what the page shows. */
const SEPARATOR = '.';

type Secret = Pick<Config, 'secret'>;

/**
 * The token that the forms of a page carry; another site cannot know it. It is the session's, or, before there is one,
 * made from a cookie that this sets. `shown` seals what the page says, where a form confirms it.
 */
export function formTokenOf(ctx: Context, config: Secret, shown?: string): string {
  const token = sessionOf(ctx).formToken ?? visitorToken(config, visitorOf(ctx) ?? greetVisitor(ctx));
  return shown === undefined ? token : `${token}${SEPARATOR}${shown}`;
}

/** The seal of what the page said whose form was posted; empty where it had none. */
export function shownSealOf(ctx: Context): string {
  return formField(ctx, FORM_TOKEN_FIELD).split(SEPARATOR)[1] ?? '';
}

/**
 * Lets a form through only when it comes from our own page: by what the browser says of its origin, where it
 * says so, and by the token of the session or the visitor in any case.
 * @throws Problem `forged-request`
 */
export function refuseForgedForms(config: Pick<Config, 'publicOrigin' | 'secret'>): Middleware {
  return (ctx, next) => {
    const site = ctx.get('Sec-Fetch-Site');
    const origin = ctx.get('Origin');
    // `none` is the visitor sending the form anew by reloading.
    const isOwnSite = site === '' || site === 'same-origin' || site === 'none';
    const isOwnOrigin = origin === '' || origin === config.publicOrigin;
    if (!isOwnSite || !isOwnOrigin || !isTokenRight(ctx, config)) throw new Problem('forged-request');
    return next();
  };
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

function greetVisitor(ctx: Context): string {
  const visitor = randomBytes(VISITOR_BYTES).toString('base64url');
  setPageCookie(ctx, { name: VISITOR_COOKIE, value: visitor });
  return visitor;
}

/** Bound to this use of the secret by its label; the cookie alone is not the token. */
function visitorToken({ secret }: Secret, visitor: string): string {
  return createHmac('sha256', secret).update(`form:${visitor}`).digest('base64url').slice(0, 32);
}
