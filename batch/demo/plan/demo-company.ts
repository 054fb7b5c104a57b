import type { OptionalTerms } from '../../../src/contracts/contract-input.rules.ts';
import type { TaxCode } from '../../../src/shared/tax.rules.ts';

/** Something a company of the demo sells, with the prices it usually asks, tax included. */
export interface DemoGoods {
  readonly description: string;
  readonly taxCode: TaxCode;
  readonly pricesMinor: readonly number[];
}

/** A monthly item; `chargeDay` 31 is the month end. */
export interface DemoMonthlyItem {
  readonly itemCode: string;
  readonly description: string;
  readonly taxCode: TaxCode;
  readonly amountMinor: number;
  readonly chargeDay: number;
  readonly firstMonthFree?: boolean;
  readonly lastMonthFree?: boolean;
}

export interface DemoService {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly goods: readonly DemoGoods[];
  readonly monthly?: readonly DemoMonthlyItem[];
}

/** A company of the demo, and what makes it worth looking at. Every name is invented. */
export interface DemoCompany {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly address: string;
  /** Has a registration number, so that its sales are in the qualified part of a line invoice. */
  readonly registered: boolean;
  readonly tariffCode: 'flets-2011' | 'flets-2012' | 'item-2002' | 'west-2004';
  readonly legalModel: 'agency' | 'assignment';
  /** Billed total per line in the demo's month, tax included; undefined where the plan sets none. */
  readonly averageMinor?: number;
  /** The average is met to the yen; otherwise it lies a little above. */
  readonly isExact?: boolean;
  /** Its part of the world's ordinary sales. 0: only what the demo arranges by hand. */
  readonly weight: number;
  /** The smallest price that still leaves something after the fee. */
  readonly lowestPriceMinor: number;
  /** Sells nothing outside the month's billing periods, where a few sales would not cover a monthly base. */
  readonly isMonthOnly?: boolean;
  /** As many lines as it takes to cover a monthly base. */
  readonly leastLines?: number;
  /** Sells a single thing to a single line. */
  readonly isSingleSale?: boolean;
  /** How its usage charges arrive: one by one as they happen, in requests of many, or in a daily file. */
  readonly usageBy: 'single' | 'batch' | 'file';
  readonly payout: { readonly months: number; readonly day: number; readonly bankDay: 'previous' | 'next' };
  /** Terms of its contract that are not the usual ones. */
  readonly terms?: Partial<OptionalTerms>;
  readonly services: readonly [DemoService, ...DemoService[]];
}

/** When companies of the demo are paid. */
export const payouts = {
  nextMonthEnd: { months: 2, day: 31, bankDay: 'previous' },
  nextMonthTwentieth: { months: 2, day: 20, bankDay: 'next' },
} as const satisfies Readonly<Record<string, DemoCompany['payout']>>;
