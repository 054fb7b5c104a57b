import { authenticateApiKey } from '../companies/authenticate-api-key.ts';
import { RefusedKey } from '../companies/refused-key.ts';
import type { Scope } from '../companies/scopes.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { ApiStep } from './api-context.ts';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Lets a company in by its API key (`Authorization: Bearer …`, RFC 6750) if the key carries the scope; what
 * follows knows the company as `ctx.state.company`.
 */
export function company(deps: Deps, scope: Scope): ApiStep {
  return async (ctx, next) => {
    const token = BEARER.exec(ctx.get('Authorization'))?.[1];
    if (token === undefined) {
      ctx.set('WWW-Authenticate', 'Bearer realm="tabane"');
      const detail = 'Send your API key as `Authorization: Bearer tbn_…`.';
      throw new Problem('api-key-invalid', { detail, cause: new RefusedKey('missing') });
    }
    // Taken back below, once the key has proved good: no path out of the check forgets it.
    ctx.set('WWW-Authenticate', 'Bearer realm="tabane", error="invalid_token"');
    const owner = await authenticateApiKey(deps, token);
    ctx.remove('WWW-Authenticate');
    ctx.state.company = { id: owner.companyId, code: owner.companyCode };
    if (owner.isSuspended) {
      const detail = 'The key is right and may stay; ask the carrier.';
      throw new Problem('company-suspended', { detail, cause: new RefusedKey('suspended', owner.keyId) });
    }
    if (!owner.scopes.has(scope)) {
      throw new Problem('api-key-scope-missing', {
        detail: `This needs a key with ${scope}.`,
        facts: { scope },
        cause: new RefusedKey('scope', owner.keyId),
      });
    }
    ctx.set('Cache-Control', 'no-store');
    await next();
  };
}
