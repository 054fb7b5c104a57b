import type { CompanyNames } from '../../companies/company-names.queries.ts';
import type { ViewFrame } from '../kit/define-page.ts';

/** A company as people call it, in the language of the reader; its code where the name is not known. */
export function companyText(
  code: string,
  names: CompanyNames,
  { language }: Pick<ViewFrame, 'language'>,
): string {
  const known = names.get(code);
  if (known === undefined) return code;
  return language === 'ja' ? known.name : known.nameEn;
}
