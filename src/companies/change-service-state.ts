import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { findOwnService } from './company.queries.ts';
import type { Service } from './service.entity.ts';

export interface ChangeServiceState {
  readonly companyCode: string;
  readonly code: string;
  readonly state: Service['state'];
}

/**
 * Suspends one service of a company or lets it sell again. The state it has already changes nothing.
 * @throws Problem `company-not-found`, `service-not-found`
 */
export async function changeServiceState(
  deps: Deps,
  actor: Actor,
  input: ChangeServiceState,
): Promise<Service> {
  const owned = ownedBy(actor, 'services:write');
  const { companyCode, code, state } = input;
  return inTransaction(deps, async (tx) => {
    const key = { companyCode, code, lockMode: LockMode.PESSIMISTIC_WRITE };
    const service = await findOwnService(tx, owned, key);
    if (service.state === state) return service;
    tx.em.assign(service, { state });
    await tx.em.flush();
    const type = state === 'active' ? 'service.activated' : 'service.suspended';
    const event = {
      type,
      subject: `${companyCode}/${code}`,
      companyId: service.companyId,
      snapshot: {},
    } as const;
    await appendEvents(tx, [event]);
    const action = state === 'active' ? 'service.activate' : 'service.suspend';
    const changed = { table: 'service', key: [service.id] } as const;
    await recordAudit(tx, {
      actor: actorName(actor),
      action,
      subject: `service:${companyCode}/${code}`,
      changed,
    });
    return service;
  });
}
