import { actorName, type Actor } from '../../../access/actor.ts';
import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import { isSamePerson } from '../../../access/approvals/approval.rules.ts';
import type { PeopleNames } from '../../../accounts/people-names.queries.ts';
import { isRefundReason, refundReasons } from '../../../refunds/refund-reason.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { ConfirmView, FactView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { staffText } from '../person-text.rules.ts';
import { chargeHref } from '../support-links.rules.ts';
import type { LoadedApproval } from './approvals.pages.ts';

export const approvalHref = (id: string): string => `/support/approvals/${publicId('approval', id)}`;

interface Loaded {
  readonly actor: Actor;
  readonly rows: readonly ApprovalRow[];
  readonly names: PeopleNames;
}

const crumbs = ({ t }: ViewFrame) => [{ href: '/support/approvals', label: t('support.approvals.title') }];

/** The proposed refunds that wait, the person's own too. */
export function approvalsView({ actor, rows, names }: Loaded, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  return {
    title: t('support.approvals.title'),
    lead: t('support.approvals.lead'),
    sections: [
      {
        id: 'waiting',
        title: t('support.approvals.waiting'),
        table: {
          caption: t('support.approvals.waiting'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('support.charge.number') },
            { label: t('support.refund.amount'), isNumber: true },
            { label: t('support.approvals.proposer') },
            { label: t('support.approvals.proposed-at') },
            { label: t('support.refund.why'), isLong: true },
          ],
          rows: rows.map((row) => ({
            cells: [
              { text: publicId('charge', chargeOf(row)), href: approvalHref(row.id) },
              format.money(BigInt(String(row.input['amountMinor']))),
              isSamePerson(row.maker, actorName(actor))
                ? t('support.approvals.you')
                : staffText(row.maker, names, frame),
              format.dateTime(row.proposedAt),
              row.reason,
            ],
          })),
          empty: { title: t('support.approvals.none'), text: t('support.approvals.none-text') },
        },
      },
    ],
  };
}

const chargeOf = ({ subject }: Pick<ApprovalRow, 'subject'>) => subject.slice(subject.indexOf(':') + 1);

/** One proposed refund, with the question for whom did not propose it. */
export function approvalView(loaded: LoadedApproval, frame: ViewFrame): SectionsView {
  const { approval } = loaded;
  const { t } = frame;
  const mayReject = approval.state === 'pending';
  const mayApprove = mayReject && !isOwn(loaded) && !loaded.isChanged;
  const href = approvalHref(approval.id);
  return {
    title: t('support.approvals.one-title'),
    crumbs: crumbs(frame),
    banners: bannersOf(loaded, frame),
    actions: mayReject
      ? [{ href: `${href}/reject`, label: t(`support.approvals.${isOwn(loaded) ? 'withdraw' : 'reject'}`) }]
      : [],
    sections: mayApprove
      ? []
      : [{ id: 'proposal', title: t('support.approvals.proposal'), facts: factsOf(loaded, frame) }],
    confirm: mayApprove ? approveConfirm(loaded, frame) : undefined,
  };
}

const isOwn = ({ actor, approval }: LoadedApproval) => isSamePerson(approval.maker, actorName(actor));

function approveConfirm(loaded: LoadedApproval, frame: ViewFrame): ConfirmView {
  const { t } = frame;
  return {
    title: t('support.approvals.question'),
    texts: [t('support.approvals.effect')],
    facts: factsOf(loaded, frame),
    fields: [{ name: 'note', label: t('support.approvals.note'), isOptional: true, rows: 2 }],
    formName: 'support.approve-form',
    action: approvalHref(loaded.approval.id),
    label: t('support.approvals.approve'),
    back: '/support/approvals',
  };
}

/** Asks why it is rejected, or withdrawn by who proposed it. */
export function rejectView(loaded: LoadedApproval, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const { id, state } = loaded.approval;
  const verb = isOwn(loaded) ? 'withdraw' : 'reject';
  return {
    title: t(`support.approvals.${verb}`),
    crumbs: [...crumbs(frame), { href: approvalHref(id), label: t('support.approvals.one-title') }],
    banners: bannersOf(loaded, frame),
    sections: [],
    confirm:
      state === 'pending'
        ? {
            title: t(`support.approvals.${verb}-question`),
            facts: factsOf(loaded, frame),
            fields: [{ name: 'note', label: t('support.approvals.why-not'), rows: 2 }],
            formName: 'support.reject-form',
            action: `${approvalHref(id)}/reject`,
            label: t(`support.approvals.${verb}`),
            back: approvalHref(id),
            isDanger: true,
          }
        : undefined,
  };
}

function bannersOf(loaded: LoadedApproval, { t }: ViewFrame): NonNullable<SectionsView['banners']> {
  const { state } = loaded.approval;
  if (state !== 'pending') return [{ tone: 'info', text: t(`support.approvals.state.${state}`) }];
  if (loaded.isChanged) return [{ tone: 'warn', text: t('support.approvals.changed') }];
  return isOwn(loaded) ? [{ tone: 'info', text: t('support.approvals.own') }] : [];
}

function factsOf({ approval, names }: LoadedApproval, frame: ViewFrame): FactView[] {
  const { t, format, language } = frame;
  const changes = approval.changes as Readonly<Record<string, { readonly after: string | null } | undefined>>;
  const after = (field: string) => changes[field]?.after ?? null;
  const amount = (field: string) => (after(field) === null ? '' : format.money(BigInt(after(field)!)));
  const reason = after('reason') ?? '';
  const id = chargeOf(approval);
  return [
    { label: t('support.charge.number'), text: publicId('charge', id), href: chargeHref(id) },
    { label: t('support.refund.amount'), text: amount('amountMinor') },
    { label: t('support.refund.captured'), text: amount('capturedMinor') },
    { label: t('support.refund.refunded-after'), text: amount('refundedMinor') },
    {
      label: t('support.refund.reason'),
      text: isRefundReason(reason) ? refundReasons[reason][language] : reason,
      ...(after('note') !== null && { note: after('note')! }),
    },
    { label: t('support.refund.why'), text: approval.reason },
    { label: t('support.approvals.proposer'), text: staffText(approval.maker, names, frame) },
    { label: t('support.approvals.expires-at'), text: format.dateTime(approval.expiresAt) },
  ];
}
