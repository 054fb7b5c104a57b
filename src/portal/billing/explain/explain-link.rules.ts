import { writeFigureAddress, type FigureAddress } from '../../../explanations/figure-address.rules.ts';

/** The page that explains a figure: link any number of a settlement, an invoice or a charge to it. */
export function explainHref(address: FigureAddress): string {
  return `/billing/explain/${writeFigureAddress(address)}`;
}
