import { isRefundReason, refundReasons } from '../../../refunds/refund-reason.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { staffText } from '../person-text.rules.ts';
import { caseBadge } from '../state-words.rules.ts';
import { caseHref } from '../support-links.rules.ts';
import type { LoadedCharge } from './charge.pages.ts';

/** What was given back so far. */
export function refundsTable({ charge, names }: LoadedCharge, frame: ViewFrame): TableView {
  const { t, format, language } = frame;
  const sum = charge.refunds.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return {
    caption: t('support.charge.refunds'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.charge.refund') },
      { label: t('support.charge.refund-date') },
      { label: t('support.charge.refund-reason'), isLong: true },
      { label: t('support.charge.refund-by') },
      { label: t('support.charge.amount'), isNumber: true },
    ],
    rows: charge.refunds.map((refund) => ({
      cells: [
        { text: publicId('refund', refund.id), note: t(`support.charge.paid-${refund.kind}`) },
        format.date(refund.businessDate),
        isRefundReason(refund.reason) ? refundReasons[refund.reason][language] : refund.reason,
        staffText(refund.createdBy, names, frame),
        format.money(refund.amountMinor),
      ],
    })),
    ...(charge.refunds.length > 1 && {
      foot: [t('support.charge.refund-sum'), '', '', '', format.money(sum)],
    }),
    empty: { title: t('support.charge.no-refunds'), text: '' },
  };
}

/** Cases about it, or about the agreement that it was charged under. */
export function casesTable({ charge: { cases } }: LoadedCharge, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('support.charge.cases'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.charge.case') },
      { label: t('support.charge.case-opened') },
      { label: t('support.charge.case-state') },
    ],
    rows: cases.map(({ number, openedAt, state }) => ({
      cells: [
        { text: number, href: caseHref(number) },
        format.dateTime(openedAt),
        { badge: caseBadge(state, frame) },
      ],
    })),
    empty: { title: t('support.charge.no-cases'), text: '' },
  };
}
