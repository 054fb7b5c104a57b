import type { Actor } from '../../access/actor.ts';
import type { Permission } from '../../access/permissions.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { Locale } from '../../shared/money.ts';
import type { FromSchema, ObjectSchema } from '../../shared/schema-type.ts';
import type { MessageKey, Translate } from '../messages/translate.ts';
import type { FormState } from './form-state.ts';
import type { Format } from './format.rules.ts';
import type { Template } from './template.ts';
import type { Visit } from './visit.ts';

/** What a page is asked for. */
export interface PageRequest<Query, A> {
  /** Who is signed in. */
  readonly actor: A;
  /** The variable parts of the address. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly visit: Visit;
}

/** What a view is made with, besides what was loaded. */
export interface ViewFrame {
  readonly language: Locale;
  readonly t: Translate;
  readonly format: Format;
  /** Whether the person may do something: the answer that guards the route hides the button. */
  readonly can: (permission: Permission) => boolean;
  /** What somebody is called whom the data names as `actorName` does: `staff:acct-12` → 山田 花子; others keep their identity. */
  readonly nameOf: (actor: string) => string;
  /** The form on the page that was refused, if any. */
  readonly form: FormState | undefined;
}

/** What every view says about its page. */
export interface PageView {
  /** Of the document and the heading, without `Error:`. */
  readonly title: string;
  /** Of the response; 200 by default. */
  readonly responseStatus?: number;
  readonly retryAfterSeconds?: number;
  /** The browser asks for the page again after this time, with or without scripts. */
  readonly refreshSeconds?: number;
  /** A part of the page is sent again as it changes. */
  readonly isLive?: true;
  /** Leaves out `Error:` in front of the title of a page whose form was refused: the title says it. */
  readonly isTitleWhole?: boolean;
  /** Origins besides our own to which a form on the page may redirect. */
  readonly formOrigins?: readonly string[];
  /** The seal of what the page shows, which its form sends back. */
  readonly shown?: string;
}

/** The place of a page in the navigation of its portal. */
export interface PageNav {
  readonly label: MessageKey;
  readonly order: number;
  /** The task that it belongs to, in the navigation of a console. */
  readonly section?: MessageKey;
}

interface PageParts<Q extends ObjectSchema, A, Data, View extends PageView> {
  /** Unique: `my.limits`. */
  readonly name: string;
  /** `:id` marks a variable part. */
  readonly path: string;
  readonly nav?: PageNav;
  /** The path of the page of the navigation that it belongs to, if its own path does not begin so. */
  readonly under?: string;
  readonly query?: Q;
  load(deps: ServiceDeps, request: PageRequest<FromSchema<Q>, A>): Promise<Data> | Data;
  /** Pure: from what was loaded to what the template shows. */
  view(data: Data, frame: ViewFrame): View;
  readonly template: Template<View>;
}

/** A page for signed-in people with a permission. */
export interface PermittedPage<Q extends ObjectSchema, Data, View extends PageView> extends PageParts<
  Q,
  Actor,
  Data,
  View
> {
  readonly permission: Permission;
  readonly audience?: never;
}

/** A page for everybody. */
export interface PublicPage<Q extends ObjectSchema, Data, View extends PageView> extends PageParts<
  Q,
  undefined,
  Data,
  View
> {
  readonly audience: 'public';
  readonly permission?: never;
}

/** A page of any types, as the router and the guard specs use it. */
export interface AnyPage {
  readonly name: string;
  readonly path: string;
  readonly permission?: Permission;
  readonly audience?: 'public';
  readonly nav?: PageNav;
  readonly under?: string;
  readonly query?: ObjectSchema;
  load(deps: ServiceDeps, request: PageRequest<never, never>): unknown;
  view(data: never, frame: ViewFrame): PageView;
  readonly template: Template<never>;
}

/** Declares a page. Without a permission, or `audience: 'public'`, it does not compile. */
export function definePage<const Q extends ObjectSchema, Data, View extends PageView>(
  page: PermittedPage<Q, Data, View>,
): AnyPage;
export function definePage<const Q extends ObjectSchema, Data, View extends PageView>(
  page: PublicPage<Q, Data, View>,
): AnyPage;
export function definePage(page: AnyPage): AnyPage {
  return page;
}
