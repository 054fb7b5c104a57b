import type { DateRange } from '../shared/date-range.rules.ts';

/**
 * What the line master knows of a line and its holder besides the name, under the holder's tenure; null where it is not known.
 * Product and options decide whether the line may pay (eligibility.rules.ts), the others serve letters, search and payment requests.
 */
export interface TenureDetails {
  readonly birthDate: string | null;
  readonly email: string | null;
  /** Access product, as the carrier names it. */
  readonly product: string | null;
  /** Options, with semicolons between them. */
  readonly options: string | null;
  /** E.164: `+81312345678`. It belongs to one line at a time. */
  readonly telephone: string | null;
  readonly holderKana: string | null;
  /** `100-0001` */
  readonly postalCode: string | null;
  /** Prefecture, city and street. */
  readonly address: string | null;
  readonly building: string | null;
}

/** In the order of the columns of a line file. */
export const tenureDetails = [
  'birthDate',
  'email',
  'product',
  'options',
  'telephone',
  'holderKana',
  'postalCode',
  'address',
  'building',
] as const satisfies readonly (keyof TenureDetails)[];

/** Who holds a line, from when to when. */
export interface Tenure extends DateRange, TenureDetails {
  readonly holder: string;
}

type ComparedDetails = { readonly [K in keyof TenureDetails]: string | null | undefined };

/** Whether the details are equal, member by member. */
export function hasSameDetails(left: ComparedDetails, right: ComparedDetails): boolean {
  return tenureDetails.every((name) => left[name] === right[name]);
}
