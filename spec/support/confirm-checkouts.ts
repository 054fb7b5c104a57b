import { sqlOf } from '../../src/database/sql.ts';
import type { InTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';

interface OneTimeCharge {
  readonly id: string;
  readonly companyId: number;
  readonly capturedAt: Date;
}

/** Inserts the checkouts in which subscribers agreed to one-time charges that a spec has inserted. */
export async function confirmCheckouts(
  tx: InTransaction<Deps>,
  charges: readonly OneTimeCharge[],
): Promise<void> {
  const rows = charges.map(({ id, companyId, capturedAt }) => ({
    subjectId: id,
    kind: 'charge' as const,
    companyId,
    returnUrl: 'https://shop.example/',
    state: 'confirmed' as const,
    expiresAt: capturedAt,
    decidedAt: capturedAt,
  }));
  await sqlOf(tx.em).insertInto('checkout').values(rows).execute();
}
