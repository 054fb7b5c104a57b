import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { invalidInput } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { recordSafeguard, type RecordedSafeguard } from './record-safeguard.ts';
import { assertInScope, setterOf, type OnBehalf } from './safeguard-scope.ts';
import { onlyListed } from './safeguard.rules.ts';

export interface SetPurchaseRule extends OnBehalf {
  readonly kind: 'block' | 'allow';
  /** Whom it concerns; null: everybody on the line. A list of what is allowed belongs to one ID. */
  readonly subscriberId: number | null;
  readonly companyId: number;
  /** Null: all services of the company. */
  readonly serviceId: number | null;
  /** False removes it. */
  readonly inForce: boolean;
}

/**
 * Blocks a company or service, or puts it on the list of what an issued ID may buy from. A block counts at once; removing it,
 * or allowing more while the list is in force, from the next business date. Somebody of the carrier sets it on the word that
 * `reason` names.
 * @throws Problem `invalid-request`, `permission-denied`, `subscriber-not-found`, `company-not-found`, `service-not-found`, `illegal-state`,
 * `line-not-found`,
 * `rate-limit-exceeded`.
 */
export async function setPurchaseRule(
  deps: Deps,
  actor: Actor,
  { kind, subscriberId, companyId, serviceId, inForce, ...onBehalf }: SetPurchaseRule,
): Promise<RecordedSafeguard> {
  authorize(actor, 'limits:restrict');
  if (kind === 'allow' && subscriberId === null)
    throw invalidInput([{ pointer: '/subscriberId', message: 'must name an issued ID' }]);
  return inTransaction(deps, async (tx) => {
    const person = await setterOf(tx, actor, onBehalf);
    await assertInScope(tx, person, subscriberId);
    await assertSold(tx, { companyId, serviceId });
    const subject = { kind, subscriberId, companyId, serviceId };
    return recordSafeguard(tx, person, { subject, value: { limitMinor: null, inForce } });
  });
}

export interface SetOnlyListed extends OnBehalf {
  readonly subscriberId: number;
  readonly inForce: boolean;
}

/**
 * Lets an issued ID buy only from the companies and services on its list, at once; ending that counts from the next business
 * date. @throws Problem `permission-denied`, `subscriber-not-found`, `rate-limit-exceeded`.
 */
export async function setOnlyListed(
  deps: Deps,
  actor: Actor,
  { subscriberId, inForce, ...onBehalf }: SetOnlyListed,
): Promise<RecordedSafeguard> {
  authorize(actor, 'limits:restrict');
  return inTransaction(deps, async (tx) => {
    const person = await setterOf(tx, actor, onBehalf);
    await assertInScope(tx, person, subscriberId);
    const value = { limitMinor: null, inForce };
    return recordSafeguard(tx, person, { subject: onlyListed(subscriberId), value });
  });
}

/** What is named exists, and the service is the company's. */
async function assertSold(
  deps: Deps,
  { companyId, serviceId }: Pick<SetPurchaseRule, 'companyId' | 'serviceId'>,
): Promise<void> {
  const db = sqlOf(emOf(deps));
  const company = await db.selectFrom('company').select('id').where('id', '=', companyId).executeTakeFirst();
  if (!company) throw new Problem('company-not-found');
  if (serviceId === null) return;
  const service = await db
    .selectFrom('service')
    .select('id')
    .where('id', '=', serviceId)
    .where('companyId', '=', companyId)
    .executeTakeFirst();
  if (!service) throw new Problem('service-not-found');
}
