import { LockMode } from '@mikro-orm/mariadb';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { reasonOf } from '../shared/reason.ts';
import { CompanySchema } from './company.entity.ts';
import { changeCompany } from './edit-company.ts';
import { changeService } from './edit-service.ts';
import { decideChange, lockWaitingChange } from './party-changes.ts';
import { findLatestChange } from './party-versions.ts';
import { ServiceSchema } from './service.entity.ts';

const PAGE_SIZE = 200;

/**
 * Makes the changes of companies and services whose day has come; returns how many. One that is refused meanwhile, such as a
 * registration without its date, is recorded with the reason and leaves the others alone. Several processes may run it at
 * once: each change is locked, and one that was decided is left as it is. When it returns, all that were due are decided,
 * whichever process did it.
 */
export async function applyPartyChanges(
  deps: Deps,
  actor: Actor,
  stopping?: AbortSignal,
): Promise<{ readonly applied: number; readonly refused: number }> {
  authorize(actor, 'companies:apply');
  const outcome = { applied: 0, refused: 0 };
  for (let page = await listDue(deps); page.length > 0; page = await listDue(deps, page.at(-1))) {
    for (const { id } of page) {
      if (stopping?.aborted) return outcome;
      const state = await applyChange(deps, actorName(actor), id);
      if (state) outcome[state] += 1;
    }
  }
  return outcome;
}

async function applyChange(deps: Deps, by: string, id: string): Promise<'applied' | 'refused' | undefined> {
  try {
    return await inTransaction(deps, async (tx) => {
      const change = await lockWaitingChange(tx, id);
      if (!change) return undefined;
      await execute(tx, change, by);
      await decideChange(tx, id, { state: 'applied', by });
      return 'applied';
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return await refuse(deps, { id, by, refusal: reasonOf(error) });
  }
}

async function execute(
  tx: InTransaction<Deps>,
  { id, kind, partyId, validFrom, fields }: NonNullable<Awaited<ReturnType<typeof lockWaitingChange>>>,
  by: string,
): Promise<void> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const latest = await findLatestChange(tx, { kind, id: partyId });
  // It holds from its day on, or from a later change that was made before this one could be.
  const change = { fields, validFrom: validFrom < latest ? latest : validFrom, by, change: id };
  if (kind === 'company') {
    return changeCompany(tx, await tx.em.findOneOrFail(CompanySchema, { id: partyId }, { lockMode }), change);
  }
  const service = await tx.em.findOneOrFail(ServiceSchema, { id: partyId }, { lockMode });
  const { code: companyCode } = await tx.em.findOneOrFail(CompanySchema, { id: service.companyId });
  return changeService(tx, service, { companyCode, ...change });
}

interface Refusal {
  readonly id: string;
  readonly by: string;
  readonly refusal: string;
}

async function refuse(deps: Deps, { id, by, refusal }: Refusal): Promise<'refused' | undefined> {
  return await inTransaction(deps, async (tx) => {
    const change = await lockWaitingChange(tx, id);
    if (!change) return undefined;
    await decideChange(tx, id, { state: 'refused', by, refusal });
    const facts = { change: id, refusal };
    const subject = `${change.kind}:${change.partyId}`;
    await recordAudit(tx, { actor: by, action: `${change.kind}.refuse-change`, subject, facts });
    return 'refused';
  });
}

interface DueChange {
  readonly id: string;
  readonly validFrom: string;
}

/** The earliest first, a page after the change given. */
async function listDue(deps: Deps, after?: DueChange): Promise<DueChange[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('party_change')
    .select(['id', 'validFrom'])
    .where('state', '=', 'waiting')
    .where('validFrom', '<=', businessDateOf(deps.clock.now(), deps.config.timeZone))
    .$if(after !== undefined, (due) =>
      due.where(({ eb, and, or }) =>
        or([
          eb('validFrom', '>', after!.validFrom),
          and([eb('validFrom', '=', after!.validFrom), eb('id', '>', after!.id)]),
        ]),
      ),
    )
    .orderBy('validFrom')
    .orderBy('id')
    .limit(PAGE_SIZE)
    .execute();
}
