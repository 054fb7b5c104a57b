import type { Platform, ServiceTerms } from '../../../src/companies/seller-terms.rules.ts';
import type { DemoCompany, DemoService } from './demo-company.ts';

type Kind = 'digital' | 'stream' | 'parcel';

/** What the list of companies says of a service: what is sold, how it arrives, where, since when. */
type Listing = readonly [paidFor: string, paidForEn: string, kind: Kind, platform: Platform, since: string];

const listings: Readonly<Record<string, Listing>> = {
  'kotonoha-books': [
    '電子書籍、コミックの読み放題',
    'E-books, unlimited comics',
    'digital',
    'flets-soft-delivery',
    '2019-10-01',
  ],
  'sazanami-tracks': ['楽曲、着信メロディ', 'Songs and ring tones', 'digital', 'flets-market', '2020-04-01'],
  'yotsuboshi-play': [
    'オンラインゲームのアイテム',
    'Items of online games',
    'digital',
    'internet',
    '2021-07-15',
  ],
  'hidamari-drill': ['家庭学習の教材', 'Home study materials', 'digital', 'internet', '2020-10-01'],
  'unkai-cinema': ['映画・ドラマのレンタル', 'Film and drama rental', 'stream', 'flets-cast', '2019-12-01'],
  'ichibanboshi-live': ['ライブ中継の視聴', 'Live concert streams', 'stream', 'flets-cast', '2022-03-01'],
  'komorebi-photo': ['写真素材', 'Photo material', 'digital', 'internet', '2023-05-01'],
  'hakoniwa-tables': ['食品の通信販売', 'Groceries by mail order', 'parcel', 'internet', '2024-02-01'],
  'tsukikage-fortune': ['占い鑑定', 'Fortune telling', 'digital', 'flets-market', '2021-01-10'],
  'nanamagari-match': ['スポーツ中継の視聴', 'Sports streams', 'stream', 'flets-cast', '2022-04-01'],
  'tomarigi-monthly': [
    '雑誌、月替わりの茶葉',
    'Magazines and a tea club',
    'parcel',
    'flets-soft-delivery',
    '2020-06-01',
  ],
  'nagisa-crafts': ['手芸の型紙データ', 'Craft patterns', 'digital', 'internet', '2024-09-01'],
  'nagisa-sweets': [
    '沖縄の菓子の通信販売',
    'Okinawan sweets by mail order',
    'parcel',
    'internet',
    '2024-09-01',
  ],
};

const delivery: Readonly<Record<Kind, readonly [ja: string, en: string]>> = {
  digital: ['ご購入の確定後、すぐにご利用いただけます。', 'Available as soon as the purchase is confirmed.'],
  stream: [
    'ご購入の確定後、表示の期間内にご視聴いただけます。',
    'You can watch as soon as the purchase is confirmed, within the period shown.',
  ],
  parcel: [
    'ご購入から5営業日以内に発送します。月額の商品は毎月お届けします。',
    'Shipped within five business days; monthly goods arrive every month.',
  ],
};

const cancellation: Readonly<Record<Kind, readonly [ja: string, en: string]>> = {
  digital: [
    '商品の性質上、確定後の取り消しはできません。月額のプランはいつでも解約でき、その月の末日までご利用いただけます。',
    'A confirmed purchase cannot be withdrawn. Monthly plans can be cancelled at any time and used until the end of that month.',
  ],
  stream: [
    '視聴の開始前で、配信に不具合があった場合に限り取り消しを承ります。',
    'Can be withdrawn before watching, if the stream does not work.',
  ],
  parcel: [
    '到着から8日以内に、未開封の商品の返品を承ります（送料はお客さま負担）。月額の商品はいつでも解約できます。',
    'Unopened goods can be returned within eight days of arrival, at your postage. Monthly goods can be cancelled at any time.',
  ],
};

/** What a service of the demo says of itself on the last page before a purchase. 0000 is nobody's telephone number. */
export function describeService(company: DemoCompany, service: DemoService): ServiceTerms {
  const [paidFor, paidForEn, kind, platform, listedFrom] = listings[service.code] ?? [
    service.goods[0]?.description ?? service.name,
    `Purchases at ${service.nameEn}`,
    'digital',
    'internet',
    '2025-04-01',
  ];
  const seller = { address: company.address, addressEn: addressInEnglish(company), code: company.code };
  return { paidFor, paidForEn, ...textsOf(kind), ...contactOf(seller), platform, listedFrom };
}

/** A service that is announced and not sold yet. */
export function plannedService(
  company: DemoCompany,
): ServiceTerms & { code: string; name: string; nameEn: string } {
  const seller = { address: company.address, addressEn: addressInEnglish(company), code: company.code };
  return {
    code: `${company.code}-voice`,
    name: '朗読便',
    nameEn: 'Read Aloud',
    paidFor: '朗読の聞き放題',
    paidForEn: 'Unlimited audio books',
    ...textsOf('stream'),
    ...contactOf(seller),
    platform: 'flets-market',
    listedFrom: null,
  };
}

/** The service of the example shop, which sells what it ships and what it lends. */
export function shopService(
  company: DemoCompany,
): ServiceTerms & { code: string; name: string; nameEn: string } {
  const seller = { address: company.address, addressEn: addressInEnglish(company), code: company.code };
  return {
    code: `${company.code}-shop`,
    name: 'ことのは見本商店',
    nameEn: 'Kotonoha Example Shop',
    paidFor: '短編小説、アルバム、お茶',
    paidForEn: 'Short stories, albums, tea',
    ...textsOf('digital'),
    ...contactOf(seller),
    platform: 'internet',
    listedFrom: '2026-04-01',
  };
}

function textsOf(kind: Kind) {
  const [deliveryJa, deliveryEn] = delivery[kind];
  const [cancellationJa, cancellationEn] = cancellation[kind];
  return { delivery: deliveryJa, deliveryEn, cancellation: cancellationJa, cancellationEn };
}

interface SellerContact {
  readonly address: string;
  readonly addressEn: string;
  readonly code: string;
}

function contactOf({ address, addressEn, code }: SellerContact) {
  return {
    sellerAddress: address,
    sellerAddressEn: addressEn,
    sellerTelephone: '03-0000-0000',
    contactEmail: `support@${code}.example`,
  };
}

/** The addresses of the demo are in a ward that does not exist. */
function addressInEnglish({ nameEn }: DemoCompany): string {
  return `c/o ${nameEn}, Mihon-ku, Japan`;
}
