export type TaxCode = 'standard' | 'reduced';
export type Group = 5 | 10 | 15 | 20 | 25 | 31;
export const GROUPS: readonly Group[] = [31, 5, 10, 15, 20, 25];

/** How a simulated world begins. Amounts are whole yen; dates are local; contracts and tenures are half-open. */
export interface WorldPlan {
  readonly timeZone: string;
  readonly currency: 'JPY' | 'EUR';
  /** Tax rates besides those of the law: what a parliament may yet decide. */
  readonly taxRises: readonly TaxRise[];
  /** The first business date on which anything happens. */
  readonly startsOn: string;
  readonly companies: readonly CompanyPlan[];
  readonly lines: readonly LinePlan[];
  readonly subscribers: readonly SubscriberPlan[];
  /** Granted before the world begins. */
  readonly consents: readonly ConsentPlan[];
}

/** From a day on, so many per cent. */
export interface TaxRise {
  readonly code: TaxCode;
  readonly from: string;
  readonly percent: number;
}

export interface CompanyPlan {
  readonly company: string;
  readonly services: readonly string[];
  /** Registered as an issuer of qualified invoices from one day until another; null when it never was. */
  readonly registered: { readonly from: string; readonly to: string | null } | null;
  /** Who bears what is not collected: the company itself (agency), or the carrier. */
  readonly model: 'agency' | 'assignment';
  readonly contract: ContractPlan;
}

export interface ContractPlan {
  readonly from: string;
  readonly to: string | null;
  readonly tariff: string;
  readonly model: 'agency' | 'assignment';
  /** Settled on what is billed, or once it is collected. */
  readonly basis: 'billed' | 'collected';
  readonly perChargeMax: number;
  readonly lateCharges: 'accept' | 'refuse';
  readonly authorizationDays: number;
  readonly payoutMonths: number;
  readonly payoutDay: number;
  readonly payoutBankDay: 'previous' | 'next';
  readonly setUpFee: number;
  readonly minimumPayout: number;
  /** Zero where the carrier bears it. */
  readonly transferFee: number;
  /** Days after a sale through which it can be given back by one person; and whether in part. */
  readonly refundDays: number;
  readonly partialRefunds: boolean;
}

/** A tariff of the simulation's own, besides those the service is born with. */
export interface TariffPlan {
  readonly tariff: string;
  readonly from: string;
  readonly base: number;
  readonly percentBps: number;
  readonly perLineMinimum: number;
}

export interface LinePlan {
  readonly line: string;
  readonly group: Group;
  readonly holderFrom: string;
  readonly birthDate: string | null;
}

/** A row of the carrier's line master as the simulation delivers it. */
export interface LineRowPlan {
  readonly line: string;
  readonly group: Group;
  readonly status: 'active' | 'suspended' | 'closed';
  readonly holderFrom: string;
  readonly holder: string;
  readonly birthDate: string | null;
}

export interface SubscriberPlan {
  readonly subscriber: string;
  readonly line: string;
  readonly slot: number;
}

export interface ConsentPlan {
  readonly consent: string;
  readonly company: string;
  readonly service: string;
  readonly subscriber: string;
}
