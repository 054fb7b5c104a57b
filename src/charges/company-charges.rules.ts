import type { Charge } from './charge.entity.ts';
import type { ChargeState } from './charge.rules.ts';

/** Which charges of its own a company looks for. */
export interface ChargesOfCompany {
  /** Requested on these business dates, both included. */
  readonly from: string;
  readonly through: string;
  /** As it is now: a charge whose time has run out is expired. */
  readonly state?: ChargeState | undefined;
  readonly kind?: Charge['kind'] | undefined;
  readonly serviceCode?: string | undefined;
  /** A part of what was sold. */
  readonly item?: string | undefined;
  readonly atLeastMinor?: bigint | undefined;
  readonly atMostMinor?: bigint | undefined;
}

/** Most days of one list: more are read in several. */
export const MAX_CHARGE_DAYS = 92;
