import { authorize } from '../access/authorize.ts';
import type { Permission } from '../access/permissions.ts';
import { isInNetworks } from '../companies/allowed-addresses.rules.ts';
import { authenticateApiKey } from '../companies/authenticate-api-key.ts';
import { RefusedKey } from '../access/refused-key.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { ApiStep } from './api-context.ts';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Authenticates a company by its API key (`Authorization: Bearer …`, RFC 6750) and checks that the key has the
 * permission. Sets `ctx.state.actor` for the next steps.
 */
export function company(deps: Deps, permission: Permission): ApiStep {
  return async (ctx, next) => {
    const token = BEARER.exec(ctx.get('Authorization'))?.[1];
    if (token === undefined) {
      ctx.set('WWW-Authenticate', 'Bearer realm="tabane"');
      const detail = 'Send your API key as `Authorization: Bearer tbn_…`.';
      throw new Problem('api-key-invalid', { detail, cause: new RefusedKey('missing') });
    }
    // Removed below once the key is valid, so that every failure of the check has it.
    ctx.set('WWW-Authenticate', 'Bearer realm="tabane", error="invalid_token"');
    const key = await authenticateApiKey(deps, token);
    const { actor, companyCode, isSuspended, allowedAddresses } = key;
    ctx.remove('WWW-Authenticate');
    ctx.state.company = { id: actor.companyId, code: companyCode };
    ctx.state.actor = actor;
    ctx.state.mustSign = key.requiresSignature;
    if (allowedAddresses !== null && !isInNetworks(allowedAddresses, ctx.ip)) {
      const detail = `The request came from ${ctx.ip}, which is not in the list of the key.`;
      throw new Problem('address-not-allowed', { detail, cause: new RefusedKey('address', actor.keyId) });
    }
    if (isSuspended) {
      const detail = 'The key is right and may stay; ask the carrier.';
      throw new Problem('company-suspended', { detail, cause: new RefusedKey('suspended', actor.keyId) });
    }
    authorize(actor, permission);
    ctx.set('Cache-Control', 'no-store');
    await next();
  };
}
