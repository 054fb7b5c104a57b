import {
  bankRefundStages,
  type BankRefundDetails,
  type BankRefundRow,
  type BankRefundStage,
} from '../../../refunds/bank-refund-list.queries.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { collectionTabs, refundHref, stageBadge, tabHref, withQuery } from './collection-parts.rules.ts';

export const REFUNDS_ON_PAGE = 50;

interface Refunds {
  readonly refunds: readonly BankRefundRow[];
  readonly query: { readonly stage?: BankRefundStage; readonly before?: string };
}

/** Refunds by bank, the newest first. */
export function refundsView({ refunds, query }: Refunds, { t, format }: ViewFrame): SectionsView {
  const here = tabHref('refunds');
  const { stage, before } = query;
  const shown = refunds.slice(0, REFUNDS_ON_PAGE);
  return {
    title: t('billing.collections.refunds.title'),
    lead: t('billing.collections.refunds.lead'),
    parts: collectionTabs(t, 'refunds'),
    filter: {
      action: here,
      fields: [
        {
          name: 'stage',
          label: t('billing.collections.column.state'),
          value: stage ?? '',
          options: [
            { value: '', label: t('billing.collections.all') },
            ...bankRefundStages.map((value) => ({ value, label: t(`billing.collections.stage.${value}`) })),
          ],
        },
      ],
      active: stage === undefined ? [] : [{ href: here, label: t(`billing.collections.stage.${stage}`) }],
      clearHref: here,
      found: t('billing.collections.refunds.found', { count: format.count(shown.length) }),
    },
    sections: [
      {
        id: 'refunds',
        title: t('billing.collections.tab.refunds'),
        table: {
          caption: t('billing.collections.refunds.title'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.collections.column.refund') },
            { label: t('billing.collections.column.company') },
            { label: t('billing.collections.column.booked-on'), isLess: true },
            { label: t('billing.collections.column.state') },
            { label: t('billing.collections.column.amount'), isNumber: true },
            { label: t('billing.collections.column.payable'), isNumber: true },
            { label: t('billing.collections.column.cancelled'), isNumber: true },
          ],
          rows: shown.map((refund) => ({
            cells: [
              {
                text: publicId('refund', refund.refundId),
                href: refundHref(publicId('refund', refund.refundId)),
              },
              refund.company,
              format.date(refund.bookedOn),
              { badge: stageBadge(t, refund.stage) },
              format.money(refund.amountMinor),
              format.money(refund.payableMinor),
              format.money(refund.cancelledMinor),
            ],
          })),
          empty: { title: t('billing.collections.refunds.none'), text: '' },
        },
      },
    ],
    pager: {
      ...(before !== undefined && { first: withQuery(here, { stage }) }),
      ...(refunds.length > REFUNDS_ON_PAGE && {
        next: withQuery(here, { stage, before: shown.at(-1)!.refundId }),
      }),
    },
  };
}

/** One refund by bank, and the question whether to pay what was collected after it was cancelled. */
export function refundView(refund: BankRefundDetails, { t, format, can }: ViewFrame): SectionsView {
  const { pending, collectedLaterMinor, decidedOn, paidOn } = refund;
  const id = publicId('refund', refund.refundId);
  const money = (label: string, amountMinor: bigint) => ({
    label,
    text: format.money(amountMinor),
    isNumber: true,
  });
  const isReopenable = collectedLaterMinor > 0n && pending === undefined && can('refunds:write');
  return {
    title: t('billing.collections.refund.title'),
    lead: id,
    crumbs: [{ href: tabHref('refunds'), label: t('billing.collections.refunds.title') }],
    headBadge: stageBadge(t, refund.stage),
    banners:
      pending === undefined
        ? []
        : [
            {
              tone: 'warn',
              title: t('billing.collections.refund.pending'),
              text: pending.reason,
              ...(can('approvals:read') && {
                link: {
                  href: `/billing/approvals/${publicId('approval', pending.id)}`,
                  label: t('billing.collections.refund.open'),
                },
              }),
            },
          ],
    sections: [
      {
        id: 'facts',
        title: t('billing.collections.refund.facts'),
        facts: [
          { label: t('billing.collections.column.company'), text: refund.company },
          { label: t('billing.collections.column.line'), text: refund.lineId },
          { label: t('billing.collections.column.booked-on'), text: format.date(refund.bookedOn) },
          {
            label: t('billing.collections.refund.decided'),
            text: decidedOn === null ? '' : format.date(decidedOn),
          },
          { label: t('billing.collections.refund.paid'), text: paidOn === null ? '' : format.date(paidOn) },
          money(t('billing.collections.column.amount'), refund.amountMinor),
          money(t('billing.collections.column.payable'), refund.payableMinor),
          ...(refund.paidBeforeMinor > 0n
            ? [money(t('billing.collections.refund.paid-before'), refund.paidBeforeMinor)]
            : []),
          money(t('billing.collections.column.cancelled'), refund.cancelledMinor),
          money(t('billing.collections.refund.later'), collectedLaterMinor),
        ],
      },
    ],
    confirm: !isReopenable
      ? undefined
      : {
          title: t('billing.collections.refund.question'),
          texts: [t('billing.collections.refund.text', { amount: format.money(collectedLaterMinor) })],
          banner: { tone: 'info', text: t('billing.payouts.two-people') },
          fields: [
            {
              name: 'reason',
              label: t('billing.collections.reason'),
              hint: t('billing.payouts.reason-hint'),
              rows: 2,
            },
          ],
          formName: 'billing.refund-reopen',
          action: refundHref(id),
          label: t('billing.collections.refund.submit'),
          back: tabHref('refunds'),
        },
  };
}
