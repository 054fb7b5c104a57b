import type { CompanyNames } from '../../../companies/company-names.queries.ts';
import type { AccountMakers } from '../../../payouts/account-makers.queries.ts';
import type { PayoutLine } from '../../../payouts/payout-run.queries.ts';
import type { PayoutRunReview } from '../../../payouts/payout-run-review.queries.ts';
import { payoutCode, payoutFileName } from '../../../payouts/payout.rules.ts';
import { formatIban } from '../../../shared/iban.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { CellView, FactView, LinkView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import {
  accountText,
  payeeText,
  payoutBadge,
  PAYOUTS,
  referenceCell,
  runBadge,
  runHref,
  tabHref,
} from './payout-parts.rules.ts';

type Named = PayoutRunReview & { readonly names: CompanyNames };

/** One payout run: where it stands, what comes next, and each transfer. */
export function runView(review: Named, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { run, pending } = review;
  return {
    title: t('billing.payouts.run.title', { number: run.number }),
    lead: t('billing.payouts.run.lead', {
      day: format.date(run.payOn),
      count: format.count(run.payoutCount),
      total: format.money(run.totalMinor),
    }),
    crumbs: runCrumbs(frame),
    headBadge: runBadge(t, run.state, pending !== undefined),
    actions: actionsOf(review, frame),
    banners: bannersOf(review, frame),
    sections: [
      { id: 'transfers', title: t('billing.payouts.run.transfers'), table: transfersTable(review, frame) },
      { id: 'file', title: t('billing.payouts.run.facts'), facts: factsOf(review, frame) },
    ],
  };
}

function runCrumbs({ t }: ViewFrame): LinkView[] {
  return [
    { href: PAYOUTS, label: t('billing.payouts.due.title') },
    { href: tabHref('runs'), label: t('billing.payouts.tab.runs') },
  ];
}

function actionsOf({ run, pending }: PayoutRunReview, { t, can }: ViewFrame) {
  if (!can('payouts:propose')) return [];
  const href = runHref(run.number);
  const action = (name: 'propose' | 'write' | 'discard', isPrimary = false) => ({
    href: `${href}/${name}`,
    label: t(`billing.payouts.${name}.action`),
    isPrimary,
  });
  switch (run.state) {
    case 'draft':
      return [...(pending === undefined ? [action('propose', true)] : []), action('discard')];
    case 'approved':
      return [action('write', true), action('discard')];
    case 'sent':
      return [{ href: `${href}/file`, label: t('billing.payouts.run.download'), isPrimary: true }];
    default:
      return [];
  }
}

export const approvalHref = (id: string): string => `/billing/approvals/${publicId('approval', id)}`;

function bannersOf({ run, lines, pending }: PayoutRunReview, { t, format, can, nameOf }: ViewFrame) {
  const repeated = lines.filter(({ replacesId }) => replacesId !== null).length;
  const link = can('approvals:read')
    ? { link: { href: approvalHref(pending?.id ?? ''), label: t('billing.payouts.pending.link') } }
    : {};
  return [
    ...(pending === undefined
      ? []
      : [
          {
            tone: 'warn' as const,
            title: t('billing.payouts.pending.title'),
            text: t('billing.payouts.pending.text', {
              maker: nameOf(pending.maker),
              when: format.dateTime(pending.proposedAt),
              reason: pending.reason,
            }),
            ...link,
          },
        ]),
    ...(repeated === 0
      ? []
      : [
          {
            tone: 'bad' as const,
            text: t('billing.payouts.run.repeated', { count: format.count(repeated) }),
          },
        ]),
    ...(run.state === 'approved'
      ? [{ tone: 'info' as const, text: t('billing.payouts.run.approved-next') }]
      : []),
  ];
}

function transfersTable({ run, lines, makers, names }: Named, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const makersOf = new Map(makers.map((maker) => [maker.lineNumber, maker]));
  return {
    caption: t('billing.payouts.run.transfers'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.payouts.column.line') },
      { label: t('billing.payouts.column.payee'), isLong: true },
      { label: t('billing.payouts.column.reference'), isLess: true },
      { label: t('billing.payouts.column.account') },
      { label: t('billing.payouts.column.state') },
      { label: t('billing.payouts.column.amount'), isNumber: true },
    ],
    rows: lines.map((line) => ({
      cells: [
        String(line.lineNumber),
        payeeCell(line, names, frame),
        referenceCell(line),
        accountCell(line, makersOf.get(line.lineNumber), frame),
        stateCell(line, frame),
        format.money(line.amountMinor),
      ],
    })),
    foot: [t('billing.payouts.total'), '', '', '', '', format.money(run.totalMinor)],
  };
}

function payeeCell(line: PayoutLine, names: CompanyNames, frame: ViewFrame): CellView {
  const { t, format } = frame;
  const { replacedNumber, replacedLine, replacedOn, replacedReason, replacedVersion, payee } = line;
  if (replacedNumber === null || replacedLine === null)
    return { text: payeeText(line.company, names, frame), note: payee };
  const facts = {
    code: payoutCode({ number: replacedNumber, lineNumber: replacedLine }),
    day: replacedOn === null ? '?' : format.date(replacedOn),
    reason: replacedReason ?? '?',
  };
  const isSame = replacedVersion === line.accountVersion;
  const again = t(isSame ? 'billing.payouts.again-same' : 'billing.payouts.again-other', facts);
  return { text: payeeText(line.company, names, frame), note: `${payee} – ${again}` };
}

/** With the mark of an account that is new to the bank, and who is behind one to which nothing was paid. */
function accountCell(line: PayoutLine, maker: AccountMakers | undefined, frame: ViewFrame): CellView {
  const { t } = frame;
  const news = line.accountNews === 'none' ? [] : [t(`billing.payouts.news.${line.accountNews}`)];
  const people = maker?.makers.map(frame.nameOf).join(', ') ?? '';
  const by =
    maker === undefined
      ? []
      : [
          people === ''
            ? t('billing.payouts.entered-by-nobody')
            : t(maker.isApproved ? 'billing.payouts.proposed-by' : 'billing.payouts.entered-by', {
                people,
              }),
        ];
  const note = [...news, ...by].join(' – ');
  return { text: accountText(line, frame), ...(note !== '' && { note }) };
}

function stateCell({ state, resultOn, returnedReason }: PayoutLine, { t, format }: ViewFrame): CellView {
  if (resultOn === null) return { badge: payoutBadge(t, state) };
  const text = payoutBadge(t, state).text;
  return { text, note: [format.date(resultOn), returnedReason ?? ''].filter(Boolean).join(' ') };
}

function factsOf({ run }: PayoutRunReview, { t, format, can, nameOf }: ViewFrame): FactView[] {
  const kind = 'iban' in run.originator ? 'EUR' : 'JPY';
  const file = run.state === 'sent' ? payoutFileName(kind, run) : '';
  const { approvalId, sentOn, writtenAt } = run;
  return [
    {
      label: t('billing.payouts.run.prepared'),
      text: format.date(run.preparedOn),
      note: nameOf(run.preparedBy),
    },
    {
      label: t('billing.payouts.run.approval'),
      text: approvalId ? publicId('approval', approvalId) : '',
      ...(approvalId && can('approvals:read') && { href: approvalHref(approvalId) }),
    },
    { label: t('billing.payouts.run.file'), text: file },
    { label: t('billing.payouts.run.checksum'), text: run.checksum ?? '' },
    {
      label: t('billing.payouts.run.sent-on'),
      text: sentOn ? format.date(sentOn) : '',
      ...(writtenAt && { note: format.dateTime(writtenAt) }),
    },
    {
      label: t('billing.payouts.run.originator'),
      text: originatorText(run.originator),
    },
  ];
}

function originatorText(originator: PayoutRunReview['run']['originator']): string {
  if ('iban' in originator) return `${formatIban(originator.iban)} ${originator.bic ?? ''}`.trim();
  return `${originator.bankCode} ${originator.branchCode} ${originator.accountNumber}`;
}

const steps = {
  propose: { formName: 'billing.payout-propose-form', isDanger: false },
  write: { formName: 'billing.payout-write-form', isDanger: false },
  discard: { formName: 'billing.payout-discard-form', isDanger: true },
} as const;

/** Whether the step can be taken now; the use case decides it again. */
function isPossible(step: keyof typeof steps, { run, pending }: PayoutRunReview): boolean {
  if (step === 'propose') return run.state === 'draft' && pending === undefined;
  if (step === 'write') return run.state === 'approved';
  return run.state === 'draft' || run.state === 'approved';
}

/** The question before the next step of a run: what it has, and what follows. */
export function stepView(step: keyof typeof steps) {
  return (review: PayoutRunReview, frame: ViewFrame): SectionsView => {
    const { t, format } = frame;
    const { run, pending } = review;
    const { formName, isDanger } = steps[step];
    const back = runHref(run.number);
    const isOpen = isPossible(step, review);
    return {
      title: t(`billing.payouts.${step}.title`, { number: run.number }),
      crumbs: [...runCrumbs(frame), { href: back, label: run.number }],
      headBadge: runBadge(t, run.state, pending !== undefined),
      banners: [
        ...bannersOf(review, frame),
        ...(isOpen
          ? []
          : [
              {
                tone: 'info' as const,
                text: t('billing.payouts.step-closed'),
                link: { href: back, label: t('billing.payouts.step-back') },
              },
            ]),
      ],
      sections: [],
      confirm: !isOpen
        ? undefined
        : {
            title: t(`billing.payouts.${step}.question`),
            texts: [t(`billing.payouts.${step}.text`)],
            facts: [
              { label: t('billing.payouts.column.pay-on'), text: format.date(run.payOn) },
              { label: t('billing.payouts.column.transfers'), text: format.count(run.payoutCount) },
              { label: t('billing.payouts.total'), text: format.money(run.totalMinor) },
            ],
            ...(step === 'propose' && {
              fields: [
                {
                  name: 'reason',
                  label: t('billing.payouts.reason'),
                  hint: t('billing.payouts.reason-hint'),
                  rows: 2,
                },
              ],
            }),
            formName,
            action: `${back}/${step}`,
            label: t(`billing.payouts.${step}.submit`),
            back,
            isDanger,
          },
    };
  };
}
