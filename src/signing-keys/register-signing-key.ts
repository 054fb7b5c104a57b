import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { findOwnCompany } from '../companies/company.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { readPublicKey, type SigningAlgorithm } from './public-key.rules.ts';
import { SigningKeySchema } from './signing-key.entity.ts';

export interface RegisterSigningKey {
  readonly companyCode: string;
  /** Where the private key is used, for the list of keys. */
  readonly label: string;
  /** In PEM (SPKI). */
  readonly publicKey: string;
}

/** Enough for several servers, each of them while its key is replaced. */
export const MAX_SIGNING_KEYS = 10;
const MAX_PEM_LENGTH = 4_000;

const checkShape = compileInputCheck<Pick<RegisterSigningKey, 'label' | 'publicKey'>>({
  label: { ...inputFields.name, maxLength: 60 },
  publicKey: { type: 'string', maxLength: MAX_PEM_LENGTH },
});

/**
 * Registers a public key by which requests of a company are verified from now on. Several are valid beside each other, so a key is
 * replaced without a gap. The same key is registered once, also after it was revoked: a page that is sent twice registers one.
 * @throws Problem `invalid-request`, `company-not-found`, `already-exists`; `illegal-state` when the company has as many as it can
 */
export async function registerSigningKey(
  deps: Deps,
  actor: Actor,
  input: RegisterSigningKey,
): Promise<{ readonly id: string; readonly algorithm: SigningAlgorithm; readonly fingerprint: string }> {
  const owned = ownedBy(actor, 'api-keys:write');
  checkShape(input);
  const { companyCode, label } = input;
  const key = readPublicKey(input.publicKey);
  return inTransaction(deps, async (tx) => {
    const { id: companyId } = await findOwnCompany(tx, owned, companyCode);
    await assertRoom(tx, companyId, key.fingerprint);
    const row = { id: tx.ids.next(), companyId, label, ...key, createdAt: tx.clock.now(), revokedAt: null };
    tx.em.create(SigningKeySchema, row);
    await tx.em.flush();
    const { id } = row;
    const { algorithm, fingerprint } = key;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'signing-key.register',
      subject: `signing-key:${id}`,
      facts: { companyCode, label, algorithm, fingerprint },
      changed: { table: 'signing_key', key: [id] },
    });
    return { id, algorithm, fingerprint };
  });
}

/** Locks the company, so that of two people at once one finds what the other registered. */
async function assertRoom(tx: InTransaction<Deps>, companyId: number, fingerprint: string): Promise<void> {
  const sql = sqlOf(tx.em);
  await sql.selectFrom('company').select('id').where('id', '=', companyId).forUpdate().execute();
  const keys = await sql
    .selectFrom('signing_key')
    .select(['fingerprint', 'revokedAt'])
    .where('companyId', '=', companyId)
    .forUpdate()
    .execute();
  if (keys.some((key) => key.fingerprint === fingerprint))
    throw new Problem('already-exists', {
      detail: 'This key is registered already, or was before it was revoked: create another pair.',
      facts: { reason: 'signing-key' },
    });
  if (keys.filter(({ revokedAt }) => revokedAt === null).length < MAX_SIGNING_KEYS) return;
  throw new Problem('illegal-state', {
    detail: `The company has ${MAX_SIGNING_KEYS} signing keys: revoke one first.`,
    facts: { reason: 'signing-keys' },
  });
}
