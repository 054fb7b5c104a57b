import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { findOwnCompany } from '../companies/company.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';

/** Signing keys of a company, newest first. @throws Problem `company-not-found` */
export async function listSigningKeys(deps: Deps, actor: Actor, companyCode: string) {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'api-keys:read'), companyCode);
  return await sqlOf(emOf(deps))
    .selectFrom('signing_key')
    .select(['id', 'label', 'algorithm', 'fingerprint', 'createdAt', 'revokedAt'])
    .where('companyId', '=', companyId)
    .orderBy('id', 'desc')
    .execute();
}

export type ListedSigningKey = Awaited<ReturnType<typeof listSigningKeys>>[number];

/** A key by which a signature of the company can be verified now; undefined for one of another company, or that is revoked. */
export async function findVerifyingKey(
  deps: Deps,
  { companyId, keyId }: { readonly companyId: number; readonly keyId: string },
) {
  return await sqlOf(deps.orm.em.fork())
    .selectFrom('signing_key')
    .select(['id', 'algorithm', 'publicKey'])
    .where('id', '=', keyId)
    .where('companyId', '=', companyId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
}

/** Whether the newest contract of a company that has begun asks for signed requests. @throws Problem `company-not-found` */
export async function isSigningCompulsory(deps: Deps, actor: Actor, companyCode: string): Promise<boolean> {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'api-keys:read'), companyCode);
  const contract = await sqlOf(emOf(deps))
    .selectFrom('contract')
    .select('signedRequests')
    .where('companyId', '=', companyId)
    .where('validFrom', '<=', businessDateOf(deps.clock.now(), deps.config.timeZone))
    .orderBy('validFrom', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Boolean(contract?.signedRequests);
}
