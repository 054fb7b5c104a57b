import type { BankAccountTerms } from '../bank-accounts/bank-account.rules.ts';
import type { Deps } from '../deps.ts';
import {
  findLastSentTo,
  findRefundAccount,
  findReturnedRefund,
  listPayableRefunds,
} from './payable-refunds.queries.ts';
import {
  findCurrentAccounts,
  findLastSent,
  findReturned,
  listPayableSettlements,
  type LastSent,
} from './payable-settlements.queries.ts';
import type { PayoutRow } from './payout.entity.ts';

/** What can be paid, with all that decides where to and whether. */
export interface PayableSubject extends Pick<
  PayoutRow,
  'kind' | 'settlementId' | 'refundId' | 'part' | 'companyId' | 'amountMinor' | 'dueOn'
> {
  readonly company: string | null;
  /** Number of the settlement, or identifier of the refund. */
  readonly reference: string;
  readonly heldReason: string | null;
  readonly account: (BankAccountTerms & { readonly version: number }) | undefined;
  /** What was sent to the same payee last. */
  readonly lastSent: LastSent | undefined;
  /** What the bank returned of it last. */
  readonly returned: LastSent | undefined;
}

/** The settlements of companies, then the refunds of former holders, that no payout pays. */
export async function listPayables(deps: Deps, options: { lock: boolean }): Promise<PayableSubject[]> {
  return [...(await readSettlements(deps, options)), ...(await readRefunds(deps, options))];
}

async function readSettlements(deps: Deps, options: { lock: boolean }): Promise<PayableSubject[]> {
  const settlements = await listPayableSettlements(deps, options);
  const companyIds = settlements.map(({ companyId }) => companyId);
  const accounts = await findCurrentAccounts(deps, companyIds);
  const lastSent = await findLastSent(deps, companyIds);
  const returned = await findReturned(
    deps,
    settlements.map(({ id }) => id),
  );
  return settlements.map(({ id, companyId, company, number, payoutMinor, payoutOn, heldReason }) => ({
    kind: 'settlement',
    settlementId: id,
    refundId: null,
    part: 1,
    companyId,
    company,
    reference: number,
    amountMinor: payoutMinor,
    dueOn: payoutOn,
    heldReason,
    account: accounts.get(companyId),
    lastSent: lastSent.get(companyId),
    returned: returned.get(id),
  }));
}

/** There are few: each holder is looked up alone. */
async function readRefunds(deps: Deps, options: { lock: boolean }): Promise<PayableSubject[]> {
  const subjects: PayableSubject[] = [];
  for (const refund of await listPayableRefunds(deps, options)) {
    subjects.push({
      kind: 'refund',
      settlementId: null,
      refundId: refund.id,
      part: refund.part,
      companyId: null,
      company: null,
      reference: refund.id,
      amountMinor: refund.payableMinor,
      dueOn: refund.decidedOn,
      heldReason: null,
      account: await findRefundAccount(deps, refund),
      lastSent: await findLastSentTo(deps, refund),
      returned: await findReturnedRefund(deps, refund),
    });
  }
  return subjects;
}
