import type { Actor } from '../../access/actor.ts';
import type { Permission } from '../../access/permissions.ts';
import type { WorkGate } from '../../identity/work-gate.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { MessageKey } from '../messages/translate.ts';
import type { AnyPage, PageView, ViewFrame } from './define-page.ts';
import type { Fields, InputOf } from './form-fields.ts';
import type { Template } from './template.ts';
import type { Visit } from './visit.ts';

/** A posted form whose fields were accepted. */
export interface FormRequest<F extends Fields, A> {
  readonly actor: A;
  readonly params: Readonly<Record<string, string>>;
  readonly input: InputOf<F>;
  readonly visit: Visit;
}

/** The file that a form sends with its fields. */
export interface UploadTerms {
  /** Name of its field. */
  readonly field: string;
  readonly label: MessageKey;
  readonly maxBytes: number;
}

/** A file as it was sent. It is removed after the request. */
export interface UploadedFile {
  readonly path: string;
  /** As the sender's computer calls it; it may be anything. */
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
}

/** Where the browser goes next (303), and what the page there says once. */
export interface Done {
  /** A path of our own, or an address that the use case has checked. */
  readonly to: string;
  readonly flash?: MessageKey;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** Bounds how many submissions of a form run at once. */
export interface Admission {
  readonly gate: WorkGate;
  turnAway(): Problem;
}

interface FormParts<F extends Fields, A, Result> {
  readonly name: string;
  readonly path: string;
  readonly fields: F;
  /** Calls the use case. Its Problems show on `page` again, with what was typed. */
  submit(deps: ServiceDeps, request: FormRequest<F, A>): Promise<Result>;
  done(result: Result, request: FormRequest<F, A>): Done;
  /** The page that has the form: it is shown again when the form is refused. */
  readonly page: AnyPage;
  /** The query with which `page` is loaded again when the form is refused, from what was typed; none by default. */
  pageQuery?(texts: Readonly<Record<string, string>>): object;
  /** Admits few submissions at once, after the body is read and before the first query. */
  readonly admission?: Admission;
  /** Needs a proof of the second factor that is a few minutes old at most. */
  readonly stepUp?: true;
}

export interface PermittedForm<F extends Fields, Result> extends FormParts<F, Actor, Result> {
  readonly permission: Permission;
  readonly audience?: never;
}

/** A form with a file, which is there when `submit` is called. */
export interface UploadForm<F extends Fields, Result> extends Omit<
  PermittedForm<F, Result>,
  'submit' | 'admission'
> {
  readonly upload: UploadTerms;
  submit(
    deps: ServiceDeps,
    request: FormRequest<F, Actor> & { readonly file: UploadedFile },
  ): Promise<Result>;
}

export interface PublicForm<F extends Fields, Result> extends FormParts<F, undefined, Result> {
  readonly audience: 'public';
  readonly permission?: never;
}

/** A form that answers with a page instead of a redirect: for what is shown once, such as a new password. */
interface Revealing<Result, View extends PageView> {
  readonly reveal: {
    view(result: Result, frame: ViewFrame): View;
    readonly template: Template<View>;
  };
}

type WithReveal<P, Result, View extends PageView> = Omit<P, 'done'> & Revealing<Result, View>;

/** A form of any types. */
export interface AnyForm {
  readonly name: string;
  readonly path: string;
  readonly permission?: Permission;
  readonly audience?: 'public';
  readonly fields: Fields;
  submit(deps: ServiceDeps, request: FormRequest<never, never> & { readonly file: never }): Promise<unknown>;
  done?(result: never, request: FormRequest<never, never>): Done;
  readonly reveal?: { view(result: never, frame: ViewFrame): PageView; readonly template: Template<never> };
  readonly page: AnyPage;
  pageQuery?(texts: Readonly<Record<string, string>>): object;
  readonly admission?: Admission;
  readonly stepUp?: true;
  readonly upload?: UploadTerms;
}

/** Declares a form. Without a permission, or `audience: 'public'`, it does not compile. */
export function defineForm<const F extends Fields, Result>(form: PermittedForm<F, Result>): AnyForm;
export function defineForm<const F extends Fields, Result>(form: PublicForm<F, Result>): AnyForm;
export function defineForm(form: AnyForm): AnyForm {
  return form;
}

/** Declares a form whose result is shown at once and never again. */
export function defineRevealingForm<const F extends Fields, Result, View extends PageView>(
  form: WithReveal<PermittedForm<F, Result>, Result, View>,
): AnyForm;
export function defineRevealingForm<const F extends Fields, Result, View extends PageView>(
  form: WithReveal<PublicForm<F, Result>, Result, View>,
): AnyForm;
export function defineRevealingForm(form: AnyForm): AnyForm {
  return form;
}

/** Declares a form with a file, for people with a permission: they are recognised before its body is read. */
export function defineUploadForm<const F extends Fields, Result>(form: UploadForm<F, Result>): AnyForm {
  return form;
}
