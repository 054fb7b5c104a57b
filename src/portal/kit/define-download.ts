import type { Readable } from 'node:stream';
import type { Actor } from '../../access/actor.ts';
import type { Permission } from '../../access/permissions.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { FromSchema, ObjectSchema } from '../../shared/schema-type.ts';
import type { PageRequest } from './define-page.ts';

/** A file that is sent to the browser. */
export interface DownloadedFile {
  readonly filename: string;
  /** `application/pdf`, `text/csv; charset=utf-8`. */
  readonly type: string;
  readonly body: Buffer | Readable;
  /** Opens in the browser instead of being saved. */
  readonly isInline?: boolean;
}

/** A file of any size for signed-in people with a permission. */
export interface Download<Q extends ObjectSchema> {
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
  readonly query?: Q;
  load(deps: ServiceDeps, request: PageRequest<FromSchema<Q>, Actor>): Promise<DownloadedFile>;
}

export interface AnyDownload extends Omit<Download<ObjectSchema>, 'load'> {
  load(deps: ServiceDeps, request: PageRequest<never, never>): Promise<DownloadedFile>;
}

export function defineDownload<const Q extends ObjectSchema>(download: Download<Q>): AnyDownload {
  return download;
}
