import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { PayoutLine } from './payout-run.queries.ts';

export interface AccountMakers {
  readonly company: string;
  readonly lineNumber: number;
  /** Who proposed the account, and for one that a single person entered that person, as `actorName` writes them. */
  readonly makers: readonly string[];
  /** Whether two people decided it. */
  readonly isApproved: boolean;
}

/** Who is behind the accounts to which payouts of a run go for the first time. */
export async function listAccountMakers(
  tx: Database,
  lines: readonly PayoutLine[],
): Promise<AccountMakers[]> {
  const found: AccountMakers[] = [];
  for (const line of lines) {
    const { companyId, company, accountVersion, reference, refundId, lineNumber } = line;
    if (refundId !== null && !(await wasRefundedTo(tx, { refundId, accountVersion }))) {
      const refundMakers = await listRefundMakers(tx, refundId, accountVersion);
      found.push({ company: reference, lineNumber, makers: refundMakers, isApproved: true });
    }
    if (companyId === null || (await wasPaidTo(tx, { companyId, accountVersion }))) continue;
    const proposed = await sqlOf(emOf(tx))
      .selectFrom('bank_account as b')
      .leftJoin('approval as a', 'a.id', 'b.approvalId')
      .select('a.maker')
      .where('b.companyId', '=', companyId)
      .where('b.version', '=', accountVersion)
      .execute();
    const entered = await sqlOf(emOf(tx))
      .selectFrom('audit_entry')
      .select('actor')
      .where('recordTable', '=', 'bank_account')
      .where('recordKey', '=', `${companyId}/${accountVersion}`)
      .execute();
    const isApproved = proposed.some(({ maker }) => maker !== null);
    const makers = isApproved
      ? proposed.flatMap(({ maker }) => maker ?? [])
      : entered.map(({ actor }) => actor);
    found.push({ company: company ?? '', lineNumber, makers, isApproved });
  }
  return found;
}

async function wasPaidTo(
  deps: Database,
  { companyId, accountVersion }: { readonly companyId: number; readonly accountVersion: number },
): Promise<boolean> {
  const paid = await sqlOf(emOf(deps))
    .selectFrom('payout')
    .select('id')
    .where('companyId', '=', companyId)
    .where('accountVersion', '=', accountVersion)
    .where('state', 'in', ['sent', 'settled'])
    .limit(1)
    .executeTakeFirst();
  return paid !== undefined;
}

/** Whether anything was paid to this account of the former holder whose refund it is, of any refund, and has not come back. */
async function wasRefundedTo(
  deps: Database,
  { refundId, accountVersion }: { readonly refundId: string; readonly accountVersion: number },
): Promise<boolean> {
  const paid = await sqlOf(emOf(deps))
    .selectFrom('payout as p')
    .innerJoin('refund as f', 'f.id', 'p.refundId')
    .innerJoin('refund as g', (join) =>
      join.onRef('g.lineId', '=', 'f.lineId').onRef('g.holderFrom', '=', 'f.holderFrom'),
    )
    .select('p.id')
    .where('g.id', '=', refundId)
    .where('p.accountVersion', '=', accountVersion)
    .where('p.state', 'in', ['sent', 'settled'])
    .limit(1)
    .executeTakeFirst();
  return paid !== undefined;
}

/** Every account of a former holder took two people. */
async function listRefundMakers(deps: Database, refundId: string, accountVersion: number): Promise<string[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('refund as f')
    .innerJoin('refund_account as b', (join) =>
      join.onRef('b.lineId', '=', 'f.lineId').onRef('b.holderFrom', '=', 'f.holderFrom'),
    )
    .innerJoin('approval as a', 'a.id', 'b.approvalId')
    .select('a.maker')
    .where('f.id', '=', refundId)
    .where('b.version', '=', accountVersion)
    .execute();
  return rows.map(({ maker }) => maker);
}
