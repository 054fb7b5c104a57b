import { LockMode } from '@mikro-orm/mariadb';
import type { Owned } from '../access/owned-by.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { apiKeyState } from './api-key-state.rules.ts';
import { ApiKeySchema, type ApiKey } from './api-key.entity.ts';

/** Locks a key that still works. @throws Problem `api-key-not-found`; `illegal-state` for one that is revoked or has ended */
export async function lockLiveApiKey(tx: InTransaction<Deps>, owned: Owned, id: string): Promise<ApiKey> {
  const where = { $and: [owned.rows, { id }] };
  const key = await tx.em.findOne(ApiKeySchema, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!key) throw new Problem('api-key-not-found', { detail: `There is no API key ${id}.` });
  const state = apiKeyState(key, tx.clock.now());
  if (state === 'revoked')
    throw new Problem('illegal-state', { detail: 'The key is revoked: issue another one.' });
  if (state === 'ended')
    throw new Problem('illegal-state', { detail: 'The key has ended: its successor is in use.' });
  return key;
}
