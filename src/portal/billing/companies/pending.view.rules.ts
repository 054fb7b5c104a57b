import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import type { Change } from '../../../access/approvals/approval-kind.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { maskAccountsIn } from '../../../shared/mask-account.rules.ts';
import { feeLabel, feesForReader } from '../fee-fields.rules.ts';
import { isMessageKey } from '../../messages/translate.ts';
import { fieldLabel, fieldText } from './company-words.rules.ts';
import type { SectionView } from './subject.types.ts';

/** Proposals that wait for a second person, each with what it changes: they stand first on the page of their subject. */
export function pendingSections(pending: readonly ApprovalRow[], frame: ViewFrame): SectionView[] {
  const { t, format, can, nameOf } = frame;
  return pending.map(({ id, kind, maker, proposedAt, expiresAt, reason, changes }, index) => ({
    id: `pending-${index}`,
    title: kindTitle(kind, frame),
    badge: { tone: 'warn', text: t('billing.companies.pending') },
    texts: [
      t('billing.companies.pending.by', {
        who: nameOf(maker),
        at: format.dateTime(proposedAt),
        until: format.dateTime(expiresAt),
      }),
      t('billing.companies.pending.reason', { reason }),
    ],
    facts: readableChanges(changes as Record<string, Change>, frame).map(([name, { before, after }]) => ({
      label: feeLabel(name, frame) ?? fieldLabel(name, t),
      text: fieldText(name, after, frame),
      ...(before !== null && { was: fieldText(name, before, frame) }),
    })),
    links: can('approvals:read')
      ? [
          {
            href: `/billing/approvals/${publicId('approval', id)}`,
            label: t('billing.companies.pending.link'),
          },
        ]
      : [],
  }));
}

/** Without fees in words of the other language, and with whole account numbers only for who may read them. */
function readableChanges(changes: Readonly<Record<string, Change>>, { can, language }: ViewFrame) {
  const shown = can('bank-accounts:read') ? changes : maskAccountsIn(changes);
  return feesForReader(Object.entries(shown), language);
}

function kindTitle(kind: string, { t }: ViewFrame): string {
  const key = `billing.companies.pending.${kind}`;
  return isMessageKey(key) ? t(key) : kind;
}
