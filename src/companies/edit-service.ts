import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { findOwnService } from './company.queries.ts';
import { completeTerms, termsOf, type ServiceTerms } from './seller-terms.rules.ts';
import type { Service } from './service.entity.ts';

/** The terms to change; a member that is undefined stays as it is. A service that has none yet gets all of them at once. */
export interface EditService extends Partial<{
  readonly [K in keyof ServiceTerms]: ServiceTerms[K] | undefined;
}> {
  readonly companyCode: string;
  readonly code: string;
}

/**
 * Changes what a service says of itself on the last page before a purchase and in the public list. A purchase that is already
 * confirmed keeps what was shown. Terms that are equal change nothing.
 * @throws Problem `invalid-request`, `company-not-found`, `service-not-found`
 */
export async function editService(deps: Deps, actor: Actor, input: EditService): Promise<Service> {
  const owned = ownedBy(actor, 'services:write');
  const { companyCode, code, ...given } = input;
  return inTransaction(deps, async (tx) => {
    const key = { companyCode, code, lockMode: LockMode.PESSIMISTIC_WRITE };
    const service = await findOwnService(tx, owned, key);
    const before = termsOf(service);
    const after = completeTerms(given, {
      known: before,
      today: businessDateOf(tx.clock.now(), tx.config.timeZone),
    });
    const fields = (Object.keys(after) as (keyof ServiceTerms)[]).filter(
      (name) => after[name] !== before[name],
    );
    if (fields.length === 0) return service;
    tx.em.assign(service, after);
    await tx.em.flush();
    const { companyId } = service;
    const event = { subject: `${companyCode}/${code}`, companyId, snapshot: { fields: fields.join(' ') } };
    await appendEvents(tx, [{ type: 'service.edited', ...event }]);
    const facts = Object.fromEntries(
      fields.map((name) => [name, { before: before[name], after: after[name] }]),
    );
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'service.edit',
      subject: `service:${companyCode}/${code}`,
      facts,
      changed: { table: 'service', key: [service.id] },
    });
    return service;
  });
}
