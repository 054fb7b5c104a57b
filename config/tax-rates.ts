/** Kind of supply by its consumption tax. "8% standard" (2014–2019) and "8% reduced" (since 2019-10) never mix: the code tells them apart. */
export type TaxCode = 'standard' | 'reduced';

export interface TaxRate {
  readonly code: TaxCode;
  /** First supply date of the rate; it holds until the next row of the same code. */
  readonly validFrom: string;
  readonly rateBps: number;
}

/** Japanese consumption tax, national and local part together (Consumption Tax Act; domain.md section 5). */
export const taxRates: readonly TaxRate[] = [
  { code: 'standard', validFrom: '1989-04-01', rateBps: 300 },
  { code: 'standard', validFrom: '1997-04-01', rateBps: 500 },
  { code: 'standard', validFrom: '2014-04-01', rateBps: 800 },
  { code: 'standard', validFrom: '2019-10-01', rateBps: 1_000 },
  { code: 'reduced', validFrom: '2019-10-01', rateBps: 800 },
];
