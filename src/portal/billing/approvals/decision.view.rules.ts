import type { Change } from '../../../access/approvals/approval-kind.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { ConfirmView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { kindText, stateBadge, subjectLink } from './approval-words.rules.ts';
import { changesOf, factsOf, rightsOf } from './approval.view.rules.ts';
import type { LoadedApproval } from './approvals.pages.ts';

export interface DecisionView extends PageView, HeadView {
  readonly table: TableView;
  readonly formName: string;
  /** Left out for who may not decide, or when there is nothing to decide. */
  readonly confirm?: ConfirmView;
  readonly banner?: NonNullable<ConfirmView['banner']>;
}

/** Asks before another person's proposal is approved. */
export function approveView(loaded: LoadedApproval, frame: ViewFrame): DecisionView {
  const { t } = frame;
  const { isOwn, mayApprove } = rightsOf(loaded, frame);
  const path = pathOf(loaded);
  const confirm = {
    title: t('billing.approvals.approve-title'),
    texts: [t('billing.approvals.approve-text')],
    facts: factsOf(loaded, frame),
    fields: [{ name: 'note', label: t('billing.approvals.note'), isOptional: true, rows: 2 }],
    formName: 'billing.approve-form',
    action: `${path}/approve`,
    label: t('billing.approvals.approve'),
    back: path,
  };
  const refusal = isOwn ? 'billing.approvals.own-text' : 'billing.approvals.not-yours-text';
  return decisionView(loaded, frame, {
    title: t('billing.approvals.approve-page', { kind: kindText(loaded.approval.kind, t) }),
    formName: confirm.formName,
    ...(mayApprove ? { confirm } : { refusal: t(refusal) }),
  });
}

/** Asks why it is rejected or withdrawn. */
export function rejectView(loaded: LoadedApproval, frame: ViewFrame): DecisionView {
  const { t } = frame;
  const { isOwn, mayReject, mayWithdraw } = rightsOf(loaded, frame);
  const path = pathOf(loaded);
  const verb = isOwn ? 'withdraw' : 'reject';
  const confirm = {
    title: t(`billing.approvals.${verb}-title`),
    texts: [t(`billing.approvals.${verb}-text`)],
    facts: factsOf(loaded, frame),
    fields: [
      {
        name: 'note',
        label: t('billing.approvals.why-not'),
        hint: t('billing.approvals.why-not-hint'),
        rows: 3,
      },
    ],
    formName: 'billing.reject-form',
    action: `${path}/reject`,
    label: t(`billing.approvals.${verb}`),
    back: path,
    isDanger: true,
  };
  return decisionView(loaded, frame, {
    title: t(`billing.approvals.${verb}-page`, { kind: kindText(loaded.approval.kind, t) }),
    formName: confirm.formName,
    ...(mayReject || mayWithdraw ? { confirm } : { refusal: t('billing.approvals.not-yours-text') }),
  });
}

const pathOf = ({ approval }: LoadedApproval) => `/billing/approvals/${publicId('approval', approval.id)}`;

interface Decision {
  readonly title: string;
  readonly formName: string;
  readonly confirm?: ConfirmView;
  readonly refusal?: string;
}

function decisionView(
  loaded: LoadedApproval,
  frame: ViewFrame,
  { title, formName, confirm, refusal }: Decision,
): DecisionView {
  const { t } = frame;
  const { approval, isChanged } = loaded;
  const { state } = approval;
  const isVoid = isChanged && !confirm;
  const whyNot = isVoid ? t('billing.approvals.changed-text') : refusal;
  const text = state === 'pending' ? whyNot : t(`billing.approvals.lead.${state}`);
  return {
    title,
    formName,
    crumbs: [
      { href: '/billing/approvals', label: t('billing.approvals.title') },
      { href: pathOf(loaded), label: subjectLink(approval.subject, t).label },
    ],
    headBadge: stateBadge(approval.state, t),
    table: changesOf(approval.changes as Record<string, Change>, frame),
    ...(confirm && { confirm }),
    ...(text !== undefined && { banner: { tone: 'warn', text } }),
  };
}
