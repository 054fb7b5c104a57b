import type { FormDraft } from '../../identity/page-session.ts';
import type { AnyForm } from './define-form.ts';
import type { FormState } from './form-state.ts';

/** Long enough to look up a code, short enough that nobody finds it in the session later. */
const KEPT_MS = 10 * 60_000;
/** Of one form, as JSON in UTF-8: a posted form has 32 kB at most, in which a Japanese character takes nine. */
const MAX_BYTES = 12_000;
const MAX_DRAFTS = 3;

interface Typed {
  readonly form: Pick<AnyForm, 'name' | 'fields'>;
  /** Path of the page that shows it again. */
  readonly path: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

/** What may be kept of a form: never what is secret, and nothing that is empty or too large. */
export function draftOf({ form, path, texts, nowMs }: Typed): FormDraft | undefined {
  const values = Object.fromEntries(
    Object.entries(texts).filter(
      ([name, text]) => text !== '' && form.fields[name] && !form.fields[name].isSecret,
    ),
  );
  if (Object.keys(values).length === 0) return undefined;
  if (Buffer.byteLength(JSON.stringify(values)) > MAX_BYTES) return undefined;
  return { form: form.name, path, values, until: nowMs + KEPT_MS };
}

const isSame = (one: FormDraft, { form, path }: Pick<FormDraft, 'form' | 'path'>) =>
  one.form === form && one.path === path;

/** With another draft in place of an earlier one of the same form and page: the newest few that have not run out. */
export function addDraft(drafts: readonly FormDraft[], draft: FormDraft, nowMs: number): FormDraft[] {
  return [...withoutDraft(drafts, draft, nowMs), draft].slice(-MAX_DRAFTS);
}

export function withoutDraft(
  drafts: readonly FormDraft[],
  taken: Pick<FormDraft, 'form' | 'path'>,
  nowMs: number,
): FormDraft[] {
  return drafts.filter((one) => one.until > nowMs && !isSame(one, taken));
}

/** The newest draft of one of the forms that a page shows. */
export function findDraft(
  drafts: readonly FormDraft[],
  {
    path,
    forms,
    nowMs,
  }: { readonly path: string; readonly forms: readonly string[]; readonly nowMs: number },
): FormDraft | undefined {
  return drafts.findLast((one) => one.until > nowMs && one.path === path && forms.includes(one.form));
}

/** The form with what was typed, to be looked over and sent again. */
export function keptForm({ form: name, values }: FormDraft): FormState {
  return { name, values, errors: [], isKept: true };
}
