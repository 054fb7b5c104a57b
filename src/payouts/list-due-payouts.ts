import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { MAX_AMOUNT_MINOR } from '../shared/money.ts';
import { findWindowFault, transferDate } from './order-window.rules.ts';
import {
  findCurrentAccounts,
  findLastSent,
  findReturned,
  listPayableSettlements,
  type LastSent,
  type PayableSettlement,
} from './payable-settlements.queries.ts';
import { describeAccount, type PayoutAccount } from './payout-account.ts';
import type { PayoutRow } from './payout.entity.ts';

/** What can be paid, or why it cannot: never both. */
export interface DuePayout extends Pick<
  PayoutRow,
  'kind' | 'settlementId' | 'refundId' | 'companyId' | 'amountMinor' | 'dueOn' | 'payOn' | 'replacesId'
> {
  /** The company's code; null for a former holder. */
  readonly company: string | null;
  /** Number of the settlement, or identifier of the refund. */
  readonly reference: string;
  readonly to?: PayoutAccount & Pick<PayoutRow, 'accountVersion' | 'accountNews'>;
  readonly fault?: string;
}

export interface CollectOptions {
  /** Locks what is due until the transaction ends. */
  readonly lock: boolean;
  /** Also pays again to an account that has returned a transfer. */
  readonly sameAccount?: boolean;
}

/**
 * What is due: approved settlements that no payout pays, each with the day of its transfer and the account, or with the reason why
 * it cannot be ordered today.
 * @throws Problem `permission-denied`
 */
export async function listDuePayouts(deps: Deps, actor: Actor): Promise<DuePayout[]> {
  authorize(actor, 'payouts:read');
  return collectDue(deps, { lock: false });
}

/** The same for those who plan payouts. */
export async function collectDue(
  deps: Deps,
  { lock, sameAccount = false }: CollectOptions,
): Promise<DuePayout[]> {
  const settlements = await listPayableSettlements(deps, { lock });
  const companyIds = settlements.map(({ companyId }) => companyId);
  const accounts = await findCurrentAccounts(deps, companyIds);
  const lastSent = await findLastSent(deps, companyIds);
  const returned = await findReturned(
    deps,
    settlements.map(({ id }) => id),
  );
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const due: DuePayout[] = [];
  for (const settlement of settlements) {
    const account = accounts.get(settlement.companyId);
    const before = returned.get(settlement.id);
    const payout = dueOf(settlement, { today, replaces: before });
    const fault =
      findFault(payout, today) ?? (sameAccount ? undefined : findReturnFault(before, account?.version));
    if (fault !== undefined) due.push({ ...payout, fault });
    else if (account === undefined) due.push({ ...payout, fault: 'the company has no bank account' });
    else {
      const described = await describeAccount(deps.config, account);
      const accountNews = newsOf(account.version, lastSent.get(settlement.companyId));
      due.push(
        'fault' in described
          ? { ...payout, fault: described.fault }
          : { ...payout, to: { ...described, accountVersion: account.version, accountNews } },
      );
    }
  }
  return due;
}

function dueOf(
  { id, companyId, company, number, payoutMinor, payoutOn }: PayableSettlement,
  { today, replaces }: { readonly today: string; readonly replaces: LastSent | undefined },
): Omit<DuePayout, 'to' | 'fault'> {
  return {
    kind: 'settlement',
    settlementId: id,
    refundId: null,
    companyId,
    company,
    reference: number,
    amountMinor: payoutMinor,
    dueOn: payoutOn,
    payOn: transferDate(payoutOn, today),
    replacesId: replaces?.id ?? null,
  };
}

function findFault({ amountMinor, payOn }: Pick<DuePayout, 'amountMinor' | 'payOn'>, today: string) {
  if (amountMinor > MAX_AMOUNT_MINOR) return `${amountMinor} has more than the 10 digits of a transfer`;
  return findWindowFault(payOn, today);
}

/** What came back is not sent to the same account again unless somebody says so. */
function findReturnFault(before: LastSent | undefined, version: number | undefined): string | undefined {
  if (before === undefined || before.accountVersion !== version) return undefined;
  return `the bank returned it from this account (${before.returnedReason}): correct the account first`;
}

function newsOf(version: number, last: LastSent | undefined): PayoutRow['accountNews'] {
  if (last === undefined) return 'first';
  return last.accountVersion === version ? 'none' : 'changed';
}
