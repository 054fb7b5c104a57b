import type { MoneyTerms } from '../../../src/contracts/contract-input.rules.ts';
import type { TaxCode } from '../../../src/shared/tax.rules.ts';

/** Something a company of the demo sells, with the prices it usually asks, tax included. */
export interface DemoGoods {
  readonly description: string;
  readonly taxCode: TaxCode;
  readonly pricesMinor: readonly number[];
}

/** A monthly item; `chargeDay` 31 is the month end. */
export interface DemoMonthlyItem {
  readonly itemCode: string;
  readonly description: string;
  readonly taxCode: TaxCode;
  readonly amountMinor: number;
  readonly chargeDay: number;
  readonly firstMonthFree?: boolean;
  readonly lastMonthFree?: boolean;
}

export interface DemoService {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly goods: readonly DemoGoods[];
  readonly monthly?: readonly DemoMonthlyItem[];
}

/** A company of the demo, and what makes it worth looking at. Every name is invented. */
export interface DemoCompany {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly address: string;
  /** Has a registration number, so that its sales are in the qualified part of a line invoice. */
  readonly registered: boolean;
  readonly tariffCode: 'flets-2011' | 'flets-2012' | 'item-2002' | 'west-2004';
  readonly legalModel: 'agency' | 'assignment';
  /** Billed total per line in the demo's month, tax included; undefined where the plan sets none. */
  readonly averageMinor?: number;
  /** The average is met to the yen; otherwise it lies a little above. */
  readonly isExact?: boolean;
  /** Its part of the world's ordinary sales. 0: only what the demo arranges by hand. */
  readonly weight: number;
  /** The smallest price that still leaves something after the fee. */
  readonly lowestPriceMinor: number;
  /** Sells nothing outside the month's billing periods, where a few sales would not cover a monthly base. */
  readonly isMonthOnly?: boolean;
  /** As many lines as it takes to cover a monthly base. */
  readonly leastLines?: number;
  /** Sells a single thing to a single line. */
  readonly isSingleSale?: boolean;
  /** How its usage charges arrive: one by one as they happen, in requests of many, or in a daily file. */
  readonly usageBy: 'single' | 'batch' | 'file';
  readonly payout: { readonly months: number; readonly day: number; readonly bankDay: 'previous' | 'next' };
  /** Terms of its contract that are not the usual ones. */
  readonly terms?: Partial<MoneyTerms>;
  readonly services: readonly [DemoService, ...DemoService[]];
}

const nextMonthEnd = { months: 2, day: 31, bankDay: 'previous' } as const;
const nextMonthTwentieth = { months: 2, day: 20, bankDay: 'next' } as const;

/** The companies, the most instructive first: a smaller demo takes the first ones. */
export const demoCompanies: readonly DemoCompany[] = [
  {
    code: 'kotonoha',
    name: '株式会社ことのは電子書房',
    nameEn: 'Kotonoha E-Books Inc.',
    address: '〒101-0000 東京都千代田区見本町2-4-6',
    registered: true,
    tariffCode: 'flets-2011',
    legalModel: 'agency',
    averageMinor: 600,
    isExact: true,
    weight: 10,
    lowestPriceMinor: 50,
    usageBy: 'file',
    payout: nextMonthEnd,
    services: [
      {
        code: 'kotonoha-books',
        name: 'ことのは電子書店',
        nameEn: 'Kotonoha Books',
        goods: [
          { description: 'コミック1話', taxCode: 'standard', pricesMinor: [66, 88, 110] },
          { description: '短編小説', taxCode: 'standard', pricesMinor: [110, 132, 165] },
        ],
        monthly: [
          {
            itemCode: 'yomihodai',
            description: '読み放題プラン',
            taxCode: 'standard',
            amountMinor: 550,
            chargeDay: 1,
          },
        ],
      },
    ],
  },
  {
    code: 'sazanami',
    name: '株式会社さざなみ音楽配信',
    nameEn: 'Sazanami Music Inc.',
    address: '〒220-0000 神奈川県横浜市見本区みなと1-8',
    registered: true,
    tariffCode: 'flets-2011',
    legalModel: 'agency',
    averageMinor: 480,
    weight: 12,
    lowestPriceMinor: 50,
    usageBy: 'file',
    payout: nextMonthTwentieth,
    terms: { feeBearer: 'company', transferFeeMinor: 220n },
    services: [
      {
        code: 'sazanami-tracks',
        name: 'さざなみミュージック',
        nameEn: 'Sazanami Tracks',
        goods: [
          { description: '楽曲1曲', taxCode: 'standard', pricesMinor: [77, 99, 110] },
          { description: '着信メロディ', taxCode: 'standard', pricesMinor: [55, 66] },
        ],
      },
    ],
  },
  {
    code: 'yotsuboshi',
    name: '合同会社四つ星ゲーム工房',
    nameEn: 'Yotsuboshi Game Works LLC',
    address: '〒530-0000 大阪府大阪市見本区梅の里3-1-5',
    registered: true,
    tariffCode: 'flets-2012',
    legalModel: 'agency',
    averageMinor: 430,
    weight: 8,
    lowestPriceMinor: 50,
    usageBy: 'batch',
    payout: nextMonthEnd,
    services: [
      {
        code: 'yotsuboshi-play',
        name: '四つ星ゲーム広場',
        nameEn: 'Yotsuboshi Play',
        goods: [
          { description: 'ゲーム内アイテム', taxCode: 'standard', pricesMinor: [100, 120, 160] },
          { description: '体力回復パック', taxCode: 'standard', pricesMinor: [60, 80] },
        ],
      },
    ],
  },
  {
    code: 'hidamari',
    name: '株式会社ひだまり学習社',
    nameEn: 'Hidamari Learning Inc.',
    address: '〒460-0000 愛知県名古屋市見本区学舎町7-2',
    registered: true,
    tariffCode: 'flets-2012',
    legalModel: 'agency',
    averageMinor: 740,
    weight: 9,
    lowestPriceMinor: 50,
    usageBy: 'file',
    payout: nextMonthEnd,
    services: [
      {
        code: 'hidamari-drill',
        name: 'ひだまりドリル',
        nameEn: 'Hidamari Drill',
        goods: [
          { description: '算数ドリル1単元', taxCode: 'standard', pricesMinor: [99, 110, 132] },
          { description: '英語リスニング1回', taxCode: 'standard', pricesMinor: [132, 165] },
        ],
      },
    ],
  },
  {
    code: 'unkai',
    name: '雲海シネマ配信株式会社',
    nameEn: 'Unkai Cinema Corporation',
    address: '〒150-0000 東京都渋谷区見本坂5-11',
    registered: true,
    tariffCode: 'flets-2012',
    legalModel: 'agency',
    averageMinor: 1_180,
    weight: 9,
    lowestPriceMinor: 100,
    usageBy: 'file',
    payout: nextMonthTwentieth,
    terms: { setUpFeeMinor: 3_000n },
    services: [
      {
        code: 'unkai-cinema',
        name: '雲海シネマ',
        nameEn: 'Unkai Cinema',
        goods: [
          { description: '映画レンタル48時間', taxCode: 'standard', pricesMinor: [220, 275, 330] },
          { description: 'ドラマ1話', taxCode: 'standard', pricesMinor: [110, 132] },
        ],
      },
    ],
  },
  {
    code: 'ichibanboshi',
    name: '株式会社一番星ライブ',
    nameEn: 'Ichibanboshi Live Inc.',
    address: '〒060-0000 北海道札幌市見本区北空3-9',
    registered: true,
    tariffCode: 'flets-2012',
    legalModel: 'assignment',
    averageMinor: 1_860,
    weight: 8,
    lowestPriceMinor: 100,
    usageBy: 'file',
    payout: nextMonthEnd,
    services: [
      {
        code: 'ichibanboshi-live',
        name: '一番星ライブ中継',
        nameEn: 'Ichibanboshi Live',
        goods: [
          { description: 'ライブ視聴チケット', taxCode: 'standard', pricesMinor: [330, 440, 550] },
          { description: '見逃し配信1本', taxCode: 'standard', pricesMinor: [220, 330] },
        ],
      },
    ],
  },
  {
    code: 'komorebi',
    name: 'こもれび写真館',
    nameEn: 'Komorebi Photo Studio',
    address: '〒380-0000 長野県長野市見本ヶ丘1-1',
    registered: false,
    tariffCode: 'flets-2011',
    legalModel: 'agency',
    averageMinor: 980,
    isExact: true,
    weight: 0,
    lowestPriceMinor: 980,
    isMonthOnly: true,
    isSingleSale: true,
    usageBy: 'single',
    payout: nextMonthEnd,
    services: [
      {
        code: 'komorebi-photo',
        name: 'こもれびフォト',
        nameEn: 'Komorebi Photo',
        goods: [{ description: '写真素材1点', taxCode: 'standard', pricesMinor: [980] }],
      },
    ],
  },
  {
    code: 'hakoniwa',
    name: '箱庭食品株式会社',
    nameEn: 'Hakoniwa Foods Corporation',
    address: '〒400-0000 山梨県甲府市見本町8-3',
    registered: true,
    tariffCode: 'flets-2011',
    legalModel: 'agency',
    averageMinor: 1_420,
    weight: 4,
    lowestPriceMinor: 100,
    usageBy: 'single',
    payout: nextMonthEnd,
    terms: { settlementBasis: 'collected' },
    services: [
      {
        code: 'hakoniwa-tables',
        name: '箱庭の食卓',
        nameEn: 'Hakoniwa Table',
        goods: [
          { description: '旬の野菜ジュース6本', taxCode: 'reduced', pricesMinor: [540, 650] },
          { description: '信州りんごジャム', taxCode: 'reduced', pricesMinor: [432, 486] },
          { description: 'ほうじ茶ティーバッグ', taxCode: 'reduced', pricesMinor: [324, 378] },
        ],
      },
    ],
  },
  {
    code: 'tsukikage',
    name: '月影テレホンサービス株式会社',
    nameEn: 'Tsukikage Telephone Services Corporation',
    address: '〒810-0000 福岡県福岡市見本区月見町2-2',
    registered: true,
    tariffCode: 'item-2002',
    legalModel: 'agency',
    averageMinor: 1_050,
    weight: 5,
    lowestPriceMinor: 300,
    usageBy: 'file',
    payout: nextMonthTwentieth,
    terms: { minimumPayoutMinor: 20_000n },
    services: [
      {
        code: 'tsukikage-fortune',
        name: '月影占い',
        nameEn: 'Tsukikage Fortune',
        goods: [
          { description: '占い鑑定1回', taxCode: 'standard', pricesMinor: [500, 600] },
          { description: '相性診断', taxCode: 'standard', pricesMinor: [400, 450] },
        ],
      },
    ],
  },
  {
    code: 'nanamagari',
    name: '七曲スポーツ中継株式会社',
    nameEn: 'Nanamagari Sports Corporation',
    address: '〒730-0000 広島県広島市見本区競技場前4',
    registered: true,
    tariffCode: 'west-2004',
    legalModel: 'agency',
    averageMinor: 1_240,
    weight: 6,
    lowestPriceMinor: 100,
    isMonthOnly: true,
    leastLines: 6,
    usageBy: 'batch',
    payout: { months: 2, day: 15, bankDay: 'next' },
    services: [
      {
        code: 'nanamagari-match',
        name: '七曲スタジアム',
        nameEn: 'Nanamagari Stadium',
        goods: [
          { description: '試合中継1試合', taxCode: 'standard', pricesMinor: [330, 440] },
          { description: 'ハイライト映像', taxCode: 'standard', pricesMinor: [110, 165] },
        ],
      },
    ],
  },
  {
    code: 'tomarigi',
    name: '株式会社とまり木マガジン',
    nameEn: 'Tomarigi Magazines Inc.',
    address: '〒604-0000 京都府京都市見本区紙屋町6-10',
    registered: true,
    tariffCode: 'flets-2011',
    legalModel: 'agency',
    weight: 0,
    lowestPriceMinor: 100,
    usageBy: 'single',
    payout: nextMonthEnd,
    services: [
      {
        code: 'tomarigi-monthly',
        name: 'とまり木定期便',
        nameEn: 'Tomarigi Monthly',
        goods: [{ description: 'バックナンバー1冊', taxCode: 'standard', pricesMinor: [440] }],
        monthly: [
          {
            itemCode: 'magazine',
            description: '月刊とまり木',
            taxCode: 'standard',
            amountMinor: 550,
            chargeDay: 10,
          },
          {
            itemCode: 'premium',
            description: 'プレミアム会員',
            taxCode: 'standard',
            amountMinor: 980,
            chargeDay: 25,
            firstMonthFree: true,
          },
          {
            itemCode: 'news',
            description: '朝の便り',
            taxCode: 'standard',
            amountMinor: 330,
            chargeDay: 31,
            lastMonthFree: true,
          },
          {
            itemCode: 'tea-club',
            description: 'お茶の会（月替わり茶葉）',
            taxCode: 'reduced',
            amountMinor: 864,
            chargeDay: 5,
          },
        ],
      },
    ],
  },
  {
    code: 'nagisa',
    name: '渚工房',
    nameEn: 'Nagisa Workshop',
    address: '〒900-0000 沖縄県那覇市見本浜1-20',
    registered: false,
    tariffCode: 'flets-2012',
    legalModel: 'assignment',
    averageMinor: 900,
    isExact: true,
    weight: 3,
    lowestPriceMinor: 50,
    usageBy: 'single',
    payout: nextMonthEnd,
    services: [
      {
        code: 'nagisa-crafts',
        name: '渚の手仕事',
        nameEn: 'Nagisa Crafts',
        goods: [{ description: '型紙データ', taxCode: 'standard', pricesMinor: [300, 350] }],
      },
      {
        code: 'nagisa-sweets',
        name: '渚の菓子箱',
        nameEn: 'Nagisa Sweets',
        goods: [{ description: '黒糖ちんすこう', taxCode: 'reduced', pricesMinor: [324, 432] }],
      },
    ],
  },
];

/** Words of which the names of further companies are made. */
export const demoCompanyWords = {
  places: ['朝霧', '夕凪', '若葉', '銀杏', '水鏡', '花筏', '空色', '山吹', '星屑', '風待', '雪洞', '萌黄'],
  trades: [
    { name: 'コミック', nameEn: 'Comics', goods: 'コミック1巻' },
    { name: '語学', nameEn: 'Languages', goods: '会話レッスン1回' },
    { name: '天気', nameEn: 'Weather', goods: '釣り場の天気' },
    { name: '将棋', nameEn: 'Shogi', goods: '棋譜解説' },
    { name: '健康', nameEn: 'Health', goods: '体操動画' },
  ],
} as const;

/** Family and given names of the holders of lines. */
export const demoPersonWords = {
  families: ['青井', '石畑', '梅本', '大窪', '風間', '木暮', '汐見', '高嶺', '椿', '中洲', '花岡', '深山'],
  givens: ['葵', '一郎', '梅子', '和夫', '桜', '聡', '千代', '直樹', '春香', '文雄', '美咲', '陽太'],
} as const;
