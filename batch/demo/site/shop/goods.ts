import type { Locale } from '../../../../src/shared/money.ts';

/** Something the shop sells. */
export interface Good {
  readonly code: string;
  readonly name: Readonly<Record<Locale, string>>;
  /** Yen, tax included. */
  readonly amount: number;
  readonly taxCode: 'standard' | 'reduced';
}

export const goods: readonly Good[] = [
  {
    code: 'story',
    name: { ja: '短編「夏の庭」', en: 'Short story “The Summer Garden”' },
    amount: 165,
    taxCode: 'standard',
  },
  {
    code: 'album',
    name: { ja: 'アルバム「夜明けの港」', en: 'Album “Harbour at Dawn”' },
    amount: 1_650,
    taxCode: 'standard',
  },
  {
    code: 'tea',
    name: { ja: '煎茶 100g（軽減税率8%）', en: 'Green tea, 100 g (reduced tax rate, 8%)' },
    amount: 1_080,
    taxCode: 'reduced',
  },
];
