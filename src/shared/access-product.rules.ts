/** An access product whose lines may pay, and the options that such a line needs besides. */
export interface EligibleProduct {
  readonly product: string;
  readonly options: readonly string[];
}

/** Stands for every product. */
export const ALL_PRODUCTS = '*';

const IGNORED = /[\s・･·]+/gu;

/** The name of a product or option for comparison: equal in full and half width, with or without blanks and middle dots. */
export function normaliseAccessName(name: string): string {
  return name.normalize('NFKC').replaceAll(IGNORED, '').toLowerCase();
}
