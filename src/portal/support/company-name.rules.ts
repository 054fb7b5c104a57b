import type { ViewFrame } from '../kit/define-page.ts';

/** A company by its names in both languages. */
interface NamedCompany {
  /** Null where nobody sold anything. */
  readonly company: string | null;
  readonly companyEn: string | null;
}

/** The name of a company in the reader's language. */
export const sellerOf = ({ company, companyEn }: NamedCompany, { language }: ViewFrame): string =>
  (language === 'ja' ? company : companyEn) ?? '';
