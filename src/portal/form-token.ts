import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { sessionOf } from '../identity/page-sessions.ts';
import { Problem } from '../shared/problem.ts';

/** Name of the hidden field that every form has. */
const FORM_TOKEN_FIELD = 'form_token';
const TOKEN_BYTES = 24;

/** The token that forms of this session carry; another site cannot know it. */
export function formTokenOf(ctx: Context): string {
  const session = sessionOf(ctx);
  return (session.formToken ??= randomBytes(TOKEN_BYTES).toString('base64url'));
}

/**
 * Lets a form through only when it comes from our own page: by what the browser says of its origin, where it
 * says so, and by the token of the session in any case.
 * @throws Problem `forged-request`
 */
export function refuseForgedForms({ publicOrigin }: { readonly publicOrigin: string }): Middleware {
  return (ctx, next) => {
    const site = ctx.get('Sec-Fetch-Site');
    const origin = ctx.get('Origin');
    // `none` is the visitor sending the form anew by reloading.
    const isOwnSite = site === '' || site === 'same-origin' || site === 'none';
    const isOwnOrigin = origin === '' || origin === publicOrigin;
    if (!isOwnSite || !isOwnOrigin || !isTokenRight(ctx)) throw new Problem('forged-request');
    return next();
  };
}

function isTokenRight(ctx: Context): boolean {
  const expected = sessionOf(ctx).formToken;
  if (expected === undefined) return false;
  const [given, wanted] = [Buffer.from(formField(ctx, FORM_TOKEN_FIELD)), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** A field of the posted form; empty when it is missing or there more than once. */
export function formField(ctx: Context, name: string): string {
  const { body } = ctx.request as { body?: unknown };
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return '';
  const value: unknown = (body as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}
