import { encodeTime, TIME_LEN, TIME_MAX } from 'ulid';

/** What a page of a list is chosen by; what is left out chooses nothing. */
export interface ListFilter {
  /** The effective state (`effectiveState`). */
  readonly state?: string | undefined;
  readonly reference?: string | undefined;
  readonly kind?: string | undefined;
  readonly serviceId?: number | undefined;
  readonly consentId?: string | undefined;
  readonly subscriptionId?: string | undefined;
  readonly chargeId?: string | undefined;
  readonly billingPeriod?: string | undefined;
  readonly atLeastMinor?: bigint | undefined;
  readonly atMostMinor?: bigint | undefined;
  /** Of a payment request: whom it is addressed to. */
  readonly toHash?: string | undefined;
  /** Created at this instant or later. */
  readonly createdFrom?: Date | undefined;
  /** Created before this instant. */
  readonly createdBefore?: Date | undefined;
}

export type ListedTable = 'charge' | 'consent' | 'subscription' | 'refund' | 'payment_request';

/** A condition with a placeholder, and its value. */
export type Condition = readonly [sql: string, value: unknown];

/** An identifier is generated within this time of its row's `created_at`, before or after. */
const ID_SLACK_MS = 60_000;

/**
 * The conditions of a filter besides the state. Identifiers rise in time, so a range of time is one of identifiers too, which
 * every key of a list ends with: rows outside it are not read.
 */
export function conditionsOf(table: ListedTable, filter: ListFilter): Condition[] {
  const { reference, kind, serviceId, consentId, subscriptionId, chargeId, billingPeriod } = filter;
  const { createdFrom, createdBefore, atLeastMinor, atMostMinor, toHash } = filter;
  return [
    ...given('reference = ?', reference),
    ...given('kind = ?', kind),
    ...given('service_id = ?', serviceId),
    ...given('consent_id = ?', consentId),
    ...given(
      table === 'refund'
        ? 'charge_id IN (SELECT m.id FROM charge m WHERE m.subscription_id = ?)'
        : 'subscription_id = ?',
      subscriptionId,
    ),
    ...given('charge_id = ?', chargeId),
    ...given('billing_period = ?', billingPeriod),
    ...given('to_hash = ?', toHash),
    ...given('amount_minor >= ?', atLeastMinor),
    ...given('amount_minor <= ?', atMostMinor),
    ...given('created_at >= ?', createdFrom),
    ...given('created_at < ?', createdBefore),
    ...given('id >= ?', createdFrom && boundOf(createdFrom.getTime() - ID_SLACK_MS)),
    ...given('id < ?', createdBefore && boundOf(createdBefore.getTime() + ID_SLACK_MS)),
  ];
}

function given(sql: string, value: unknown): Condition[] {
  return value === undefined ? [] : [[sql, value]];
}

/** Below every identifier of this millisecond and later, above those of before. */
function boundOf(timeMs: number): string {
  return encodeTime(Math.min(Math.max(timeMs, 0), TIME_MAX), TIME_LEN) + '0'.repeat(26 - TIME_LEN);
}

/** States that most rows end in; the key of another state is narrower than any but those of single objects. */
const COMMON_STATES: ReadonlySet<string> = new Set(['captured', 'active']);

/**
 * The key along which a company's page is read: the narrowest that the filter allows. Statements name it, because reading all
 * companies' rows backwards until a page is full looks cheap to the optimizer, and is not for a company that sells little.
 */
export function keyOf(table: ListedTable, filter: ListFilter): string {
  const { state, reference, kind, serviceId, consentId, subscriptionId, chargeId, billingPeriod } = filter;
  if (chargeId !== undefined) return 'refund_in_turn';
  if (subscriptionId !== undefined)
    return table === 'refund' ? 'refund_in_turn' : 'charge_subscription_month';
  if (filter.toHash !== undefined) return 'payment_request_of_addressee';
  if (reference !== undefined) return `${table}_of_reference`;
  if (consentId !== undefined) return 'charge_of_consent';
  if (state !== undefined && !COMMON_STATES.has(state)) return `${table}_of_state`;
  if (billingPeriod !== undefined) return table === 'refund' ? 'refund_of_month' : 'charge_of_period';
  if (kind !== undefined) return 'charge_of_kind';
  if (serviceId !== undefined) return table === 'refund' ? 'refund_of_service' : `${table}_service`;
  return state === undefined ? `${table}_of_company` : `${table}_of_state`;
}
