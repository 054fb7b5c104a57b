import type { ViewFrame } from '../kit/define-page.ts';

/** A company by its names in both languages. */
interface NamedCompany {
  readonly company: string;
  readonly companyEn: string;
}

/** The name of a company in the reader's language. */
export const sellerOf = ({ company, companyEn }: NamedCompany, { language }: ViewFrame): string =>
  language === 'ja' ? company : companyEn;
