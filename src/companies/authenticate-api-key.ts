import type { CompanyKeyActor } from '../access/actor.ts';
import type { Orm } from '../database/orm.ts';
import { rawInstant } from '../database/raw-instant.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
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
  /** Whether its requests must be signed: by its own setting, or by the newest contract of its company that has begun. */
  readonly requiresSignature: boolean;
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
  const onDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const key = await findKeyOf(deps)({ id: sent.id, onDate });
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
    requiresSignature: Boolean(key.requiresSignature) || Boolean(key.contractRequiresSignature),
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
  readonly requiresSignature: number;
  readonly contractRequiresSignature: number | null;
  readonly code: string;
  readonly state: string;
}

/** A sent key, and the business date on which its company's contract is looked up. */
interface SoughtKey {
  readonly id: string;
  readonly onDate: string;
}

type FindKey = (sought: SoughtKey) => Promise<KeyRow | undefined>;

/** One a database: look-ups that come while one is under way share the next. */
const findKeyIn = new WeakMap<Orm, FindKey>();
const BOUNDS = { batchSize: 500, maxConcurrentBatches: 1, minConcurrentBatch: 1, maxQueued: 20_000 };

function findKeyOf({ orm }: Deps): FindKey {
  let findKey = findKeyIn.get(orm);
  if (!findKey) findKeyIn.set(orm, (findKey = createMicroBatcher((sought) => findKeys(orm, sought), BOUNDS)));
  return findKey;
}

async function findKeys(
  orm: Orm,
  sought: readonly SoughtKey[],
): Promise<PromiseSettledResult<KeyRow | undefined>[]> {
  const rows = await queryRows<KeyRow>(
    orm.em.fork(),
    `SELECT k.id, k.company_id AS companyId, k.secret_hash AS secretHash, k.scopes, k.revoked_at AS revokedAt,
       k.ends_at AS endsAt, k.allowed_addresses AS allowedAddresses, k.requires_signature AS requiresSignature,
       (SELECT t.signed_requests FROM contract t WHERE t.company_id = c.id AND t.valid_from <= ?
         ORDER BY t.valid_from DESC LIMIT 1) AS contractRequiresSignature, c.code, c.state
     FROM api_key k JOIN company c ON c.id = k.company_id WHERE k.id IN (?)`,
    // Requests of one moment are of one business date, but around midnight.
    [sought[0]?.onDate, [...new Set(sought.map(({ id }) => id))]],
  );
  const keys = new Map(rows.map((row) => [row.id, row]));
  return sought.map(({ id }) => ({ status: 'fulfilled', value: keys.get(id) }));
}
