import type { DemoCompany } from './demo-company.ts';
import { demoCompanies, demoCompanyWords } from './demo-sellers.ts';
import type { Random } from '../random.ts';

/** The first companies of the catalogue, and as many more of their kind as are wanted. */
export function planCompanies(count: number, random: Random): DemoCompany[] {
  const further = Math.max(0, count - demoCompanies.length);
  return [
    ...demoCompanies.slice(0, count),
    ...Array.from({ length: further }, (_, index) => furtherCompany(index, random)),
  ];
}

function furtherCompany(index: number, random: Random): DemoCompany {
  const { places, trades } = demoCompanyWords;
  const trade = trades[index % trades.length]!;
  const place = places[Math.floor(index / trades.length) % places.length]!;
  const branch = Math.floor(index / (trades.length * places.length));
  const number = branch === 0 ? '' : `第${branch + 1}`;
  const code = `company-${index + demoCompanies.length + 1}`;
  const price = random.between(12, 40) * 10;
  return {
    code,
    name: `${number}${place}${trade.name}株式会社`,
    nameEn: `${trade.nameEn} ${index + demoCompanies.length + 1} Corporation`,
    address: `〒000-0000 東京都見本区${place}町${random.between(1, 9)}-${random.between(1, 20)}`,
    registered: random.next() < 0.8,
    tariffCode: index % 2 === 0 ? 'flets-2011' : 'flets-2012',
    legalModel: random.next() < 0.8 ? 'agency' : 'assignment',
    averageMinor: random.between(45, 170) * 10,
    weight: 7,
    lowestPriceMinor: 50,
    usageBy: 'file',
    payout: { months: 2, day: 31, bankDay: 'previous' },
    services: [
      {
        code: `${code}-shop`,
        name: `${place}${trade.name}`,
        nameEn: `${trade.nameEn} ${index + demoCompanies.length + 1}`,
        goods: [
          { description: trade.goods, taxCode: 'standard', pricesMinor: [price, price + 30, price + 80] },
        ],
      },
    ],
  };
}
