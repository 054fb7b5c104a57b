import { Eta } from 'eta';
import type { Context, Middleware } from 'koa';
import type { Config } from '../../config/config.ts';
import { contentSecurityPolicy } from '../http/security-headers.ts';
import type { Locale } from '../shared/money.ts';
import { assets, pagesDir } from './assets.ts';
import { languageOf } from './language.ts';
import { translator } from './messages/translate.ts';
import type { Translate } from './messages/translate.ts';

/** What every page of one request shares. */
export interface PageFrame {
  readonly language: Locale;
  readonly t: Translate;
  readonly carrier: Config['carrier'];
}

interface PageContent {
  /** File under templates/pages, without its ending. */
  readonly template: string;
  readonly title: string;
  /** Path of the page for the links to the other language; none where there is nothing to come back to. */
  readonly path?: string | undefined;
  /** Origins that a form on the page may lead on to, besides our own. */
  readonly formOrigins?: readonly string[];
  readonly view: object;
}

const eta = new Eta({ views: pagesDir, cache: true, autoEscape: true });

/** Finds the language of the request, and tells browsers how to treat pages: nothing is kept, forms say whence they come. */
export function pageFrame({ carrier, publicOrigin }: Config): Middleware {
  return (ctx, next) => {
    // TLS may end in front of us: whether cookies are secure depends on where browsers find us.
    ctx.cookies.secure = publicOrigin.startsWith('https:');
    const language = languageOf(ctx);
    const frame: PageFrame = { language, t: translator(language), carrier };
    ctx.state['page'] = frame;
    ctx.set('Cache-Control', 'no-store');
    // With `no-referrer` browsers send `Origin: null` along with our own forms, which could then not be told from others.
    ctx.set('Referrer-Policy', 'same-origin');
    return next();
  };
}

/** The frame of this request. */
export function frameOf(ctx: Context): PageFrame {
  return (ctx.state as { page: PageFrame }).page;
}

/** Answers with a page. The status is the caller's. */
export function renderPage(ctx: Context, content: PageContent): void {
  const { language, t, carrier } = frameOf(ctx);
  const { template, title, path, formOrigins = [], view } = content;
  const otherLanguage = language === 'ja' ? 'en' : 'ja';
  const page = {
    language,
    title,
    carrierName: language === 'ja' ? carrier.name : carrier.nameEn,
    contact: carrier.contact,
    stylesheet: assets.stylesheet.href,
    icon: assets.icon.href,
    otherLanguage,
    otherHref: path === undefined ? undefined : `${path}?lang=${otherLanguage}`,
  };
  ctx.set('Content-Security-Policy', contentSecurityPolicy(formOrigins));
  ctx.set('Content-Language', language);
  ctx.vary('Accept-Language');
  ctx.type = 'html';
  ctx.body = eta.render(`/${template}`, { ...view, t, page });
}
