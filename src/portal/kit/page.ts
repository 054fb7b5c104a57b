import { Eta } from 'eta';
import type { Context, Middleware } from 'koa';
import type { Config } from '../../../config/config.ts';
import { contentSecurityPolicy } from '../../http/security-headers.ts';
import type { Locale } from '../../shared/money.ts';
import { translator, type MessageKey, type Translate } from '../messages/translate.ts';
import { assets, pagesDir } from './assets.ts';
import { carrierAssetsOf } from './carrier-assets.ts';
import { formatsOf, type Format } from './format.rules.ts';
import { languageOf } from './language.ts';

/** What every page of one request shares. */
export interface PageFrame {
  readonly language: Locale;
  readonly t: Translate;
  readonly format: Format;
  readonly carrier: Config['carrier'];
  /** The page is of a world of a sandbox, and says so. */
  readonly isSandbox: boolean;
}

/** A link of the navigation. */
export interface NavLink {
  readonly label: string;
  readonly href: string;
  /** Links of one section stand together, under its name. */
  readonly section?: string | undefined;
  /** `page`: the link is the page itself; `true`: the page belongs to it. */
  readonly current?: 'page' | 'true' | undefined;
}

/** The frame of the pages of one part: the line under the carrier's name, the footer, the navigation and the style. */
export interface SiteFrame {
  readonly name: string;
  readonly tagline: MessageKey;
  readonly foot: MessageKey;
  /** Where the carrier's name links to, if it does. */
  readonly home?: string | undefined;
  readonly isForDevelopers?: boolean;
  /** Navigation on the left and the whole width, for people who work here all day. */
  readonly isConsole?: boolean | undefined;
  /** Parts of the page are replaced while it is open. */
  readonly isLive?: boolean | undefined;
  readonly nav?: readonly NavLink[];
  /** Who is signed in, the form that signs out, and the page about their account. */
  readonly person?:
    | {
        readonly label: string;
        readonly signOutPath: string | undefined;
        readonly accountPath: string | undefined;
      }
    | undefined;
  /** What was done, said once. */
  readonly flash?: string | undefined;
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
  readonly site?: SiteFrame;
  readonly view: object;
}

const checkout: SiteFrame = { name: 'checkout', tagline: 'page.service', foot: 'page.safe' };

const eta = new Eta({ views: pagesDir, cache: true, autoEscape: true });

/** Frames every page under it. `origin` is that of the listener. */
export function pageFrame(config: Config, origin: string = config.publicOrigin): Middleware {
  return (ctx, next) => {
    framePage(ctx, config, origin);
    return next();
  };
}

/** Determines the language and sets page headers: no caching, and a same-origin Referer so that form posts carry an Origin. */
export function framePage(ctx: Context, config: Config, origin: string = config.publicOrigin): void {
  const { carrier, currency, timeZone } = config;
  // A proxy may terminate TLS: cookies are secure if browsers reach us by https.
  ctx.cookies.secure = origin.startsWith('https:');
  const language = languageOf(ctx);
  const format = formatsOf({ language, currency, timeZone });
  const isSandbox = config.world !== undefined;
  const frame: PageFrame = { language, t: translator(language), format, carrier, isSandbox };
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
  const { language, t, format, carrier, isSandbox } = frameOf(ctx);
  const { template, title, path, formOrigins = [], site = checkout, view } = content;
  const otherLanguage = language === 'ja' ? 'en' : 'ja';
  const look = carrierAssetsOf(carrier);
  const page = {
    language,
    title: isSandbox ? `SANDBOX – ${title}` : title,
    isSandbox,
    carrierName: language === 'ja' ? carrier.name : carrier.nameEn,
    contact: language === 'ja' ? carrier.contact : carrier.contactEn,
    ...site,
    site: site.name,
    stylesheet: assets.stylesheet.href,
    docsStylesheet: assets.docsStylesheet.href,
    script: assets.script.href,
    shortcutsScript: site.isConsole ? assets.shortcutsScript.href : undefined,
    passkeyScript: assets.passkeyScript.href,
    htmx: site.isLive ? assets.htmx.href : undefined,
    icon: assets.icon.href,
    logo: look.logo?.href ?? assets.icon.href,
    isOwnLogo: look.logo !== undefined,
    accentStylesheet: look.stylesheet?.href,
    otherLanguage,
    otherHref: path === undefined ? undefined : otherHref(path, otherLanguage),
  };
  ctx.set('Content-Security-Policy', contentSecurityPolicy(formOrigins));
  ctx.set('Content-Language', language);
  ctx.vary('Accept-Language');
  ctx.type = 'html';
  ctx.body = eta.render(`/${template}`, { ...view, t, format, page });
}

/** Renders a part of a page by itself. */
export function renderPart(template: string, view: object): string {
  return eta.render(`/${template}`, view);
}

function otherHref(path: string, language: Locale): string {
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}
