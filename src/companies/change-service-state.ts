import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { Problem } from '../shared/problem.ts';
import { findOwnCompany } from './company.queries.ts';
import { ServiceSchema, type Service } from './service.entity.ts';

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
    const company = await findOwnCompany(tx, owned, companyCode);
    const key = { companyId: company.id, code };
    const service = await tx.em.findOne(ServiceSchema, key, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!service)
      throw new Problem('service-not-found', { detail: `${companyCode} has no service ${code}.` });
    if (service.state === state) return service;
    tx.em.assign(service, { state });
    await tx.em.flush();
    const type = state === 'active' ? 'service.activated' : 'service.suspended';
    const event = { type, subject: `${companyCode}/${code}`, companyId: company.id, snapshot: {} } as const;
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
