import { Eta } from 'eta';
import type { Context, Middleware } from 'koa';
import type { Config } from '../../config/config.ts';
import { contentSecurityPolicy } from '../http/security-headers.ts';
import type { Locale } from '../shared/money.ts';
import { assets, pagesDir } from './assets.ts';
import { languageOf } from './language.ts';
import { translator, type MessageKey, type Translate } from './messages/translate.ts';

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
  /** Path for the link to the other language; empty for the current address; undefined for no link. */
  readonly path?: string | undefined;
  /** Origins besides our own to which a form on the page may redirect. */
  readonly formOrigins?: readonly string[];
  /** The part of the site; by default the checkout, which has no links to other parts. */
  readonly site?: Site;
  readonly view: object;
}

/** The frame of the pages of one part: the line under the carrier's name, the footer and the style. */
interface SiteFrame {
  readonly tagline: MessageKey;
  readonly foot: MessageKey;
  /** Whether the carrier's name links to the start page. */
  readonly leadsHome: boolean;
  readonly isForDevelopers: boolean;
}

const forDevelopers = {
  tagline: 'page.developers',
  foot: 'page.foot-developers',
  leadsHome: true,
  isForDevelopers: true,
} as const;

const sites = {
  checkout: { tagline: 'page.service', foot: 'page.safe', leadsHome: false, isForDevelopers: false },
  start: { tagline: 'page.service', foot: 'page.foot-start', leadsHome: true, isForDevelopers: false },
  docs: forDevelopers,
  problems: forDevelopers,
} as const satisfies Record<string, SiteFrame>;

type Site = keyof typeof sites;

const eta = new Eta({ views: pagesDir, cache: true, autoEscape: true });

/** Frames every page under it. */
export function pageFrame(config: Config): Middleware {
  return (ctx, next) => {
    framePage(ctx, config);
    return next();
  };
}

/** Determines the language and sets page headers: no caching, and a same-origin Referer so that form posts carry an Origin. */
export function framePage(ctx: Context, { carrier, publicOrigin }: Config): void {
  // A proxy may terminate TLS: cookies are secure if browsers reach us by https.
  ctx.cookies.secure = publicOrigin.startsWith('https:');
  const language = languageOf(ctx);
  const frame: PageFrame = { language, t: translator(language), carrier };
  ctx.state['page'] = frame;
  ctx.set('Cache-Control', 'no-store');
  // With `no-referrer`, browsers send `Origin: null` with our own forms, which would then look like forms of other sites.
  ctx.set('Referrer-Policy', 'same-origin');
}

/** The frame of this request. */
export function frameOf(ctx: Context): PageFrame {
  return (ctx.state as { page: PageFrame }).page;
}

/** Renders a page. The caller sets the status. */
export function renderPage(ctx: Context, content: PageContent): void {
  const { language, t, carrier } = frameOf(ctx);
  const { template, title, path, formOrigins = [], site = 'checkout', view } = content;
  const otherLanguage = language === 'ja' ? 'en' : 'ja';
  const page = {
    language,
    title,
    carrierName: language === 'ja' ? carrier.name : carrier.nameEn,
    contact: language === 'ja' ? carrier.contact : carrier.contactEn,
    ...sites[site],
    site,
    stylesheet: assets.stylesheet.href,
    docsStylesheet: assets.docsStylesheet.href,
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
