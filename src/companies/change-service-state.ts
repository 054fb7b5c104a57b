import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
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
  return inTransaction(deps, (tx) => applyServiceState(tx, { actor, owned }, input));
}

/** Who changes a state, and what the audit trail says besides. */
interface StateChange {
  readonly actor: Actor;
  readonly owned: Owned;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The change itself, of somebody whose right was checked. @throws Problem `company-not-found`, `service-not-found` */
export async function applyServiceState(
  tx: InTransaction<Deps>,
  { actor, owned, facts }: StateChange,
  { companyCode, code, state }: ChangeServiceState,
): Promise<Service> {
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
    ...(facts && { facts }),
    changed,
  });
  return service;
}
