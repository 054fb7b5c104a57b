import { writeFigureAddress, type FigureAddress } from '../../../explanations/figure-address.rules.ts';
import type { Permission } from '../../../access/permissions.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

/** The page that explains a figure: link any number of a settlement, an invoice or a charge to it. */
export function explainHref(address: FigureAddress): string {
  return `/billing/explain/${writeFigureAddress(address)}`;
}

const permissions = {
  settlement: 'settlement-figures:read',
  invoice: 'invoice-figures:read',
  charge: 'invoice-figures:read',
} as const satisfies Record<FigureAddress['of'], Permission>;

/** A figure that leads to its explanation, for who may read it. */
export function explainedCell(
  text: string,
  address: FigureAddress,
  { can }: Pick<ViewFrame, 'can'>,
): { readonly text: string; readonly href?: string } {
  const mayRead = can('settlement-figures:read') && can(permissions[address.of]);
  return mayRead ? { text, href: explainHref(address) } : { text };
}
