import { publicId } from '../../../shared/public-id.rules.ts';
import type { HeldPayout } from '../../../watch/held-by-two.queries.ts';
import type { WatchedSeller } from '../../../watch/watched-sellers.queries.ts';
import type { LinkView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import type { WatchedCompany } from './load-watch.ts';
import {
  companyHref,
  nameText,
  releaseHref,
  ruleTable,
  serviceHref,
  spanFilter,
  WATCH,
} from './watch-words.rules.ts';

/** A company and each of its services, the figures beside the thresholds, and what can be proposed. */
export function watchedCompanyView(loaded: WatchedCompany, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { company, report, days } = loaded;
  const { from, through } = report.span;
  const span = t('billing.watch.span', { from: format.date(from), through: format.date(through) });
  return {
    title: nameText(company, frame),
    lead: t('billing.watch.company-lead'),
    crumbs: [{ href: WATCH, label: t('billing.watch.title') }],
    ...(company.state === 'suspended' && {
      headBadge: { tone: 'warn' as const, text: t('billing.watch.suspended') },
    }),
    banners: bannersOf(loaded, frame),
    filter: spanFilter(companyHref(company.code), days, span, frame),
    sections: [
      payoutSection(loaded, frame),
      ...loaded.held.map((held) => heldSection(held, loaded, frame)),
      ...report.sellers.map((seller) => sellerSection(seller, loaded, frame)),
    ],
  };
}

function bannersOf({ pending }: WatchedCompany, { t, can }: ViewFrame): NonNullable<SectionsView['banners']> {
  return pending.map(({ id, subject }) => ({
    tone: 'warn',
    text: t('billing.watch.pending', { subject: subject.slice(subject.indexOf(':') + 1) }),
    ...(can('approvals:read') && {
      link: {
        href: `/billing/approvals/${publicId('approval', id)}`,
        label: t('billing.watch.see-proposal'),
      },
    }),
  }));
}

function payoutSection(
  { company, next, pending }: WatchedCompany,
  { t, format, can }: ViewFrame,
): SectionView {
  const isPending = pending.some(({ kind }) => kind === 'watch.hold-payout');
  const links: LinkView[] =
    next && !isPending && can('watch:propose')
      ? [{ href: `${companyHref(company.code)}/hold`, label: t('billing.watch.hold') }]
      : [];
  return {
    id: 'payout',
    title: t('billing.watch.next-payout'),
    ...(next
      ? {
          facts: [
            { label: t('billing.watch.settlement'), text: next.number },
            { label: t('billing.watch.amount'), text: format.money(next.payoutMinor) },
            { label: t('billing.watch.pay-on'), text: format.date(next.payoutOn) },
          ],
        }
      : { text: t('billing.watch.no-payout') }),
    links,
  };
}

/** A payout that two people have held, and the way to let it go. */
function heldSection(
  { number, billingPeriod, payoutMinor, heldReason }: HeldPayout,
  { company, pending }: WatchedCompany,
  { t, format, can }: ViewFrame,
): SectionView {
  const isPending = pending.some(
    ({ kind, subject }) => kind === 'watch.release-payout' && subject === `settlement:${number}`,
  );
  return {
    id: `held-${number}`,
    title: t('billing.watch.held', { month: format.month(billingPeriod) }),
    facts: [
      { label: t('billing.watch.settlement'), text: number },
      { label: t('billing.watch.amount'), text: format.money(payoutMinor) },
      { label: t('billing.watch.reason'), text: heldReason },
    ],
    links:
      !isPending && can('watch:propose')
        ? [{ href: releaseHref(company.code, number), label: t('billing.watch.release') }]
        : [],
  };
}

function sellerSection(
  seller: WatchedSeller,
  { suspended, pending }: WatchedCompany,
  frame: ViewFrame,
): SectionView {
  const { t, can } = frame;
  const { company, service } = seller;
  const isResuming = pending.some(
    ({ kind, subject }) => kind === 'watch.resume-service' && subject.endsWith(`/${service?.code}`),
  );
  const resume = service && suspended.includes(service.code) && !isResuming && can('watch:propose');
  const title = service ? nameText(service, frame) : t('billing.watch.all-services');
  const suspend = service && service.state === 'active' && can('watch:propose');
  return {
    id: service ? `service-${service.code}` : 'company',
    title,
    ...(service?.state === 'suspended' && { text: t('billing.watch.service-suspended') }),
    table: ruleTable(seller, title, frame),
    links: [
      ...(suspend
        ? [{ href: serviceHref(company.code, service.code, 'suspend'), label: t('billing.watch.suspend') }]
        : []),
      ...(resume
        ? [{ href: serviceHref(company.code, service.code, 'resume'), label: t('billing.watch.resume') }]
        : []),
    ],
  };
}
