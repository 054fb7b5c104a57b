import type { Deps } from '../deps.ts';
import { checkLimits, type LimitsInForce } from '../limits/assert-within-limits.ts';
import type { AssignedPeriod } from '../limits/assign-billing-period.ts';
import type { Spent } from '../limits/limit.rules.ts';
import type { Entitlement } from '../lines/entitlement.queries.ts';
import { Problem } from '../shared/problem.ts';
import { taxRateBps, type TaxCode } from '../shared/tax.rules.ts';

type Configured = Pick<Deps, 'config'>;

/** What decides how a charge is captured, whichever way it was sold. */
export interface Capture {
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly capturedAt: Date;
  /** The local date of `capturedAt`. */
  readonly businessDate: string;
  /** Takes the charge, locked. */
  readonly period: AssignedPeriod;
  readonly terms: CaptureTerms;
}

/** The terms of the company's contract that matter for a capture. */
export interface CaptureTerms {
  readonly lateCharges: 'accept' | 'refuse';
}

/** What a capture fixes for good; the table's trigger refuses any change of it. */
export type CaptureFacts = ReturnType<typeof factsOf>;

function factsOf(
  { config }: Configured,
  { amountMinor, taxCode, capturedAt, businessDate, period }: Capture,
) {
  return {
    state: 'captured' as const,
    capturedMinor: amountMinor,
    capturedAt,
    businessDate,
    billingPeriod: period.period,
    closingGroup: period.closingGroup,
    late: period.late,
    taxRateBps: taxRateBps(taxCode, businessDate, config.taxRates),
    reservedPeriod: period.period,
    openUntil: null,
  };
}

/** The capture of what was authorized: its limits were checked then. A Problem is `period-closed`. */
export function fixCapture(deps: Configured, capture: Capture): CaptureFacts | Problem {
  if (capture.period.late && capture.terms.lateCharges === 'refuse') return new Problem('period-closed');
  return factsOf(deps, capture);
}

/** A capture without an authorization before it, which has to be within the limits. */
export interface DirectCapture extends Capture {
  readonly entitlement: Entitlement;
  readonly terms: CaptureTerms & { readonly perChargeMaxMinor: bigint };
  /** What counts against the limits already, without this. */
  readonly spent: Spent;
}

/** A Problem is `period-closed`, `amount-above-contract` or `limit-exceeded`. */
export function fixDirectCapture(
  deps: Configured,
  capture: DirectCapture,
): (CaptureFacts & LimitsInForce) | Problem {
  const { period, terms, ...request } = capture;
  if (period.late && terms.lateCharges === 'refuse') return new Problem('period-closed');
  const limits = checkLimits(deps, {
    ...request,
    period: period.period,
    closingGroup: period.closingGroup,
    perChargeMaxMinor: terms.perChargeMaxMinor,
  });
  return limits instanceof Problem ? limits : { ...factsOf(deps, capture), ...limits };
}
