import type { Context } from 'koa';
import type { Locale } from '../../shared/money.ts';
import { pageCookie, setPageCookie } from './page-cookie.ts';
import { languages } from '../messages/translate.ts';

const COOKIE = 'tabane.lang';
const ONE_YEAR_MS = 365 * 24 * 60 * 60_000;

/**
 * The language of a page: the one chosen with `?lang=`, which a cookie remembers, otherwise the one chosen before,
 * otherwise the one the browser prefers, otherwise English.
 */
export function languageOf(ctx: Context): Locale {
  const chosen = asLanguage(ctx.query['lang']);
  if (chosen) {
    setPageCookie(ctx, { name: COOKIE, value: chosen, maxAge: ONE_YEAR_MS });
    return chosen;
  }
  return asLanguage(pageCookie(ctx, COOKIE)) ?? asLanguage(ctx.acceptsLanguages('ja', 'en')) ?? 'en';
}

function asLanguage(value: unknown): Locale | undefined {
  return languages.find((language) => language === value);
}
