import type { OwnClawbacks } from '../../../collections/own-clawbacks.queries.ts';
import type { OwnPayout } from '../../../payouts/own-payouts.queries.ts';
import { livePayoutStates } from '../../../payouts/payout.rules.ts';
import type { OwnSettlement } from '../../../settlements/own-settlements.queries.ts';
import type { TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { explained, moneyTabs, payoutBadge, settlementHref } from './settlement-parts.rules.ts';

interface LoadedPayouts {
  readonly payouts: readonly OwnPayout[];
  readonly settlements: readonly OwnSettlement[];
}

/** What was paid out and what comes next. */
export function payoutsView({ payouts, settlements }: LoadedPayouts, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const live = new Set<OwnPayout['state']>(livePayoutStates);
  const sent = new Set(payouts.filter(({ state }) => live.has(state)).map(({ number }) => number));
  const due = settlements
    .filter(({ state, payoutMinor, number }) => state === 'approved' && payoutMinor > 0n && !sent.has(number))
    .toReversed();
  return {
    title: t('company.payouts.title'),
    parts: moneyTabs(frame, 'payouts'),
    sections: [
      {
        id: 'due',
        title: t('company.payouts.due'),
        table: {
          caption: t('company.payouts.due'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('company.settlements.month') },
            { label: t('company.settlements.payout-on') },
            { label: t('company.payouts.note'), isLong: true },
            { label: t('company.charge.amount'), isNumber: true },
          ],
          rows: due.map(({ number, billingPeriod, payoutOn, payoutMinor, heldReason }) => ({
            cells: [
              { text: format.month(billingPeriod), href: settlementHref(number) },
              format.date(payoutOn),
              heldReason === null ? '' : t('company.settlement.state.held'),
              explained(format.money(payoutMinor), { of: 'settlement', number, figure: 'payout' }),
            ],
          })),
          empty: { title: t('company.payouts.none-due'), text: t('company.payouts.none-due-text') },
        },
      },
      {
        id: 'payouts',
        title: t('company.payouts.made'),
        table: payoutsTable(payouts, frame, t('company.payouts.none')),
      },
    ],
  };
}

/** Transfers of the bank. */
export function payoutsTable(payouts: readonly OwnPayout[], frame: ViewFrame, none: string): TableView {
  const { t, format } = frame;
  return {
    caption: t('company.payouts.made'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.settlements.month') },
      { label: t('company.payouts.pay-on') },
      { label: t('company.payouts.account') },
      { label: t('company.charge.state') },
      { label: t('company.charge.amount'), isNumber: true },
    ],
    rows: payouts.map((payout) => ({
      cells: [
        { text: format.month(payout.billingPeriod), href: settlementHref(payout.number) },
        {
          text: format.date(payout.payOn),
          ...(payout.payOn !== payout.dueOn && {
            note: t('company.payouts.due-on', { date: format.date(payout.dueOn) }),
          }),
        },
        t('company.payouts.account-end', { bank: payout.bankName, end: payout.accountEnd }),
        payout.returnedReason === null
          ? { badge: payoutBadge(payout.state, frame) }
          : { text: payoutBadge(payout.state, frame).text, note: payout.returnedReason },
        format.money(payout.amountMinor),
      ],
    })),
    empty: { title: none, text: '' },
  };
}

/** What is clawed back of what lines did not pay: what waits, and by settlement. */
export function clawbacksView({ waiting, settled }: OwnClawbacks, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  return {
    title: t('company.clawbacks.title'),
    lead: t('company.clawbacks.lead'),
    parts: moneyTabs(frame, 'clawbacks'),
    sections: [
      {
        id: 'waiting',
        title: t('company.clawbacks.waiting'),
        facts: [
          { label: t('company.figure.clawback'), text: format.money(-waiting.clawbackMinor), isNumber: true },
          { label: t('company.figure.recovery'), text: format.money(waiting.recoveryMinor), isNumber: true },
          {
            label: t('company.clawbacks.net'),
            text: format.money(waiting.recoveryMinor - waiting.clawbackMinor),
            isNumber: true,
            isTotal: true,
          },
        ],
      },
      {
        id: 'settled',
        title: t('company.clawbacks.settled'),
        table: {
          caption: t('company.clawbacks.settled'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('company.settlements.month') },
            { label: t('company.figure.clawback'), isNumber: true },
            { label: t('company.figure.recovery'), isNumber: true },
          ],
          rows: settled.map(({ number, billingPeriod, clawbackMinor, recoveryMinor }) => ({
            cells: [
              { text: format.month(billingPeriod), href: settlementHref(number) },
              explained(format.money(-clawbackMinor), { of: 'settlement', number, figure: 'clawback' }),
              explained(format.money(recoveryMinor), { of: 'settlement', number, figure: 'recovery' }),
            ],
          })),
          empty: { title: t('company.clawbacks.none'), text: t('company.clawbacks.none-text') },
        },
      },
    ],
  };
}
