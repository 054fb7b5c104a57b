import { rawInstant } from '../database/raw-instant.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { RowDecision, StoredUse } from './usage-file-rows.queries.ts';
import type { LockedFile } from './usage-file-step.ts';
import { faultOf } from './usage-row.rules.ts';

/** Refuses uses that happened before the subscriber has agreed to them. */
export async function refuseEarlyUses(
  tx: InTransaction<Deps>,
  { companyId }: LockedFile,
  { uses, decisions }: { readonly uses: readonly StoredUse[]; readonly decisions: Map<number, RowDecision> },
): Promise<void> {
  const dated = uses.filter(({ number, occurredAt }) => occurredAt !== undefined && !decisions.has(number));
  if (dated.length === 0) return;
  const rows = await queryRows<{ id: string; agreedAt: string }>(
    tx.em,
    'SELECT id, agreed_at AS agreedAt FROM consent WHERE id IN (?) AND company_id = ? AND agreed_at IS NOT NULL',
    [[...new Set(dated.map(({ consentId }) => consentId))], companyId],
  );
  const agreedAt = new Map(rows.map((row) => [row.id, rawInstant(row.agreedAt)]));
  for (const { number, consentId, occurredAt } of dated) {
    const agreed = agreedAt.get(consentId);
    if (agreed === undefined || occurredAt! >= agreed) continue;
    const detail = 'The use happened before the subscriber agreed.';
    decisions.set(number, {
      kind: 'refused',
      fault: faultOf(new Problem('consent-not-active', { detail })),
    });
  }
}
