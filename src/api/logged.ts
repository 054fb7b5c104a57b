import type { Context } from 'koa';
import { permissions, type Permission, type Role } from '../access/permissions.ts';
import type { Deps } from '../deps.ts';
import { routeOf } from '../http/access-log.ts';
import { findClientAddress } from '../http/client-address.ts';
import { onceOver } from '../http/hung-up.ts';
import { requestIdOf } from '../http/request-id.ts';
import { noteRequest } from '../request-log/note-request.ts';
import { MAX_PARSED_LENGTH } from '../request-log/shown-body.rules.ts';
import type { ApiState, ApiStep } from './api-context.ts';

/**
 * Notes each request of a known company after it was answered, for its developers. A request whose API key is not accepted belongs to
 * nobody. Of an operation that developers have no permission for, neither body is kept: a key may read more than they do.
 */
export function logged(deps: Deps, permission: Permission): ApiStep {
  const roles: readonly Role[] = permissions[permission];
  // Events tell of settlements and payouts too, to a key that may read those.
  const showsBodies = permission !== 'events:read' && roles.includes('developer');
  return async (ctx, next) => {
    const startedAt = performance.now();
    try {
      await next();
    } finally {
      onceOver(ctx, (status) => note(deps, ctx, { status, startedAt, showsBodies }));
    }
  };
}

interface Answered {
  readonly status: number;
  readonly startedAt: number;
  readonly showsBodies: boolean;
}

function note(deps: Deps, ctx: Context, { status, startedAt, showsBodies }: Answered): void {
  const { actor } = ctx.state as Partial<ApiState>;
  if (!actor) return;
  const { rawBody } = ctx.request as unknown as { rawBody?: string };
  noteRequest(deps, {
    companyId: actor.companyId,
    apiKeyId: actor.keyId,
    requestId: requestIdOf(ctx),
    method: ctx.method,
    route: routeOf(ctx),
    path: ctx.path,
    status,
    durationMs: Math.round(performance.now() - startedAt),
    idempotencyKey: ctx.get('Idempotency-Key').slice(0, 255) || null,
    address: findClientAddress(ctx, deps.config.trustProxy) ?? '',
    showsBodies,
    requestBody: shortOf(rawBody),
    responseBody: shortOf(ctx.body),
  });
}

/** A long body, a stream and a file are not kept until they are written. */
const shortOf = (body: unknown): string | undefined =>
  typeof body === 'string' && body.length <= MAX_PARSED_LENGTH ? body : undefined;
