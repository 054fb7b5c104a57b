import type { Permission } from '../../../access/permissions.ts';
import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { BadgeView, LinkView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { feeLabel } from '../fee-fields.rules.ts';
import { isMessageKey, type Translate } from '../../messages/translate.ts';

/** What a kind of proposal is about, in words; its own name for one that has none. */
export function kindText(kind: string, t: Translate): string {
  const key = `billing.approvals.kind.${kind}`;
  return isMessageKey(key) ? t(key) : kind;
}

interface SubjectPage {
  readonly permission: Permission;
  readonly path: string;
}

/** Pages of subjects in this console, by what stands before the colon of a subject. */
const subjectPages: Readonly<Record<string, SubjectPage>> = {
  settlement: { permission: 'settlements:read', path: '/billing/settlements' },
  'payout-run': { permission: 'payouts:read', path: '/billing/payouts/runs' },
};

/** What would change, in words, with its own page where there is one. */
export function subjectLink(
  subject: string,
  t: Translate,
  can: ViewFrame['can'] = () => false,
): LinkView & { readonly hasPage: boolean } {
  const colon = subject.indexOf(':');
  const [noun, identity] = [subject.slice(0, colon), subject.slice(colon + 1)];
  const key = `billing.approvals.subject.${noun}`;
  const shown = noun === 'charge' || noun === 'refund' ? publicId(noun, identity) : identity;
  const page = subjectPages[noun];
  return {
    label: isMessageKey(key) ? t(key, { name: shown }) : subject,
    href: page ? `${page.path}/${encodeURIComponent(identity)}` : '',
    hasPage: page !== undefined && can(page.permission),
  };
}

const tones = {
  pending: 'warn',
  executed: 'good',
  rejected: 'bad',
  expired: 'plain',
  void: 'plain',
} as const;

/** The state of a proposal. */
export function stateBadge(state: ApprovalRow['state'], t: Translate): BadgeView {
  return { tone: tones[state], text: t(`billing.approvals.state.${state}`) };
}

/** What a field of a change is called. */
export function fieldText(field: string, { t, format }: Pick<ViewFrame, 't' | 'format'>): string {
  const fee = feeLabel(field, { t, format });
  if (fee !== undefined) return fee;
  const [, line] = /^transfer (\d+)$/.exec(field) ?? [];
  if (line !== undefined) return t('billing.approvals.field.transfer', { line });
  const key = `billing.approvals.field.${field}`;
  return isMessageKey(key) ? t(key) : field;
}

const lists = new Set(['roles']);

/** A value of a change as people read it: amounts, dates, shares, and words for what the program calls by a code. */
export function valueText(
  field: string,
  value: string | null,
  { t, format }: Pick<ViewFrame, 't' | 'format'>,
): string {
  if (value === null) return '';
  if (lists.has(field))
    return value
      .split(' ')
      .map((one) => roleText(one, t))
      .join(t('billing.approvals.and'));
  if (field.endsWith('Minor') && /^-?\d+$/.test(value)) return format.money(BigInt(value));
  if (field.endsWith('Bps') && /^\d+$/.test(value)) return `${Number(value) / 100}%`;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
  const key = `billing.approvals.value.${field}.${value}`;
  if (isMessageKey(key)) return t(key);
  const common = `billing.approvals.value.${value}`;
  return isMessageKey(common) ? t(common) : value;
}

function roleText(role: string, t: Translate): string {
  const key = `accounts.role.${role}`;
  return isMessageKey(key) ? t(key) : role;
}
