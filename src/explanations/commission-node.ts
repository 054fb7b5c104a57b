import type { Deps } from '../deps.ts';
import { listCommissions } from '../partners/partner.queries.ts';
import { checkEquation, sumOf } from './evaluate-equation.rules.ts';
import type { ExplainedSettlement } from './explained-settlement.queries.ts';
import { money, type FigureBody } from './figure-node.types.ts';

/** What the company pays its sales partners: the commission of each and the tax on it. */
export async function explainCommission(
  deps: Deps,
  { id, commissionMinor }: ExplainedSettlement,
): Promise<FigureBody> {
  const value = money(commissionMinor);
  const commissions = await listCommissions(deps, id);
  const equation = sumOf(
    commissions
      .filter(({ paidBy }) => paidBy === 'company')
      .flatMap(({ partner: code, name, nameEn, exTaxMinor, taxMinor }) => {
        const partner = { code, name, nameEn };
        const tax = { label: { name: 'commission-tax-of', partner }, value: money(taxMinor) } as const;
        return [
          { label: { name: 'commission-of', partner } as const, value: money(exTaxMinor) },
          ...(taxMinor === 0n ? [] : [tax]),
        ];
      }),
  );
  return {
    label: { name: 'commission' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'commission' },
  };
}
