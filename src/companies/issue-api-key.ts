import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { appendEvents } from '../events/append-events.ts';
import { generateApiKey, hashSecret } from './api-key.rules.ts';
import { ApiKeySchema } from './api-key.entity.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { findOwnCompany } from './company.queries.ts';
import { assertGrantable, grantableScopes } from './grantable-scopes.rules.ts';
import { scopes as allScopes, type Scope } from './scopes.ts';

export interface IssueApiKey {
  readonly companyCode: string;
  /** Where the key is used, for the list of keys. */
  readonly label: string;
  /** What the key may do; left out, everything that the actor may give to it. */
  readonly scopes?: readonly Scope[] | undefined;
  /** The newest key of the company when the issuer looked, null without one: a page that is sent twice issues one key. */
  readonly seenNewestId?: string | null | undefined;
}

const checkShape = compileInputCheck<IssueApiKey>({
  label: { ...inputFields.name, maxLength: 60 },
  scopes: { type: ['array', 'null'], items: { enum: allScopes }, minItems: 1, uniqueItems: true },
});

/**
 * Issues an API key. `token` is what the company sends; it is in this result and nowhere else, because only the
 * hash of its secret is kept. A person of a company issues no key that may do more than they themselves.
 * @throws Problem `invalid-request`, `company-not-found`, `scope-not-held`; `illegal-state` when there is a newer key than `seenNewestId`
 */
export async function issueApiKey(
  deps: Deps,
  actor: Actor,
  input: IssueApiKey,
): Promise<{ id: string; token: string; scopes: readonly Scope[] }> {
  const owned = ownedBy(actor, 'api-keys:write');
  checkShape(input);
  const { companyCode, label, scopes = grantableScopes(actor) } = input;
  assertGrantable(actor, scopes);
  return inTransaction(deps, async (tx) => {
    const company = await findOwnCompany(tx, owned, companyCode);
    if (input.seenNewestId !== undefined) await assertNewest(tx, company.id, input.seenNewestId);
    const { id, secret, token } = generateApiKey(tx.ids);
    const row = { id, companyId: company.id, label, scopes: scopes.join(' '), createdAt: tx.clock.now() };
    tx.em.create(ApiKeySchema, { ...row, secretHash: hashSecret(secret), revokedAt: null });
    await tx.em.flush();
    const event = { subject: id, companyId: company.id, snapshot: { label, scopes: row.scopes } };
    await appendEvents(tx, [{ type: 'api-key.issued', ...event }]);
    const facts = { companyCode, label, scopes };
    const changed = { table: 'api_key', key: [id] } as const;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'api-key.issue',
      subject: `api-key:${id}`,
      facts,
      changed,
    });
    return { id, token, scopes };
  });
}

/** Locks the company, so that of two pages sent at once one is refused. @throws Problem `illegal-state` */
async function assertNewest(
  tx: InTransaction<Deps>,
  companyId: number,
  seenNewestId: string | null,
): Promise<void> {
  const sql = sqlOf(tx.em);
  await sql.selectFrom('company').select('id').where('id', '=', companyId).forUpdate().execute();
  const newest = await sql
    .selectFrom('api_key')
    .select('id')
    .where('companyId', '=', companyId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if ((newest?.id ?? null) === seenNewestId) return;
  throw new Problem('illegal-state', {
    detail: 'A key was issued meanwhile: read the list of keys again.',
    facts: { reason: 'key-issued' },
  });
}
