import { companiesByAverage } from './companies-by-average.ts';
import { companiesOfNote } from './companies-of-note.ts';
import type { DemoCompany } from './demo-company.ts';

/** The companies, the most instructive first: a smaller demo takes the first ones. */
export const demoCompanies: readonly DemoCompany[] = [...companiesByAverage, ...companiesOfNote];

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
