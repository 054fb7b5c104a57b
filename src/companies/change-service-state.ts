import { LockMode } from '@mikro-orm/mariadb';
import { isSetByTwo } from '../access/approvals/set-by-two.queries.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { findOwnService } from './company.queries.ts';
import { Problem } from '../shared/problem.ts';
import type { Service } from './service.entity.ts';
import { serviceSubject, suspensionKinds } from './suspension-kinds.rules.ts';

interface ServiceKey {
  readonly companyCode: string;
  readonly code: string;
}

export interface ChangeServiceState extends ServiceKey {
  readonly state: Service['state'];
}

/**
 * Suspends one service of a company or lets it sell again; one that two people have suspended takes two. The state it has already
 * changes nothing.
 * @throws Problem `company-not-found`, `service-not-found`, `approval-required`
 */
export async function changeServiceState(
  deps: Deps,
  actor: Actor,
  input: ChangeServiceState,
): Promise<Service> {
  const owned = ownedBy(actor, 'services:write');
  return inTransaction(deps, async (tx) => {
    if (input.state === 'active') await assertSuspendedByOne(tx, owned, input);
    return applyServiceState(tx, { actor, owned }, input);
  });
}

async function assertSuspendedByOne(tx: InTransaction<Deps>, owned: Owned, key: ServiceKey): Promise<void> {
  const { companyCode, code } = key;
  await findOwnService(tx, owned, { companyCode, code, lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!(await isSetByTwo(tx, suspensionKinds, serviceSubject(key)))) return;
  const detail = `Two people have suspended ${companyCode}/${code}: propose on the pages of the watch that it sells again.`;
  throw new Problem('approval-required', { detail, facts: { reason: 'set-by-two' } });
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
    subject: serviceSubject({ companyCode, code }),
    ...(facts && { facts }),
    changed,
  });
  return service;
}
