import type { Context, Middleware } from 'koa';
import { can } from '../../access/can.rules.ts';
import { formField } from '../../shared/form-field.ts';
import { Problem } from '../../shared/problem.ts';
import { compileTextSchema, type SchemaCheck } from '../../shared/schema-check.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { actorsIn } from './actors-in.rules.ts';
import type { AnyDownload } from './define-download.ts';
import type { AnyForm, Done, UploadedFile } from './define-form.ts';
import { uploadField, type Fields } from './form-fields.ts';
import type { AnyPage, PageView, ViewFrame } from './define-page.ts';
import type { Portal } from './define-portal.ts';
import { forgetKept, keptFormOf } from './form-drafts.ts';
import { FieldFaults, readFields, refusedForm, type FormState } from './form-state.ts';
import { keepFlash } from './flash.ts';
import { frameOf } from './page.ts';
import { personOf } from './portal-person.ts';
import { setProblemHeaders } from './problem-page.ts';
import { renderView } from './render-view.ts';
import { seeOther } from './see-other.ts';
import { uploadOf } from './uploaded-form.ts';
import { visitOf } from './visit.ts';

/** A portal and what its pages work with. */
export interface PortalSite {
  readonly deps: ServiceDeps;
  readonly portal: Portal;
}

/** Refusals that are no answer to what was typed. */
const ELSEWHERE = new Set([
  'not-found',
  'step-up-required',
  'permission-denied',
  'forged-request',
  'rate-limit-exceeded',
]);

export function handlePage(site: PortalSite, page: AnyPage): Middleware {
  const check = page.query && compileTextSchema(page.query);
  return async (ctx) => {
    const query = readQuery(check, ctx);
    const form = keptFormOf(ctx, site, page);
    if (form) keepFlash(ctx, { key: 'kit.typed-kept' });
    await showPage(site, page, ctx, { query, form });
    if (form) forgetKept(ctx, site, page, form);
  };
}

export function handleDownload({ deps }: PortalSite, download: AnyDownload): Middleware {
  const check = download.query && compileTextSchema(download.query);
  return async (ctx) => {
    const request = { ...requestOf(ctx), query: readQuery(check, ctx) };
    const {
      filename,
      type,
      body,
      isInline = false,
    } = await ofAddress(() => download.load(deps, request as never));
    ctx.attachment(filename, { type: isInline ? 'inline' : 'attachment' });
    ctx.set('Content-Type', type);
    ctx.body = body;
  };
}

export function handleForm(site: PortalSite, form: AnyForm): Middleware {
  const names = Object.keys(form.fields);
  return async (ctx) => {
    const texts = Object.fromEntries(names.map((name) => [name, formField(ctx, name)]));
    try {
      const input = readFields(form.fields, texts);
      const request = {
        ...requestOf(ctx),
        input,
        ...(form.upload && { file: requireUpload(ctx, form.upload) }),
      };
      const result = await form.submit(site.deps, request as never);
      if (form.reveal) return reveal(site, ctx, form.reveal, result);
      return leave(ctx, form.done!(result as never, request as never));
    } catch (error) {
      const refused = asRefusal(error);
      if (!refused) throw error;
      const { t } = frameOf(ctx);
      await showPage(site, form.page, ctx, {
        query: form.pageQuery?.(texts) ?? {},
        form: refusedForm({ ...form, fields: withUpload(form), texts }, refused, t, site.portal),
      });
      if (refused instanceof FieldFaults) ctx.status = 422;
      else setProblemHeaders(ctx, refused);
    }
  };
}

/** @throws FieldFaults for a form without its file, or with one that is too large */
function requireUpload(ctx: Context, { field, maxBytes }: NonNullable<AnyForm['upload']>): UploadedFile {
  const upload = uploadOf(ctx);
  if (upload === undefined) throw new FieldFaults({ [field]: { key: 'kit.fault.file-missing' } });
  if (upload !== 'too-large') return upload;
  const facts = { max: Math.floor(maxBytes / 2 ** 20) };
  throw new FieldFaults({ [field]: { key: 'kit.fault.file-too-large', facts } });
}

function withUpload({ fields, upload }: AnyForm): Fields {
  return upload ? { ...fields, [upload.field]: uploadField(upload.label) } : fields;
}

/** What goes back to the form; bugs and refusals of the address itself do not. */
function asRefusal(error: unknown): FieldFaults | Problem | undefined {
  if (error instanceof FieldFaults) return error;
  const isShown =
    error instanceof Problem && error.status < 500 && error.status !== 404 && !ELSEWHERE.has(error.code);
  return isShown ? error : undefined;
}

interface Shown {
  readonly query: unknown;
  readonly form: FormState | undefined;
}

async function showPage(
  { deps, portal }: PortalSite,
  page: AnyPage,
  ctx: Context,
  shown: Shown,
): Promise<void> {
  const data = await ofAddress(() => page.load(deps, { ...requestOf(ctx), query: shown.query } as never));
  const names = await portal.findNames?.(deps, [...actorsIn(data)]);
  const view = page.view(data as never, viewFrameOf(ctx, shown.form, names));
  renderView(ctx, { deps, portal, page, template: page.template.file, view, form: shown.form });
}

/**
 * What an address names and is not there is 404, also where the same refusal is 422 for a field of a request: `service-not-found`,
 * `tariff-not-found`.
 */
async function ofAddress<T>(load: () => T | Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Problem && error.code.endsWith('-not-found') && error.status === 422)
      throw new Problem('not-found', { cause: error });
    throw error;
  }
}

function reveal(
  { deps, portal }: PortalSite,
  ctx: Context,
  { view, template }: NonNullable<AnyForm['reveal']>,
  result: unknown,
): void {
  const shown: PageView = view(result as never, viewFrameOf(ctx, undefined));
  renderView(ctx, { deps, portal, page: undefined, template: template.file, view: shown, form: undefined });
}

function leave(ctx: Context, { to, flash, facts }: Done): void {
  if (flash !== undefined) keepFlash(ctx, { key: flash, facts });
  seeOther(ctx, to);
}

function requestOf(ctx: Context) {
  const { params } = ctx as Context & { params: Record<string, string> };
  return { actor: personOf(ctx)?.actor, params, visit: visitOf(ctx) };
}

function viewFrameOf(
  ctx: Context,
  form: FormState | undefined,
  names: ReadonlyMap<string, string> = new Map(),
): ViewFrame {
  const { language, t, format } = frameOf(ctx);
  const actor = personOf(ctx)?.actor;
  return {
    language,
    t,
    format,
    form,
    can: (permission) => actor !== undefined && can(actor, permission),
    nameOf: (named) => names.get(named) ?? named.slice(named.indexOf(':') + 1),
  };
}

/** `lang` chooses the language, and belongs to every page. @throws Problem `invalid-request` */
function readQuery(check: SchemaCheck<object> | undefined, ctx: Context): object {
  if (!check) return {};
  const { lang: _, ...query } = ctx.query;
  const given = Object.fromEntries(Object.entries(query).filter(([, text]) => text !== ''));
  const outcome = check(given);
  if (outcome.valid) return outcome.value;
  throw new Problem('invalid-request', { errors: outcome.errors });
}
