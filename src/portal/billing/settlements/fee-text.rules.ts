import { explainFee } from '../../../settlements/fee-wording.rules.ts';
import { calculateFee } from '../../../settlements/fee.rules.ts';
import type { SettlementDetails } from '../../../settlements/settlement-details.queries.ts';
import { feeBase } from '../../../settlements/settlement.rules.ts';
import { formatPercent } from '../../../shared/average.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

/** How the fee comes about, in whole sentences, and the tax on it. Settlements of rule version 1 are explained by their statement. */
export function feeText({ settlement, tariff }: SettlementDetails, { t, language }: ViewFrame): string {
  const { feeTaxable, feeTaxRateBps, ruleVersion, refundedMinor } = settlement;
  const tax = feeTaxable
    ? t('billing.settlements.fee-taxed', { rate: formatPercent(feeTaxRateBps) })
    : t('billing.settlements.fee-exempt');
  if (ruleVersion === 1) return tax;
  const { definition } = tariff;
  const billed = feeBase({ billed: settlement, refundedMinor, setUpInFee: undefined });
  const fee = calculateFee(definition, billed);
  return `${explainFee({ tariff: definition, billed, fee, locale: language })} ${tax}`;
}
