import type { Context, Middleware } from 'koa';
import { sessionOf } from '../../identity/page-sessions.ts';
import { formField } from '../../shared/form-field.ts';
import { Problem } from '../../shared/problem.ts';
import type { AnyForm } from './define-form.ts';
import type { AnyPage } from './define-page.ts';
import type { Portal } from './define-portal.ts';
import { keepFlash } from './flash.ts';
import { addDraft, draftOf, findDraft, keptForm, withoutDraft } from './form-drafts.rules.ts';
import type { FormState } from './form-state.ts';
import { isFormerForm, isOwnForm, type Site } from './form-token.ts';
import { pathOf } from './path-of.ts';
import type { PortalSite } from './portal-handlers.ts';
import { returnPathOf } from './return-path.rules.ts';
import { seeOther } from './see-other.ts';

type Clocked = Pick<PortalSite['deps'], 'clock'>;

interface Posted {
  readonly form: AnyForm;
  readonly own: Site;
}

/** Says which form an address takes, for the steps that may have to lead back to it. */
export function posting({ pages }: Portal, form: AnyForm, own: Site): Middleware {
  return (ctx, next) => {
    // Otherwise nothing could show it again.
    if (pages.includes(form.page)) ctx.state['posted'] = { form, own } satisfies Posted;
    return next();
  };
}

/**
 * Keeps in the session what was typed into the posted form, until the person comes back to it. Only of a form that our own page of
 * this session, or of the session before the factor was proven again, has sent: others plant nothing.
 * @returns the path of the form's page; undefined when nothing is kept
 */
export function keepPosted(ctx: Context, { clock }: Clocked): string | undefined {
  const posted = postedOf(ctx);
  if (!posted || !(isOwnForm(ctx, posted.own) || isFormerForm(ctx, posted.own))) return undefined;
  const { form } = posted;
  const nowMs = clock.now().getTime();
  const texts = Object.fromEntries(Object.keys(form.fields).map((name) => [name, formField(ctx, name)]));
  const draft = draftOf({ form, path: pathOf(form.page.path, ctx), texts, nowMs });
  if (!draft) return undefined;
  const session = sessionOf(ctx);
  session.drafts = addDraft(session.drafts ?? [], draft, nowMs);
  return pageOf(ctx, form);
}

/**
 * Leads a form of this session that was opened before its factor was proven again, in another tab, back to its page with what was
 * typed, where it has the token of now. It is not sent: the person looks it over and sends it.
 */
export function leadBackOpened(deps: Clocked): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const posted = postedOf(ctx);
      const isForged = error instanceof Problem && error.code === 'forged-request';
      if (!isForged || !posted || !isFormerForm(ctx, posted.own)) throw error;
      keepFlash(ctx, { key: 'kit.opened-before' });
      seeOther(ctx, keepPosted(ctx, deps) ?? pageOf(ctx, posted.form));
    }
  };
}

/** The form of a page with what was typed before, if it is kept. */
export function keptFormOf(ctx: Context, { deps, portal }: PortalSite, page: AnyPage): FormState | undefined {
  const session = sessionOf(ctx);
  if (!session.drafts) return undefined;
  const forms = (portal.forms ?? []).flatMap((form) => (form.page === page ? [form.name] : []));
  const nowMs = deps.clock.now().getTime();
  if (session.drafts.some(({ until }) => until <= nowMs))
    session.drafts = session.drafts.filter(({ until }) => until > nowMs);
  const draft = findDraft(session.drafts, { path: pathOf(page.path, ctx), forms, nowMs });
  return draft && keptForm(draft);
}

/** Forgets what a page has shown. */
export function forgetKept(ctx: Context, { deps }: PortalSite, page: AnyPage, { name }: FormState): void {
  const session = sessionOf(ctx);
  const taken = { form: name, path: pathOf(page.path, ctx) };
  session.drafts = withoutDraft(session.drafts ?? [], taken, deps.clock.now().getTime());
}

const postedOf = (ctx: Context) => (ctx.state as { posted?: Posted }).posted;

/** With the query by which the page was opened. */
function pageOf(ctx: Context, { page }: AnyForm): string {
  const path = pathOf(page.path, ctx);
  const opened = returnPathOf(ctx.get('Referer'));
  return opened?.split('?')[0] === path ? opened : path;
}
