import type { SoldKind } from '../shared/public-id.rules.ts';

/** What a subscriber has bought or agreed to: its kind and stored identifier. */
export interface PurchaseRef {
  readonly kind: SoldKind;
  readonly id: string;
}

/** What an enquiry or a case is about: a purchase, whose it is and who sold it. */
export interface PurchaseSubject extends PurchaseRef {
  readonly companyId: number;
  readonly serviceId: number;
  readonly subscriberId: number;
  readonly lineId: string;
  readonly holderFrom: string;
  readonly description: string;
  /** Of a subscription, a month; none for a consent. */
  readonly amountMinor: bigint | null;
  /** When it was bought or agreed to. */
  readonly boughtAt: Date;
  /** What the subscriber confirmed: of a month its subscription, of a use its consent, else the purchase itself. */
  readonly confirmed: PurchaseRef;
}
