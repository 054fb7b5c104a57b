import { actorName } from '../../../access/actor.ts';
import type { Change } from '../../../access/approvals/approval-kind.ts';
import { isSamePerson } from '../../../access/approvals/approval.rules.ts';
import { approvalKinds } from '../../../approval-kinds.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { ConfirmView, FactView, HeadView, StepView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { feesForReader } from '../fee-fields.rules.ts';
import { personText } from '../person-text.rules.ts';
import { fieldText, kindText, stateBadge, subjectLink, valueText } from './approval-words.rules.ts';
import type { LoadedApproval } from './approvals.pages.ts';

export interface ApprovalView extends PageView, HeadView {
  readonly banner?: NonNullable<ConfirmView['banner']>;
  readonly facts: readonly FactView[];
  readonly factsTitle: string;
  readonly table: TableView;
  readonly timeline: readonly StepView[];
  readonly historyTitle: string;
}

/** What the person who looks may do with a proposal. */
export function rightsOf({ actor, approval, isChanged }: LoadedApproval, { can }: Pick<ViewFrame, 'can'>) {
  const kind = approvalKinds.find((candidate) => candidate.kind === approval.kind);
  const isPending = approval.state === 'pending' && kind !== undefined;
  const isOwn = isSamePerson(approval.maker, actorName(actor));
  const mayApprove = isPending && !isOwn && can(kind.approve);
  return {
    isOwn,
    mayApprove: mayApprove && !isChanged,
    mayReject: mayApprove,
    mayWithdraw: isPending && isOwn && can(kind.propose),
  };
}

/** One proposal. */
export function approvalView(loaded: LoadedApproval, frame: ViewFrame): ApprovalView {
  const { approval } = loaded;
  const { t } = frame;
  const { isOwn, mayApprove, mayReject, mayWithdraw } = rightsOf(loaded, frame);
  const path = `/billing/approvals/${publicId('approval', approval.id)}`;
  const banner = bannerOf(loaded, frame);
  return {
    title: t('billing.approvals.one-title', {
      kind: kindText(approval.kind, t),
      subject: subjectLink(approval.subject, t).label,
    }),
    crumbs: [{ href: '/billing/approvals', label: t('billing.approvals.title') }],
    headBadge: stateBadge(approval.state, t),
    lead: leadText(loaded, frame),
    actions: [
      ...(mayApprove ? [{ href: `${path}/approve`, label: t('billing.approvals.to-approve') }] : []),
      ...(mayReject ? [{ href: `${path}/reject`, label: t('billing.approvals.to-reject') }] : []),
      ...(mayWithdraw && isOwn
        ? [{ href: `${path}/reject`, label: t('billing.approvals.to-withdraw') }]
        : []),
    ],
    ...(banner && { banner }),
    factsTitle: t('billing.approvals.facts'),
    facts: factsOf(loaded, frame),
    table: changesOf(approval.changes as Record<string, Change>, frame),
    historyTitle: t('billing.approvals.history'),
    timeline: historyOf(loaded, frame),
  };
}

function leadText(loaded: LoadedApproval, frame: ViewFrame): string {
  const { approval, names } = loaded;
  const { t, format } = frame;
  const { state } = approval;
  if (state !== 'pending') return t(`billing.approvals.lead.${state}`);
  const { isOwn, mayReject } = rightsOf(loaded, frame);
  if (isOwn) return t('billing.approvals.lead.own');
  const facts = { name: personText(approval.maker, names, t), until: format.dateTime(approval.expiresAt) };
  return t(mayReject ? 'billing.approvals.lead.yours' : 'billing.approvals.lead.others', facts);
}

function bannerOf({ approval, isChanged }: LoadedApproval, { t }: ViewFrame): ApprovalView['banner'] {
  if (approval.state !== 'pending' || !isChanged) return undefined;
  return {
    tone: 'warn',
    title: t('billing.approvals.changed'),
    text: t('billing.approvals.changed-text'),
  };
}

/** What it is about, why, and who. */
export function factsOf({ approval, names }: LoadedApproval, { t, format, can }: ViewFrame): FactView[] {
  const subject = subjectLink(approval.subject, t, can);
  return [
    {
      label: t('billing.approvals.subject'),
      text: subject.label,
      ...(subject.hasPage && { href: subject.href }),
    },
    { label: t('billing.approvals.kind'), text: kindText(approval.kind, t) },
    { label: t('billing.approvals.reason'), text: approval.reason },
    { label: t('billing.approvals.proposer'), text: personText(approval.maker, names, t) },
    { label: t('billing.approvals.proposed-at'), text: format.dateTime(approval.proposedAt) },
    ...(approval.state === 'pending'
      ? [{ label: t('billing.approvals.expires-at'), text: format.dateTime(approval.expiresAt) }]
      : []),
    { label: t('billing.approvals.id'), text: publicId('approval', approval.id) },
  ];
}

/** Each field that changes, with what it was where it was something. */
export function changesOf(changes: Readonly<Record<string, Change>>, frame: ViewFrame): TableView {
  const { t } = frame;
  const entries = feesForReader(Object.entries(changes), frame.language);
  const hasBefore = entries.some(([, { before }]) => before !== null);
  const value = (field: string, text: string | null, none: string) => valueText(field, text, frame) || none;
  return {
    caption: t('billing.approvals.changes'),
    isDense: true,
    columns: [
      { label: t('billing.approvals.field') },
      ...(hasBefore ? [{ label: t('billing.approvals.before') }] : []),
      { label: t('billing.approvals.after') },
    ],
    rows: entries.map(([field, { before, after }]) => ({
      cells: [
        fieldText(field, frame),
        ...(hasBefore ? [value(field, before, '–')] : []),
        value(field, after, t('billing.approvals.nothing')),
      ],
    })),
  };
}

function historyOf({ approval, names }: LoadedApproval, { t, format }: ViewFrame): StepView[] {
  const { proposedAt, decidedAt, state, note = null, checker = null, expiresAt } = approval;
  const step = (at: Date) => ({ at: at.toISOString(), when: format.dateTime(at) });
  const proposed = {
    ...step(proposedAt),
    text: t('billing.approvals.step.proposed'),
    who: personText(approval.maker, names, t),
    note: approval.reason,
  };
  if (state === 'pending') {
    return [proposed, { ...step(expiresAt), text: t('billing.approvals.step.pending'), tone: 'waiting' }];
  }
  const isWithdrawn = state === 'rejected' && checker === null;
  return [
    proposed,
    {
      ...step(decidedAt ?? expiresAt),
      text: t(isWithdrawn ? 'billing.approvals.step.withdrawn' : `billing.approvals.step.${state}`),
      ...(checker !== null && { who: personText(checker, names, t) }),
      ...(note !== null && { note }),
      ...(state === 'executed' && { tone: 'good' as const }),
      ...(state === 'rejected' && { tone: 'bad' as const }),
    },
  ];
}
