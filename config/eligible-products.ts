import {
  ALL_PRODUCTS,
  normaliseAccessName,
  type EligibleProduct,
} from '../src/shared/access-product.rules.ts';

/** The access products whose lines may pay (domain.md §2), as the setting is written. */
export const DEFAULT_ELIGIBLE_PRODUCTS =
  'フレッツ 光ネクスト,フレッツ 光ライト,Bフレッツ,フレッツ・ADSL+フレッツ・ドットネット';

/**
 * Reads a setting such as the default: products with commas between them, each with the options that it needs after plus signs;
 * `*` for every product. Returns what is wrong with it, as a text.
 */
export function parseEligibleProducts(setting: string): readonly EligibleProduct[] | string {
  const products = setting.split(',').map((entry) => {
    const [product = '', ...options] = entry.split('+').map((name) => name.trim());
    return Object.freeze({ product, options: Object.freeze(options) });
  });
  const names = products.map(({ product, options }) => [product, ...options].map(normaliseAccessName));
  if (names.flat().includes('')) {
    return 'has an empty name: write products with commas between them, options after +';
  }
  if (products.length > 1 && products.some(({ product }) => product === ALL_PRODUCTS))
    return `names products besides ${ALL_PRODUCTS}, which is all of them`;
  const keys = names.map(([product, ...options]) => [product, ...options.sort()].join('+'));
  if (new Set(keys).size < keys.length) return 'names a product twice';
  return Object.freeze(products);
}
