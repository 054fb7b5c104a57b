import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { MAX_AMOUNT_MINOR, type Currency } from '../shared/money.ts';
import { findWindowFault, transferDate } from '../shared/order-window.rules.ts';
import { listPayables, type PayableSubject } from './list-payables.ts';
import type { LastSent } from './payable-settlements.queries.ts';
import { describeAccount, type PayoutAccount } from './payout-account.ts';
import type { PayoutRow } from './payout.entity.ts';

/** Why something is not paid, for people: `day` is not one of the bank's, `returned` from the account that is still the current one. */
export type DueFault = 'held' | 'amount' | 'day' | 'returned' | 'account-missing' | 'account';

/** What can be paid, or why it cannot: never both. */
export interface DuePayout extends Pick<
  PayoutRow,
  | 'kind'
  | 'settlementId'
  | 'refundId'
  | 'part'
  | 'companyId'
  | 'amountMinor'
  | 'dueOn'
  | 'payOn'
  | 'replacesId'
> {
  /** The company's code; null for a former holder. */
  readonly company: string | null;
  /** Number of the settlement, or identifier of the refund. */
  readonly reference: string;
  readonly to?: PayoutAccount & Pick<PayoutRow, 'accountVersion' | 'accountNews'>;
  readonly fault?: string;
  readonly faultKind?: DueFault;
}

export interface CollectOptions {
  /** Locks what is due until the transaction ends. */
  readonly lock: boolean;
  /** Also pays again to an account that has returned a transfer. */
  readonly sameAccount?: boolean;
}

/**
 * What is due: approved settlements and refunds by bank that no payout pays, each with the day of its transfer and the account, or with the reason why
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
  const { currency, timeZone } = deps.config;
  const today = businessDateOf(deps.clock.now(), timeZone);
  const due: DuePayout[] = [];
  for (const subject of await listPayables(deps, { lock })) {
    const { account, lastSent, returned, heldReason: _held, ...rest } = subject;
    const payOn = transferDate(rest.dueOn, today, currency);
    const payout = { ...rest, payOn, replacesId: returned?.id ?? null };
    const found =
      findFault(subject, { payOn, today, currency }) ??
      (sameAccount ? undefined : findReturnFault(returned, account?.version));
    if (found !== undefined) due.push({ ...payout, ...found });
    else if (account === undefined)
      due.push({ ...payout, fault: 'no bank account is known', faultKind: 'account-missing' });
    else {
      const described = await describeAccount(deps.config, account);
      const accountNews = newsOf(account.version, lastSent);
      due.push(
        'fault' in described
          ? { ...payout, fault: described.fault, faultKind: 'account' }
          : { ...payout, to: { ...described, accountVersion: account.version, accountNews } },
      );
    }
  }
  return due;
}

interface Ordering {
  readonly payOn: string;
  readonly today: string;
  readonly currency: Currency;
}

type Fault = Required<Pick<DuePayout, 'fault' | 'faultKind'>>;

function findFault(
  { amountMinor, heldReason }: PayableSubject,
  { payOn, today, currency }: Ordering,
): Fault | undefined {
  if (heldReason !== null) return { fault: `it is held: ${heldReason}`, faultKind: 'held' };
  if (amountMinor > MAX_AMOUNT_MINOR)
    return { fault: `${amountMinor} has more than the 10 digits of a transfer`, faultKind: 'amount' };
  const fault = findWindowFault(payOn, today, currency);
  return fault === undefined ? undefined : { fault, faultKind: 'day' };
}

/** What came back is not sent to the same account again unless somebody says so. */
function findReturnFault(before: LastSent | undefined, version: number | undefined): Fault | undefined {
  if (before === undefined || before.accountVersion !== version) return undefined;
  const fault = `the bank returned it from this account (${before.returnedReason}): correct the account first`;
  return { fault, faultKind: 'returned' };
}

function newsOf(version: number, last: LastSent | undefined): PayoutRow['accountNews'] {
  if (last === undefined) return 'first';
  return last.accountVersion === version ? 'none' : 'changed';
}
