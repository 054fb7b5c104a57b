import type { Context } from 'koa';
import { can } from '../../access/can.rules.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { AnyPage, PageView } from './define-page.ts';
import type { Portal, PortalAudience } from './define-portal.ts';
import { takeFlash } from './flash.ts';
import type { FormState } from './form-state.ts';
import { formTokenOf } from './form-token.ts';
import { frameOf, renderPage, type NavLink, type SiteFrame } from './page.ts';
import { pathOf } from './path-of.ts';
import { personOf } from './portal-person.ts';

/** The first page of a portal. */
const HOME = /^\/(my|company|staff|support|billing)?$/;

interface Rendered {
  readonly deps: ServiceDeps;
  readonly portal: Portal;
  /** Undefined for the result of a form. */
  readonly page: AnyPage | undefined;
  readonly template: string;
  readonly view: PageView;
  readonly form: FormState | undefined;
}

/** Renders a view in the frame of its portal. */
export function renderView(ctx: Context, { deps, portal, page, template, view, form }: Rendered): void {
  const { t } = frameOf(ctx);
  const { title, responseStatus = 200, retryAfterSeconds, formOrigins, shown } = view;
  ctx.status = responseStatus;
  if (view.refreshSeconds !== undefined) ctx.set('Refresh', String(view.refreshSeconds));
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
  renderPage(ctx, {
    template,
    title: form && !form.isKept && !view.isTitleWhole ? t('kit.error-title', { title }) : title,
    // The result of a form has no address of its own to show in another language.
    path: page && languagePath(ctx, page),
    ...(formOrigins && { formOrigins }),
    site: { ...siteOf(ctx, portal, page), isLive: view.isLive },
    // Visitors of a portal without forms get no cookie.
    view: { ...view, form, ...(portal.forms && { formToken: formTokenOf(ctx, deps.config, shown) }) },
  });
}

/** Relative to the current address, with its filters; after a refused form, the page itself. */
function languagePath(ctx: Context, page: AnyPage): string {
  if (ctx.method !== 'GET') return pathOf(page.path, ctx);
  const kept = new URLSearchParams(ctx.querystring);
  kept.delete('lang');
  return kept.size === 0 ? '' : `?${kept.toString()}`;
}

const noPaths = { signOutPath: undefined, accountPath: undefined };
const pathsOf = ({ signOutPath, accountPath }: PortalAudience) => ({ signOutPath, accountPath });

function siteOf(ctx: Context, portal: Portal, page: AnyPage | undefined): SiteFrame {
  const { t } = frameOf(ctx);
  const { name, tagline, foot, home, audience, isConsole } = portal;
  const person = personOf(ctx);
  return {
    name,
    tagline,
    foot,
    home,
    isForDevelopers: name === 'docs',
    isConsole,
    nav: navOf(ctx, portal, page),
    person: person && {
      label: person.label,
      ...(audience === 'public' ? noPaths : pathsOf(audience)),
    },
    flash: takeFlash(ctx, t),
  };
}

/** The pages of the navigation that the person may open, in their order. */
function navOf(ctx: Context, { pages }: Portal, current: AnyPage | undefined): NavLink[] {
  const { t } = frameOf(ctx);
  const actor = personOf(ctx)?.actor;
  const open = pages.filter(
    ({ nav, permission }) => nav && (permission === undefined || (actor && can(actor, permission))),
  );
  const owner = ownerOf(current, open);
  return open
    .toSorted((one, other) => one.nav!.order - other.nav!.order)
    .map(({ nav, path }) => ({
      label: t(nav!.label),
      href: path,
      section: nav!.section && t(nav!.section),
      current: path === current?.path ? 'page' : path === owner ? 'true' : undefined,
    }));
}

/** The page of the navigation that a page belongs to: `/my/invoices/:period` to `/my/invoices`; but not every page to `/my`. */
function ownerOf(current: AnyPage | undefined, open: readonly AnyPage[]): string | undefined {
  if (current?.under !== undefined) return current.under;
  if (current === undefined || open.includes(current)) return undefined;
  const above = open.filter(({ path }) => current.path.startsWith(`${path}/`) && !HOME.test(path));
  return above.toSorted((one, other) => other.path.length - one.path.length)[0]?.path;
}
