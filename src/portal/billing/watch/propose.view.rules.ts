import type { HeldPayout } from '../../../watch/held-by-two.queries.ts';
import type { WatchedSeller } from '../../../watch/watched-sellers.queries.ts';
import type { ConfirmView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import type { WatchedCompany } from './load-watch.ts';
import { companyHref, nameText, releaseHref, ruleTable, serviceHref, WATCH } from './watch-words.rules.ts';

const reasonOf = ({ t }: ViewFrame): NonNullable<ConfirmView['fields']> => [
  { name: 'reason', label: t('billing.watch.reason'), hint: t('billing.watch.reason-hint'), rows: 3 },
];

function frameOf({ company }: WatchedCompany, frame: ViewFrame): Pick<SectionsView, 'crumbs'> {
  return {
    crumbs: [
      { href: WATCH, label: frame.t('billing.watch.title') },
      { href: companyHref(company.code), label: nameText(company, frame) },
    ],
  };
}

/** Proposes to hold the next payout of a company. */
export function holdView(loaded: WatchedCompany, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { company, next, report } = loaded;
  const back = companyHref(company.code);
  return {
    ...frameOf(loaded, frame),
    title: t('billing.watch.hold'),
    lead: t('billing.watch.hold-lead'),
    banners: next ? [] : [{ tone: 'info', text: t('billing.watch.no-payout') }],
    confirm: next && {
      title: t('billing.watch.hold-question', { company: nameText(company, frame) }),
      texts: [t('billing.watch.two-people'), t('billing.watch.hold-text')],
      facts: [
        { label: t('billing.watch.settlement'), text: next.number },
        { label: t('billing.watch.amount'), text: format.money(next.payoutMinor) },
        { label: t('billing.watch.pay-on'), text: format.date(next.payoutOn) },
      ],
      fields: reasonOf(frame),
      formName: 'billing.watch-hold-form',
      action: `${back}/hold`,
      label: t('billing.watch.propose'),
      back,
    },
    sections: figuresOf(report.sellers[0]!, frame),
  };
}

/** Proposes to let a payout go that two people have held. */
export function releaseView(
  loaded: WatchedCompany & { readonly payout: HeldPayout },
  frame: ViewFrame,
): SectionsView {
  const { t, format } = frame;
  const { company, payout, report } = loaded;
  return {
    ...frameOf(loaded, frame),
    title: t('billing.watch.release'),
    lead: t('billing.watch.release-lead'),
    confirm: {
      title: t('billing.watch.release-question', { company: nameText(company, frame) }),
      texts: [t('billing.watch.two-people'), t('billing.watch.release-text')],
      facts: [
        { label: t('billing.watch.settlement'), text: payout.number },
        { label: t('billing.watch.amount'), text: format.money(payout.payoutMinor) },
        { label: t('billing.watch.held-reason'), text: payout.heldReason },
      ],
      fields: reasonOf(frame),
      formName: 'billing.watch-release-form',
      action: releaseHref(company.code, payout.number),
      label: t('billing.watch.propose'),
      back: companyHref(company.code),
    },
    sections: figuresOf(report.sellers[0]!, frame),
  };
}

/** Proposes that a service which two people have suspended sells again. */
export function resumeView(
  loaded: WatchedCompany & { readonly seller: WatchedSeller },
  frame: ViewFrame,
): SectionsView {
  const { t } = frame;
  const { company, seller, suspended } = loaded;
  const service = seller.service!;
  const isByTwo = suspended.includes(service.code);
  return {
    ...frameOf(loaded, frame),
    title: t('billing.watch.resume'),
    lead: t('billing.watch.resume-lead'),
    banners: isByTwo ? [] : [{ tone: 'info', text: t('billing.watch.not-suspended-by-two') }],
    confirm: isByTwo
      ? {
          title: t('billing.watch.resume-question', { service: nameText(service, frame) }),
          texts: [t('billing.watch.two-people'), t('billing.watch.resume-text')],
          fields: reasonOf(frame),
          formName: 'billing.watch-resume-form',
          action: serviceHref(company.code, service.code, 'resume'),
          label: t('billing.watch.propose'),
          back: companyHref(company.code),
        }
      : undefined,
    sections: figuresOf(seller, frame),
  };
}

/** Proposes to suspend a service. */
export function suspendView(
  loaded: WatchedCompany & { readonly seller: WatchedSeller },
  frame: ViewFrame,
): SectionsView {
  const { t } = frame;
  const { company, seller } = loaded;
  const service = seller.service!;
  const back = companyHref(company.code);
  const isActive = service.state === 'active';
  return {
    ...frameOf(loaded, frame),
    title: t('billing.watch.suspend'),
    lead: t('billing.watch.suspend-lead'),
    banners: isActive ? [] : [{ tone: 'info', text: t('billing.watch.service-suspended') }],
    confirm: isActive
      ? {
          title: t('billing.watch.suspend-question', { service: nameText(service, frame) }),
          texts: [t('billing.watch.two-people'), t('billing.watch.suspend-text')],
          fields: reasonOf(frame),
          formName: 'billing.watch-suspend-form',
          action: serviceHref(company.code, service.code, 'suspend'),
          label: t('billing.watch.propose'),
          back,
        }
      : undefined,
    sections: figuresOf(seller, frame),
  };
}

function figuresOf(seller: WatchedSeller, frame: ViewFrame): SectionsView['sections'] {
  const title = frame.t('billing.watch.figures');
  return [{ id: 'figures', title, table: ruleTable(seller, title, frame) }];
}
