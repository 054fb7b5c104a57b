import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PartyKey } from './party-versions.ts';

export interface PlannedChange {
  readonly party: PartyKey;
  /** In the audit trail: `company:CODE`, `service:COMPANY/CODE`. */
  readonly subject: string;
  readonly validFrom: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** `actorName` of who plans it. */
  readonly by: string;
}

/** Stores what is to change on a later day; returns its identifier. */
export async function planChange(tx: InTransaction<Deps>, planned: PlannedChange): Promise<string> {
  const { party, subject, validFrom, by } = planned;
  const fields = Object.fromEntries(
    Object.entries(planned.fields).filter(([, value]) => value !== undefined),
  );
  const id = tx.ids.next();
  await sqlOf(tx.em)
    .insertInto('party_change')
    .values({
      id,
      kind: party.kind,
      partyId: party.id,
      validFrom,
      fields,
      state: 'waiting',
      createdBy: by,
      createdAt: tx.clock.now(),
    })
    .execute();
  const facts = { change: id, validFrom, fields };
  await recordAudit(tx, { actor: by, action: `${party.kind}.plan-change`, subject, facts });
  return id;
}

/** Locks a change that waits; undefined for another. */
export async function lockWaitingChange(tx: InTransaction<Deps>, id: string) {
  return await sqlOf(tx.em)
    .selectFrom('party_change')
    .select(['id', 'kind', 'partyId', 'validFrom', 'fields', 'createdBy', 'state'])
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .forUpdate()
    .executeTakeFirst();
}

export interface ChangeOutcome {
  readonly state: 'applied' | 'withdrawn' | 'refused';
  readonly by: string;
  readonly refusal?: string;
}

/** Records what became of a change that waited. */
export async function decideChange(
  tx: InTransaction<Deps>,
  id: string,
  { state, by, refusal }: ChangeOutcome,
): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('party_change')
    .set({ state, decidedBy: by, decidedAt: tx.clock.now(), refusal: refusal?.slice(0, 300) ?? null })
    .where('id', '=', id)
    .execute();
}
