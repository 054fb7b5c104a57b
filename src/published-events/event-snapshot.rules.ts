import { publicId, type PublicKind } from '../shared/public-id.rules.ts';

/** A snapshot as it is stored: amounts as text. */
export type Snapshot = Readonly<Record<string, unknown>>;

interface Known {
  readonly currency: string;
  readonly serviceCodes: ReadonlyMap<number, string>;
}

const AMOUNT = /Minor$/;
/** What only the carrier reads. */
const INTERNAL = new Set(['approval']);

/** Members of a snapshot as the API writes them: names with underscores, amounts as numbers, services by their codes. */
export function presentSnapshot(
  snapshot: Snapshot,
  { currency, serviceCodes }: Known,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(snapshot)) {
    if (INTERNAL.has(name) || name === 'subjectKind') continue;
    if (name === 'serviceId') shown['service'] = serviceCodes.get(Number(value)) ?? '';
    else if (name === 'subjectId')
      shown['subject'] = publicId(snapshot['subjectKind'] as PublicKind, String(value));
    else if (AMOUNT.test(name)) shown[snakeCase(name.replace(AMOUNT, ''))] = amountOf(value);
    else shown[snakeCase(name)] = value;
  }
  return Object.keys(snapshot).some((name) => AMOUNT.test(name)) ? { ...shown, currency } : shown;
}

/** What an event of a sale says besides the sale itself. */
export function presentDetails(type: string, snapshot: Snapshot): Record<string, unknown> {
  switch (type) {
    case 'charge.refunded':
      return {
        refund: publicId('refund', String(snapshot['refundId'])),
        amount: amountOf(snapshot['refundMinor']),
        refunded_amount: amountOf(snapshot['refundedMinor']),
        reason: snapshot['reason'],
        reference: snapshot['refundReference'] ?? null,
        refunded_by: snapshot['refundedBy'],
        paid_by: snapshot['paidBy'],
      };
    case 'subscription.renewed': {
      const charge = snapshot['charge'] as string | null;
      return {
        month: snapshot['month'],
        charge: charge === null ? null : publicId('charge', charge),
      };
    }
    case 'subscription.renewal-refused':
      return { month: snapshot['month'], problem: snapshot['problem'] };
    default:
      return {};
  }
}

/** How the subject of an event that is no sale is named outside. */
export function presentSubjectId(kind: string, id: string): string {
  return kind === 'enquiry' || kind === 'payment-request' ? publicId(kind, id) : id;
}

function amountOf(value: unknown): number | null {
  return value == null ? null : Number(value);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
