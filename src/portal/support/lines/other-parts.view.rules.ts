import { publicId } from '../../../shared/public-id.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { isMessageKey } from '../../messages/translate.ts';
import { sellerOf } from '../company-name.rules.ts';
import { caseBadge } from '../state-words.rules.ts';
import { caseHref, chargeHref } from '../support-links.rules.ts';
import type { PartTable } from './part.types.ts';
import type { Loaded } from './parts.ts';

/** What was given back, on which invoice or by bank, and who decided it. */
export function refundsTable({ rows }: Loaded['refunds'], frame: ViewFrame): PartTable {
  const { t, format } = frame;
  return {
    columns: [
      { label: t('support.part.refund'), isLong: true },
      { label: t('support.part.amount'), isNumber: true },
      { label: t('support.part.date') },
      { label: t('support.part.seller'), isLong: true },
      { label: t('support.part.way') },
      { label: t('support.part.by'), isLess: true },
    ],
    rows: rows.map((row) => [
      { text: row.description, href: chargeHref(row.chargeId), note: publicId('refund', row.id) },
      format.money(row.amountMinor),
      format.date(row.businessDate),
      sellerOf(row, frame),
      row.kind === 'bank'
        ? t('support.part.way.bank')
        : t('support.part.way.invoice', { month: format.month(row.billingPeriod) }),
      row.by,
    ]),
    empty: { title: t('support.part.no-refunds'), text: '' },
  };
}

/** Cases about the tenure. */
export function casesTable({ rows }: Loaded['cases'], frame: ViewFrame): PartTable {
  const { t, format } = frame;
  return {
    columns: [
      { label: t('support.part.case') },
      { label: t('support.part.opened') },
      { label: t('support.part.seller'), isLong: true },
      { label: t('support.part.assignee') },
      { label: t('support.part.state') },
    ],
    rows: rows.map((row) => [
      { text: row.number, href: caseHref(row.number) },
      format.dateTime(row.openedAt),
      row.company === null || row.companyEn === null
        ? ''
        : sellerOf({ company: row.company, companyEn: row.companyEn }, frame),
      row.assignee ?? '',
      { badge: caseBadge(row.state, frame) },
    ]),
    empty: { title: t('support.part.no-cases'), text: '' },
  };
}

const MAIL_TONES = { waiting: 'plain', sent: 'good', failed: 'bad', dropped: 'warn' } as const;

/** Mails to the people of the tenure. */
export function mailsTable({ rows }: Loaded['mails'], { t, format }: ViewFrame): PartTable {
  return {
    columns: [
      { label: t('support.part.mail'), isLong: true },
      { label: t('support.part.to'), isLong: true },
      { label: t('support.part.sent') },
      { label: t('support.part.state') },
    ],
    rows: rows.map((row) => [
      mailName(row.kind, t),
      row.toAddress,
      format.dateTime(row.sentAt ?? row.queuedAt),
      { badge: { tone: MAIL_TONES[row.state], text: t(`support.mail.state.${row.state}`) } },
    ]),
    empty: { title: t('support.part.no-mails'), text: '' },
  };
}

function mailName(kind: string, t: ViewFrame['t']): string {
  const key = `support.mail.${kind}`;
  return isMessageKey(key) ? t(key) : kind;
}

/** What was done, by whom: the audit trail about the line and its IDs. */
export function historyTable({ rows }: Loaded['history'], { t, format }: ViewFrame): PartTable {
  return {
    columns: [
      { label: t('support.part.at') },
      { label: t('support.part.action'), isLong: true },
      { label: t('support.part.by') },
    ],
    rows: rows.map(({ at, action, by, reason }) => [
      format.dateTime(at),
      reason
        ? {
            text: actionName(action, t),
            note: t('support.part.why', {
              who: t(`support.act.asked-by.${reason.askedBy}`),
              why: reason.why,
            }),
          }
        : actionName(action, t),
      byWhom(by, t),
    ]),
    empty: { title: t('support.part.no-history'), text: '' },
  };
}

function actionName(action: string, t: ViewFrame['t']): string {
  const key = `support.action.${action}`;
  return isMessageKey(key) ? t(key) : action;
}

/** Jobs and people with an issued ID have no name of an account. */
function byWhom(by: string, t: ViewFrame['t']): string {
  if (by.startsWith('job:')) return t('support.part.by-job');
  if (by.startsWith('subscriber:')) return t('support.part.by-subscriber');
  return by.replace(/^staff:/, '');
}
