import { ALL_PRODUCTS, normaliseAccessName, type EligibleProduct } from '../shared/access-product.rules.ts';

/** The access of a line as the line master has it; null where it says nothing. */
export interface LineAccess {
  readonly product: string | null;
  /** Options, with semicolons between them. */
  readonly options: string | null;
}

const SEPARATORS = /[;、]/;

/**
 * Whether a line may pay at all (domain.md §2): its access product is one of those in configuration, with the options that this
 * product needs. A line without a known product counts as eligible (our decision).
 */
export function isEligible(products: readonly EligibleProduct[], { product, options }: LineAccess): boolean {
  if (product === null) return true;
  const known = decidedFor(products);
  const key = `${product}\0${options ?? ''}`;
  let isKnown = known.get(key);
  if (isKnown === undefined) {
    isKnown = decide(products, product, options);
    if (known.size < MAX_DECIDED) known.set(key, isKnown);
  }
  return isKnown;
}

function decide(products: readonly EligibleProduct[], product: string, options: string | null): boolean {
  const name = normaliseAccessName(product);
  const has = new Set((options ?? '').normalize('NFKC').split(SEPARATORS).map(normaliseAccessName));
  return products.some((eligible) => {
    if (eligible.product === ALL_PRODUCTS) return true;
    if (normaliseAccessName(eligible.product) !== name) return false;
    return eligible.options.every((option) => has.has(normaliseAccessName(option)));
  });
}

/** A carrier has some dozens of products and options: each pair is decided once, because a usage charge takes microseconds. */
const MAX_DECIDED = 1_000;
const decisions = new WeakMap<readonly EligibleProduct[], Map<string, boolean>>();

function decidedFor(products: readonly EligibleProduct[]): Map<string, boolean> {
  let known = decisions.get(products);
  if (!known) decisions.set(products, (known = new Map()));
  return known;
}
