import type { Deps } from '../deps.ts';
import { insertRows } from '../database/rows.ts';
import type { Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import { lockBillingPeriods } from '../limits/assign-billing-period.ts';
import { readSpending, type BatchSpending, type Buying } from '../limits/batch-spending.ts';
import type { LimitsInForce } from '../limits/assert-within-limits.ts';
import type { Entitlement } from '../lines/entitlement.queries.ts';
import { Problem } from '../shared/problem.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import { bookCaptures } from './book-captures.ts';
import { fixCapture, fixDirectCapture, type CaptureFacts, type DirectCapture } from './capture.rules.ts';

/** What is sold: the columns of a charge that its capture does not fix. */
export interface Sale {
  readonly companyId: number;
  readonly serviceId: number;
  readonly kind: 'usage' | 'monthly';
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly description: string;
  readonly reference: string | null;
  /** The sales partner that the company names. */
  readonly partnerCode: string | null;
  readonly consentId: string | null;
  readonly subscriptionId: string | null;
  readonly subscriptionMonth: string | null;
  readonly createdAt: Date;
  readonly authorizedAt: Date | null;
}

/** A sale that is captured at once, without a checkout of its own. */
export interface CaptureRequest {
  readonly sale: Sale;
  readonly entitlement: Entitlement;
  readonly terms: DirectCapture['terms'];
  readonly capturedAt: Date;
  /** The local date of `capturedAt`. */
  readonly businessDate: string;
  /** Requests of one key are one sale: the first that is captured stands for the others. */
  readonly onceKey?: string | undefined;
}

export type CaptureOutcome =
  | { readonly kind: 'captured'; readonly charge: CapturedCharge }
  | { readonly kind: 'repeated'; readonly charge: CapturedCharge }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Decides on sales, many in one transaction, with an outcome each in the order given: a refused one never harms its
 * neighbours. On one tenure they are taken in order, so the ones before count against its limits, and until the
 * transaction ends nobody else spends on it. What is captured is written by `persistCaptures`.
 */
export async function decideCaptures(
  tx: InTransaction<Deps>,
  requests: readonly CaptureRequest[],
): Promise<CaptureOutcome[]> {
  const dates = requests.map(({ entitlement, businessDate }) => ({ ...entitlement, businessDate }));
  const periods = await lockBillingPeriods(tx, dates);
  const buyings = requests.map(({ entitlement }, index) => ({ entitlement, period: periods[index]! }));
  const spending = await readSpending(tx, buyings);
  const charged = new Map<string, CapturedCharge>();
  return requests.map((request, index): CaptureOutcome => {
    const first = request.onceKey === undefined ? undefined : charged.get(request.onceKey);
    if (first) return { kind: 'repeated', charge: first };
    const charge = captureWithin(tx, { request, buying: buyings[index]!, spending });
    if (charge instanceof Problem) return { kind: 'refused', problem: charge };
    if (request.onceKey !== undefined) charged.set(request.onceKey, charge);
    return { kind: 'captured', charge };
  });
}

interface Decision {
  readonly request: CaptureRequest;
  readonly buying: Buying;
  readonly spending: BatchSpending;
}

function captureWithin(
  deps: Deps,
  { request: { sale, ...request }, buying, spending }: Decision,
): CapturedCharge | Problem {
  const { amountMinor, taxCode } = sale;
  const capture = { ...request, ...buying, amountMinor, taxCode, spent: spending.of(buying) };
  const facts = fixDirectCapture(deps, capture);
  if (facts instanceof Problem) return facts;
  spending.add(buying, amountMinor);
  return capturedCharge(deps, { ...request, sale }, facts);
}

/** A charge as it is captured, column by column. */
export type CapturedCharge = ReturnType<typeof capturedCharge>;

function capturedCharge(
  { ids }: Pick<Deps, 'ids'>,
  { sale, entitlement }: { readonly sale: Sale; readonly entitlement: AcceptedSale['buyer'] },
  facts: CaptureFacts & LimitsInForce,
) {
  const { subscriberId, lineId, holderFrom } = entitlement;
  return {
    id: ids.next(),
    ...sale,
    ...facts,
    automaticCapture: true,
    subscriberId,
    lineId,
    holderFrom,
    authorizedUntil: null,
    endedAt: null,
    endedBy: null,
  };
}

/** A sale that was decided on before, whose amount counts against the limits since. */
export interface AcceptedSale {
  readonly sale: Sale;
  /** The buyer when it was allowed, with the closing group of the line. */
  readonly buyer: Pick<Entitlement, 'subscriberId' | 'lineId' | 'holderFrom' | 'closingGroup'>;
  readonly limits: LimitsInForce;
  readonly capturedAt: Date;
  /** The local date of `capturedAt`. */
  readonly businessDate: string;
}

/**
 * The charges of accepted sales, each as it was allowed: like an authorized charge, it is captured whatever billing period it lands in,
 * and limits are not asked again. Locks tenures and periods; what is captured is written by `persistCaptures`.
 */
export async function captureAccepted(
  tx: InTransaction<Deps>,
  accepted: readonly AcceptedSale[],
): Promise<CapturedCharge[]> {
  const periods = await lockBillingPeriods(
    tx,
    accepted.map(({ buyer, businessDate }) => ({ ...buyer, businessDate })),
  );
  return accepted.map(({ sale, buyer, limits, capturedAt, businessDate }, index) => {
    const { amountMinor, taxCode } = sale;
    const capture = { amountMinor, taxCode, capturedAt, businessDate, period: periods[index]! };
    const facts = fixCapture(tx, { ...capture, terms: { lateCharges: 'accept' } });
    if (facts instanceof Problem) throw new Error('an accepted sale was refused', { cause: facts });
    return capturedCharge(tx, { sale, entitlement: buyer }, { ...facts, ...limits });
  });
}

/** The statements that write captured charges and what follows from them. */
export async function persistCaptures(
  tx: InTransaction<Deps>,
  charges: readonly CapturedCharge[],
): Promise<Statement<void>[]> {
  return [insertRows('charge', charges), ...(await bookCaptures(tx, charges))];
}
