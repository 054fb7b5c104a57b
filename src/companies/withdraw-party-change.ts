import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findOwnCompany } from './company.queries.ts';
import { decideChange, lockWaitingChange } from './party-changes.ts';
import { ServiceSchema } from './service.entity.ts';

export interface WithdrawPartyChange {
  readonly companyCode: string;
  /** Identifier of the planned change. */
  readonly change: string;
}

/** Withdraws a change of a company or its services before its day. @throws Problem `company-not-found`, `party-change-not-found` */
export async function withdrawPartyChange(
  deps: Deps,
  actor: Actor,
  { companyCode, change: id }: WithdrawPartyChange,
): Promise<void> {
  const owned = ownedBy(actor, 'companies:write');
  await inTransaction(deps, async (tx) => {
    const { id: companyId } = await findOwnCompany(tx, owned, companyCode);
    const change = await lockWaitingChange(tx, id);
    const ofCompany =
      change?.kind === 'service'
        ? (await tx.em.findOne(ServiceSchema, { id: change.partyId }))?.companyId
        : change?.partyId;
    if (!change || ofCompany !== companyId) {
      throw new Problem('party-change-not-found', {
        detail: `No change ${id} of ${companyCode} is waiting for its day.`,
      });
    }
    await decideChange(tx, id, { state: 'withdrawn', by: actorName(actor) });
    const facts = { change: id, validFrom: change.validFrom, fields: change.fields };
    const subject = `company:${companyCode}`;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: `${change.kind}.withdraw-change`,
      subject,
      facts,
    });
  });
}
