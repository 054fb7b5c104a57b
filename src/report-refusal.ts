import type { Context } from 'koa';
import { RefusedKey } from './access/refused-key.ts';
import type { Deps } from './deps.ts';
import { sourceKeyOf } from './identity/source-key.rules.ts';
import { reportEvent } from './security/report-event.ts';
import type { Problem } from './shared/problem.ts';
import { routeOf } from './http/access-log.ts';
import { findClientAddress } from './http/client-address.ts';
import { requestIdOf } from './http/request-id.ts';

/** Logs a refusal of an API key, a permission or a form as a security event. */
export function reportRefusal(deps: Pick<Deps, 'config' | 'log'>, ctx: Context, problem: Problem): void {
  const { cause, code } = problem;
  const place = { requestId: requestIdOf(ctx), route: routeOf(ctx) };
  if (code !== 'forged-request' && !(cause instanceof RefusedKey)) return;
  const address = findClientAddress(ctx, deps.config.trustProxy);
  const source = address && sourceKeyOf(address);
  if (code === 'forged-request')
    reportEvent(deps, 'security.form_forged', { subjects: { source }, facts: place });
  if (!(cause instanceof RefusedKey)) return;
  const { company, actor } = ctx.state as { company?: { code: string }; actor?: { keyId?: string } };
  const subjects = { api_key: cause.keyId ?? actor?.keyId, source };
  const facts = { ...place, ...(company && { company: company.code }) };
  if (cause.reason === 'scope') {
    const scope = String(problem.facts['scope']);
    reportEvent(deps, 'security.permission_refused', { subjects, facts: { ...facts, scope } });
  } else {
    reportEvent(deps, 'security.api_key_refused', { subjects, facts: { ...facts, reason: cause.reason } });
  }
}
