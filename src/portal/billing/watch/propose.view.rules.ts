import type { WatchedSeller } from '../../../watch/watched-sellers.queries.ts';
import type { ConfirmView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import type { WatchedCompany } from './load-watch.ts';
import { companyHref, nameText, ruleTable, WATCH } from './watch-words.rules.ts';

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
          action: `${back}/services/${encodeURIComponent(service.code)}/suspend`,
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
