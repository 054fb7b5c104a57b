import { nameBrowser } from '../../src/shared/browser-name.rules.ts';
import type { MailFormat } from './mail-format.ts';
import type { Row } from './mail-content.ts';

interface Goods {
  readonly company: { readonly ja: string; readonly en: string };
  readonly service: { readonly ja: string; readonly en: string };
  readonly description: string;
}

interface Purchase extends Goods {
  readonly receiptNumber: string;
  readonly purchasedAt: Date;
  /** None for a purchase without an amount of its own, as a consent. */
  readonly amountMinor: bigint | null;
}

interface Origin {
  readonly address: string | null;
  /** As the browser wrote it: anybody can put any text there. */
  readonly userAgent: string | null;
}

/** What was bought, and from whom. */
export const goodsRows = {
  ja: ({ company, service, description }: Goods, format: MailFormat): Row[] => [
    ['商品・内容', description],
    ['サービス', format.name(service)],
    ['販売元', format.name(company)],
  ],
  en: ({ company, service, description }: Goods, format: MailFormat): Row[] => [
    ['Item', description],
    ['Service', format.name(service)],
    ['Seller', format.name(company)],
  ],
} as const;

/** A purchase, as a mail about it names it. */
export const purchaseRows = {
  ja: (purchase: Purchase, format: MailFormat): Row[] => [
    ...goodsRows.ja(purchase, format),
    ['金額', purchase.amountMinor === null ? null : `${format.money(purchase.amountMinor)}（税込）`],
    ['購入日時', format.dateTime(purchase.purchasedAt)],
    ['購入番号', purchase.receiptNumber],
  ],
  en: (purchase: Purchase, format: MailFormat): Row[] => [
    ...goodsRows.en(purchase, format),
    ['Amount', purchase.amountMinor === null ? null : `${format.money(purchase.amountMinor)} (tax included)`],
    ['Purchased', format.dateTime(purchase.purchasedAt)],
    ['Purchase number', purchase.receiptNumber],
  ],
} as const;

/**
 * Where somebody acted from, as far as it is known. The browser is named by us: its own words would let a stranger write into our mails,
 * because nobody needs an account to ask for a code.
 */
export const originRows = {
  ja: ({ address, userAgent }: Origin): Row[] => [
    ['接続元', address],
    ['端末', nameBrowser(userAgent) ?? null],
  ],
  en: ({ address, userAgent }: Origin): Row[] => [
    ['Connected from', address],
    ['Device', nameBrowser(userAgent) ?? null],
  ],
} as const;

/** Who of the line something is about, in the middle of a sentence. */
export const whose = {
  ja: (who: string | null) => (who === null ? '回線全体' : `${who}さん`),
  en: (who: string | null) => who ?? 'the whole line',
} as const;
