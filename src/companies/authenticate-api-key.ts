import type { CompanyKeyActor } from '../access/actor.ts';
import type { Orm } from '../database/orm.ts';
import { rawInstant } from '../database/raw-instant.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { createMicroBatcher } from '../shared/micro-batcher.ts';
import { matchesSecret, parseApiKey } from './api-key.rules.ts';
import { noteKeyUse } from './key-uses.ts';
import { RefusedKey } from '../access/refused-key.ts';

/** Whom a key speaks for, and what it may do. */
export interface AuthenticatedKey {
  readonly actor: CompanyKeyActor;
  readonly companyCode: string;
  readonly isSuspended: boolean;
  /** Networks from which the key may be used; null for any. */
  readonly allowedAddresses: string | null;
}

/**
 * Finds the company of a sent API key. The key is looked up every time, after it was sent, so a revoked one is
 * worthless with the very next request; keys sent at the same time are looked up together. Notes the use of a valid key.
 * @throws Problem `api-key-invalid`, the same for a malformed, unknown, wrong or revoked key, so that nothing can be
 * learnt by trying.
 */
export async function authenticateApiKey(deps: Deps, token: string): Promise<AuthenticatedKey> {
  const sent = parseApiKey(token);
  if (!sent) throw refused(new RefusedKey('malformed'));
  const key = await findKeyOf(deps)(sent.id);
  if (!key) throw refused(new RefusedKey('unknown', sent.id));
  if (!matchesSecret(sent.secret, key.secretHash)) throw refused(new RefusedKey('wrong', sent.id));
  if (key.revokedAt !== null) throw refused(new RefusedKey('revoked', sent.id));
  if (key.endsAt !== null && rawInstant(key.endsAt) <= deps.clock.now())
    throw refused(new RefusedKey('ended', sent.id));
  noteKeyUse(deps, key.id);
  const scopes = new Set(key.scopes.split(' '));
  return {
    actor: { kind: 'company-key', companyId: key.companyId, keyId: key.id, scopes },
    companyCode: key.code,
    isSuspended: key.state !== 'active',
    allowedAddresses: key.allowedAddresses,
  };
}

const refused = (cause: RefusedKey) => new Problem('api-key-invalid', { cause });

interface KeyRow {
  readonly id: string;
  readonly companyId: number;
  readonly secretHash: string;
  readonly scopes: string;
  readonly revokedAt: string | null;
  readonly endsAt: Date | string | null;
  readonly allowedAddresses: string | null;
  readonly code: string;
  readonly state: string;
}

type FindKey = (id: string) => Promise<KeyRow | undefined>;

/** One a database: look-ups that come while one is under way share the next. */
const findKeyIn = new WeakMap<Orm, FindKey>();
const BOUNDS = { batchSize: 500, maxConcurrentBatches: 1, minConcurrentBatch: 1, maxQueued: 20_000 };

function findKeyOf({ orm }: Deps): FindKey {
  let findKey = findKeyIn.get(orm);
  if (!findKey) findKeyIn.set(orm, (findKey = createMicroBatcher((ids) => findKeys(orm, ids), BOUNDS)));
  return findKey;
}

async function findKeys(
  orm: Orm,
  ids: readonly string[],
): Promise<PromiseSettledResult<KeyRow | undefined>[]> {
  const rows = await queryRows<KeyRow>(
    orm.em.fork(),
    `SELECT k.id, k.company_id AS companyId, k.secret_hash AS secretHash, k.scopes, k.revoked_at AS revokedAt,
       k.ends_at AS endsAt, k.allowed_addresses AS allowedAddresses, c.code, c.state
     FROM api_key k JOIN company c ON c.id = k.company_id WHERE k.id IN (?)`,
    [[...new Set(ids)]],
  );
  const keys = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => ({ status: 'fulfilled', value: keys.get(id) }));
}
