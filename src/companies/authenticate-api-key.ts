import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { matchesSecret, parseApiKey } from './api-key.rules.ts';

/** Whom a key speaks for, and what it may do. */
export interface ApiKeyOwner {
  readonly companyId: number;
  readonly companyCode: string;
  readonly scopes: ReadonlySet<string>;
}

/**
 * Finds the company of a sent API key. The key is looked up every time, so a revoked one is worthless with
 * the very next request.
 * @throws Problem `api-key-invalid`, the same for a malformed, unknown, wrong or revoked key and for a
 * suspended company, so that nothing can be learnt by trying.
 */
export async function authenticateApiKey(deps: Deps, token: string): Promise<ApiKeyOwner> {
  const sent = parseApiKey(token);
  const key = sent && (await findKey(deps, sent.id));
  if (!sent || !key || !matchesSecret(sent.secret, key.secretHash)) throw new Problem('api-key-invalid');
  if (key.revokedAt !== null || key.state !== 'active') throw new Problem('api-key-invalid');
  return {
    companyId: key.companyId,
    companyCode: key.code,
    scopes: new Set(key.scopes.split(' ')),
  };
}

function findKey(deps: Deps, id: string) {
  return sqlOf(emOf(deps))
    .selectFrom('api_key as k')
    .innerJoin('company as c', 'c.id', 'k.companyId')
    .select(['k.companyId', 'k.secretHash', 'k.scopes', 'k.revokedAt', 'c.code', 'c.state'])
    .where('k.id', '=', id)
    .executeTakeFirst();
}
