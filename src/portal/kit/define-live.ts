import type { Actor } from '../../access/actor.ts';
import type { Permission } from '../../access/permissions.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { ViewFrame } from './define-page.ts';
import type { Template } from './template.ts';

/** What a live part is shown with: it is the same for all who watch it, so it knows nobody's permissions. */
export type LiveFrame = Pick<ViewFrame, 't' | 'format' | 'language'>;

/**
 * A part of pages that is sent again as it changes, to everybody with the permission who has such a page open. A path with parameters,
 * as `/runs/:date/:job`, is a part for each of their values. People of one company share a part, and those of another have their own.
 */
export interface LivePart<Data, View> {
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
  /**
   * Asked once a second for all of a company or of the carrier, in the name of one of them: it must return the same for each. The first who watches what does not
   * exist gets its Problem.
   */
  load(deps: ServiceDeps, actor: Actor, params: Readonly<Record<string, string>>): Promise<Data>;
  view(data: Data, frame: LiveFrame): View;
  readonly template: Template<View>;
}

export interface AnyLive {
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
  load(deps: ServiceDeps, actor: Actor, params: Readonly<Record<string, string>>): Promise<unknown>;
  view(data: never, frame: LiveFrame): object;
  readonly template: Template<never>;
}

/** Declares a live part. */
export function defineLive<Data, View extends object>(part: LivePart<Data, View>): AnyLive {
  return part;
}
