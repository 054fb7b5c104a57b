import { includedTax } from '../../../src/shared/tax.rules.ts';
import { compareTax } from '../../../templates/invoice/invoice.rules.ts';
import {
  invoiceParts,
  type InvoiceItem,
  type LineInvoice,
} from '../../../templates/invoice/invoice.types.ts';

const item = (
  part: InvoiceItem['part'],
  suppliedOn: string,
  [description, service, company, amountMinor, taxCode = 'standard']: readonly [
    string,
    string,
    string,
    bigint,
    InvoiceItem['taxCode']?,
  ],
): InvoiceItem => ({
  part,
  suppliedOn,
  description,
  service,
  company,
  amountMinor,
  taxCode,
  taxRateBps: taxCode === 'standard' ? 1_000 : 800,
  originalSuppliedOn: null,
  originalPeriod: null,
});

/** A sample item given back in May, of April. */
export const refundOf = (item: InvoiceItem, amountMinor: bigint): InvoiceItem => ({
  ...item,
  suppliedOn: '2026-05-28',
  amountMinor,
  originalSuppliedOn: '2026-04-14',
  originalPeriod: '2026-04',
});

/** Purchases of a family in a month: a subscription, films, games, sweets, and a company that is not registered. */
export const sampleItems: readonly InvoiceItem[] = [
  item('registered', '2026-05-01', [
    'プレミアム会員 5月分',
    'まなび動画 見放題',
    '株式会社まなびコンテンツ',
    1_980n,
  ]),
  item('registered', '2026-05-03', ['映画「春の海」レンタル', 'シネマ東西', '株式会社シネマ東西', 440n]),
  item('registered', '2026-05-09', [
    'アイテムパック 1,200ジェム',
    'ほしぞらクエスト',
    'ほしぞらゲームス株式会社',
    1_200n,
  ]),
  item('registered', '2026-05-14', [
    '季節の和菓子詰合せ（6個入り）',
    '産直おやつ便',
    'おやつ産直株式会社',
    2_160n,
    'reduced',
  ]),
  item('registered', '2026-05-21', ['オンライン将棋教室 第3回', '東西学習塾', '一般社団法人東西学習', 800n]),
  item('unregistered', '2026-05-18', ['編み図ダウンロード', '毛糸と暮らし', '毛糸と暮らし 山田', 350n]),
  item('unregistered', '2026-05-27', ['手帳の紙面データ', '毛糸と暮らし', '毛糸と暮らし 山田', 500n]),
];

/** The totals by rate of some items, as a close leaves them. */
export function totalsOf(items: readonly InvoiceItem[]): LineInvoice['rateTotals'] {
  const groups = Map.groupBy(
    items,
    ({ part, taxCode, taxRateBps }) => `${part !== 'unregistered'} ${taxCode} ${taxRateBps}`,
  );
  return [...groups.values()]
    .map((group) => {
      const [{ part, taxCode, taxRateBps } = group[0]!] = group;
      const totalMinor = group.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
      const taxMinor = includedTax(totalMinor, taxRateBps);
      const isQualified = part !== 'unregistered';
      return { isQualified, taxCode, taxRateBps, itemCount: group.length, totalMinor, taxMinor };
    })
    .toSorted((one, other) => Number(other.isQualified) - Number(one.isQualified) || compareTax(one, other));
}

/** An invoice of some items, by default those of the sample. */
export function sampleInvoice(
  changes: Partial<LineInvoice> = {},
  items: readonly InvoiceItem[] = sampleItems,
): LineInvoice {
  return {
    replaces: null,
    language: 'ja',
    currency: 'JPY',
    number: '202605-31-0000042',
    lineId: 'CAF0000000042',
    billingPeriod: '2026-05',
    startsOn: '2026-05-01',
    closesOn: '2026-05-31',
    issueDate: '2026-06-13',
    dueDate: '2026-06-30',
    issuer: {
      name: '東日本ひかり通信株式会社',
      address: '〒163-8019 東京都新宿区西新宿三丁目19番2号',
      registrationNumber: 'T8011101028104',
      contact: '収納代行担当窓口 0120-000-000（9:00〜17:00）',
    },
    recipient: {
      name: '山田 太郎',
      postalCode: '231-0017',
      address: '神奈川県横浜市中区港町一丁目1番地 みなとハイツ 203号室',
    },
    itemCount: items.length,
    totalMinor: items.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    rateTotals: totalsOf(items),
    hasLateItems: false,
    items: items.toSorted((one, other) => invoiceParts.indexOf(one.part) - invoiceParts.indexOf(other.part)),
    ...changes,
  };
}

/** An invoice with that many items, one by one like a database cursor. */
export function longInvoice(count: number, changes: Partial<LineInvoice> = {}): LineInvoice {
  const all = Array.from({ length: count }, (_, index) => ({
    ...sampleItems[0]!,
    suppliedOn: `2026-05-${String(1 + Math.floor((index * 31) / count)).padStart(2, '0')}`,
    description: `アイテム 第${index + 1}号`,
    amountMinor: 100n,
  }));
  return sampleInvoice({ items: streamItems(all), ...changes }, all);
}

async function* streamItems(items: readonly InvoiceItem[]): AsyncGenerator<InvoiceItem> {
  for (const one of items) yield await Promise.resolve(one);
}
