import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Newest payouts that are listed. */
const MAX_PAYOUTS = 100;

/**
 * Payouts of settlements to the actor's own company, newest first: when, how much, and the last digits of the account.
 * @throws Problem `permission-denied`
 */
export async function listOwnPayouts(deps: Deps, actor: Actor, number?: string) {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('payout as p')
    .innerJoin('settlement as s', 's.id', 'p.settlementId')
    .select(['p.id', 'p.amountMinor', 'p.dueOn', 'p.payOn', 'p.state', 'p.resultOn', 'p.returnedReason'])
    .select(['p.bankName', 'p.accountNumber', 'p.iban', 's.number', 's.billingPeriod'])
    .where('p.companyId', '=', companyId)
    .where('s.companyId', '=', companyId)
    .$if(number !== undefined, (query) => query.where('s.number', '=', number!))
    .orderBy('p.id', 'desc')
    .limit(MAX_PAYOUTS)
    .execute();
  return rows.map(({ accountNumber, iban, ...row }) => ({
    ...row,
    accountEnd: (iban === '' ? accountNumber : iban).slice(-3),
  }));
}

export type OwnPayout = Awaited<ReturnType<typeof listOwnPayouts>>[number];
