import type { Context } from 'koa';
import type { Locale } from '../shared/money.ts';
import { languages } from './messages/translate.ts';

const COOKIE = 'tabane.lang';
const ONE_YEAR_MS = 365 * 24 * 60 * 60_000;

/**
 * The language of a page: what the visitor chose with `?lang=`, which is remembered, or chose before, or what
 * the browser prefers. Whoever reads neither gets English.
 */
export function languageOf(ctx: Context): Locale {
  const chosen = asLanguage(ctx.query['lang']);
  if (chosen) {
    ctx.cookies.set(COOKIE, chosen, {
      maxAge: ONE_YEAR_MS,
      httpOnly: true,
      sameSite: 'lax',
      overwrite: true,
    });
    return chosen;
  }
  return asLanguage(ctx.cookies.get(COOKIE)) ?? asLanguage(ctx.acceptsLanguages('ja', 'en')) ?? 'en';
}

function asLanguage(value: unknown): Locale | undefined {
  return languages.find((language) => language === value);
}
