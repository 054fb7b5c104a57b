import type { OwnSettlement } from '../../../settlements/own-settlements.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { moneyTabs, settlementBadge, settlementHref } from './settlement-parts.rules.ts';

/** All statements, newest first. */
export function settlementsView(
  { settlements }: { readonly settlements: readonly OwnSettlement[] },
  frame: ViewFrame,
): SectionsView {
  const { t, format } = frame;
  const number = (key: Parameters<typeof t>[0]) => ({ label: t(key), isNumber: true });
  const [newest] = settlements;
  return {
    title: t('company.settlements.title'),
    lead: newest
      ? t('company.settlements.lead', {
          month: format.month(newest.billingPeriod),
          amount: format.money(newest.payoutMinor),
          date: format.date(newest.payoutOn),
        })
      : t('company.settlements.lead-none'),
    parts: moneyTabs(frame, 'settlements'),
    sections: [
      {
        id: 'settlements',
        title: t('company.settlements.part.settlements'),
        table: {
          caption: t('company.settlements.title'),
          isCaptionUnseen: true,
          isDense: true,
          isWide: true,
          columns: [
            { label: t('company.settlements.month') },
            number('company.figure.total'),
            number('company.figure.fee'),
            number('company.figure.clawback'),
            number('company.figure.payout'),
            { label: t('company.settlements.payout-on') },
            { label: t('company.charge.state') },
          ],
          rows: settlements.map((settlement) => ({
            cells: [
              { text: format.month(settlement.billingPeriod), href: settlementHref(settlement.number) },
              format.money(settlement.billedMinor - settlement.refundedMinor),
              format.money(settlement.feeExTaxMinor + settlement.feeTaxMinor),
              clawbackText(settlement, frame),
              format.money(settlement.payoutMinor),
              format.date(settlement.payoutOn),
              { badge: settlementBadge(settlement, frame) },
            ],
          })),
          empty: { title: t('company.settlements.none'), text: t('company.settlements.none-text') },
        },
      },
    ],
  };
}

/** What was clawed back less what was recovered. */
function clawbackText({ clawbackMinor, recoveryMinor }: OwnSettlement, { format }: ViewFrame): string {
  const net = recoveryMinor - clawbackMinor;
  return clawbackMinor === 0n && recoveryMinor === 0n ? '' : format.money(net);
}
