import type { TariffDefinition } from '../src/tariffs/tariff.rules.ts';

/** A published tariff with the columns of the `tariff` table; `name` is the Japanese one. */
export interface TariffPreset {
  readonly code: string;
  /** First business date of the version; it applies until a later version of the same code. */
  readonly validFrom: string;
  readonly name: string;
  readonly nameEn: string;
  readonly definition: TariffDefinition;
}

/** No fee component applies unless a tariff sets it. */
const nothing: TariffDefinition = {
  monthlyBaseMinor: 0,
  percentBps: 0,
  perLineMinimumMinor: 0,
  bands: [],
};

/**
 * Tariffs ready for contracts (domain.md section 1). The first days are our decision: only years are
 * published. Prices are before tax: the ¥31.5 of 2011 is ¥30 and 5% tax.
 */
export const tariffPresets: readonly TariffPreset[] = [
  {
    code: 'flets-2011',
    validFrom: '2011-07-01',
    name: 'まとめて支払い 標準（2011年）',
    nameEn: 'Collected payment, standard (2011)',
    definition: { ...nothing, percentBps: 500, perLineMinimumMinor: 30 },
  },
  {
    code: 'flets-2012',
    validFrom: '2012-01-01',
    name: 'まとめて支払い 段階制（2012年）',
    nameEn: 'Collected payment, banded (2012)',
    definition: {
      ...nothing,
      percentBps: 500,
      perLineMinimumMinor: 30,
      bands: [
        { aboveAverageMinor: 900, kind: 'fixed-per-line', rate: 45 },
        { aboveAverageMinor: 1_500, kind: 'percent', rate: 300 },
      ],
    },
  },
  {
    code: 'item-2002',
    validFrom: '2002-01-01',
    name: '件数制（2002年）',
    nameEn: 'Per item (2002)',
    definition: { ...nothing, perItem: { flatMinor: 150, stepAbove: 5_000, flatAboveMinor: 85 } },
  },
  {
    code: 'west-2004',
    validFrom: '2004-01-01',
    name: '基本料・定率制（2004年）',
    nameEn: 'Monthly base and percentage (2004)',
    definition: { ...nothing, monthlyBaseMinor: 5_000, percentBps: 900 },
  },
];
