import type { Actor } from '../../access/actor.ts';
import type { Audience } from '../../access/audience.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { MessageKey } from '../messages/translate.ts';
import type { AnyDownload } from './define-download.ts';
import type { AnyForm } from './define-form.ts';
import type { AnyLive } from './define-live.ts';
import type { AnyPage } from './define-page.ts';
import type { WordFacts } from './form-state.ts';
import type { Visit } from './visit.ts';

/** Somebody who is signed in. */
export interface SignedInPerson {
  readonly actor: Actor;
  /** As the page header names the person. */
  readonly label: string;
  /** Where the person has to go before anything else: to a new password or a second factor. */
  readonly mustGoTo?: string | undefined;
  /** The person has proven the second factor within the last minutes. */
  readonly hasFreshFactor?: boolean;
}

/** For whom a portal is, and how its people are recognised. */
export interface PortalAudience {
  readonly name: Audience;
  /** Path of the page where people sign in. */
  readonly signInPath: string;
  /** Path of the form that signs out. */
  readonly signOutPath?: string;
  /** Path of the page where a person proves the second factor again. */
  readonly stepUpPath?: string;
  /** Path of the page about the person's own account, to which the name in the page header links. */
  readonly accountPath?: string;
  /** Who is signed in, looked up with each request. Ends the session itself once it can open nothing any more. */
  find(deps: ServiceDeps, visit: Visit): Promise<SignedInPerson | undefined>;
}

/** The check of addresses that carry a seal. */
export interface SealedAddress {
  /** @throws Problem `not-found` */
  assert(deps: ServiceDeps, params: Readonly<Record<string, string>>): void;
  /** The path of the page that a refusal links back to, with its variable parts. */
  readonly backPath: string;
}

/** One part of the site: its pages, forms and files under one frame. */
export interface Portal {
  readonly name: string;
  /** Where it is reached: the public listener, or the carrier's own. */
  readonly listener: 'public' | 'staff';
  readonly audience: 'public' | PortalAudience;
  /** Under the carrier's name. */
  readonly tagline: MessageKey;
  readonly foot: MessageKey;
  /** Where its texts for problems begin, `accounts.problem`, if they differ from those of other portals. */
  readonly problemTexts?: string;
  /** Names of the people whom the data of its pages names as `actorName` does. */
  findNames?(deps: ServiceDeps, actors: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Names for people what the facts of its problems name by code. */
  readonly wordFacts?: WordFacts;
  /** Path of its first page, to which the carrier's name links; without one the name is no link. */
  readonly home?: string;
  /** Dense and wide with its navigation on the left, for people who work in it all day. */
  readonly isConsole?: true;
  /** Only in development. */
  readonly isForDevelopment?: true;
  /** For addresses that cannot be guessed: checked before the body is read, and before any query. */
  readonly sealed?: SealedAddress;
  /** The largest body of a form; `16kb` by default. */
  readonly formLimit?: string;
  readonly pages: readonly AnyPage[];
  readonly forms?: readonly AnyForm[];
  readonly downloads?: readonly AnyDownload[];
  /** Parts of its pages that are sent again as they change. */
  readonly lives?: readonly AnyLive[];
}

/**
 * Declares a portal.
 * @throws Error at the start of the process for two pages of one name, and for pages with a permission where nobody signs in.
 */
export function definePortal(portal: Portal): Portal {
  const all = [
    ...portal.pages,
    ...(portal.forms ?? []),
    ...(portal.downloads ?? []),
    ...(portal.lives ?? []),
  ];
  const twice = all.find(({ name }, index) => all.findIndex((one) => one.name === name) < index);
  if (twice) throw new Error(`${portal.name} has two pages or forms of the name ${twice.name}`);
  const closed = all.find(({ permission }) => permission !== undefined);
  if (portal.audience === 'public' && closed) throw new Error(`nobody signs in for ${closed.name}`);
  return portal;
}
