import type { TaxRate } from '../src/shared/tax.rules.ts';

/** Japanese consumption tax, national and local part together (Consumption Tax Act; domain.md section 5). */
export const taxRates: readonly TaxRate[] = [
  { code: 'standard', validFrom: '1989-04-01', rateBps: 300 },
  { code: 'standard', validFrom: '1997-04-01', rateBps: 500 },
  { code: 'standard', validFrom: '2014-04-01', rateBps: 800 },
  { code: 'standard', validFrom: '2019-10-01', rateBps: 1_000 },
  { code: 'reduced', validFrom: '2019-10-01', rateBps: 800 },
];
