import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Config } from '../../../config/config.ts';
import { formField } from '../../shared/form-field.ts';
import { sessionOf } from '../../identity/page-sessions.ts';
import { formerTokenOf } from '../../identity/session-lineage.rules.ts';
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

export type Site = Pick<Config, 'publicOrigin' | 'secret'>;

/** The same, once the fields are read. @throws Problem `forged-request` */
export function assertOwnForm(ctx: Context, config: Site): void {
  if (!isOwnForm(ctx, config)) throw new Problem('forged-request');
}

/** Whether a form is from our own page, by its origin and the token of the session or visitor. */
export function isOwnForm(ctx: Context, config: Site): boolean {
  return isFromOwnSite(ctx, config) && isTokenRight(ctx, config);
}

/**
 * Whether a form is from our own page of the session that this one continues (`carriedOver`): it was opened before the second factor
 * was proven again. Never enough to send it.
 */
export function isFormerForm(ctx: Context, config: Site): boolean {
  const { formerTokens = [] } = sessionOf(ctx);
  const given = Buffer.from(formerTokenOf(tokenOf(ctx)));
  const isFormer = formerTokens.some((former) => {
    const known = Buffer.from(former);
    return known.length === given.length && timingSafeEqual(known, given);
  });
  return isFormer && isFromOwnSite(ctx, config);
}

function isFromOwnSite(ctx: Context, config: Site): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  const origin = ctx.get('Origin');
  // `none` means that the visitor reloaded the page and sent the form again.
  const isOwnSite = site === '' || site === 'same-origin' || site === 'none';
  const isOwnOrigin = origin === '' || origin === config.publicOrigin;
  return isOwnSite && isOwnOrigin;
}

function isTokenRight(ctx: Context, config: Secret): boolean {
  const visitor = visitorOf(ctx);
  const expected = sessionOf(ctx).formToken ?? (visitor && visitorToken(config, visitor));
  if (expected === undefined) return false;
  const [given, wanted] = [Buffer.from(tokenOf(ctx)), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The token that the posted form contains, without the seal of what it shows. */
function tokenOf(ctx: Context): string {
  return formField(ctx, FORM_TOKEN_FIELD).split(SEPARATOR)[0] ?? '';
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
