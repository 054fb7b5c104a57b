import type { HeadView, TabsView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { companyHref, nameIn, valueWord } from './company-words.rules.ts';
import type { Company } from './loaded.types.ts';

export type ShownCompany = Pick<Company, 'code' | 'name' | 'nameEn' | 'state'>;

const tabs = [
  ['', 'facts', 'companies:read'],
  ['services', 'services', 'companies:read'],
  ['contracts', 'contracts', 'contracts:read'],
  ['bank-accounts', 'bank', 'contracts:read'],
  ['keys', 'keys', 'api-keys:read'],
  ['people', 'people', 'accounts:read'],
] as const;

/** The tab of a company's pages: its part of the address. */
export type CompanyTab = (typeof tabs)[number][0];

/** Name, state and tabs of a company: the head of each of its pages. */
export function companyFrame(
  company: ShownCompany,
  current: CompanyTab,
  frame: ViewFrame,
): PageView & HeadView & { readonly parts: TabsView } {
  const { t, can } = frame;
  return {
    title: nameIn(company, frame),
    lead: t('billing.companies.lead', { code: company.code }),
    headBadge: stateBadge(company.state, frame),
    crumbs: [{ href: '/billing/companies', label: t('billing.companies.title') }],
    parts: {
      label: nameIn(company, frame),
      tabs: tabs
        .filter(([, , permission]) => can(permission))
        .map(([part, name]) => ({
          href: companyHref(company.code, part),
          label: t(`billing.companies.tab.${name}`),
          isCurrent: part === current,
        })),
    },
  };
}

/** The trail to a page below a tab. */
export function crumbsTo(company: ShownCompany, part: CompanyTab, frame: ViewFrame) {
  const { t } = frame;
  const name = tabs.find(([one]) => one === part)![1];
  return [
    { href: '/billing/companies', label: t('billing.companies.title') },
    { href: companyHref(company.code), label: nameIn(company, frame) },
    ...(part === ''
      ? []
      : [{ href: companyHref(company.code, part), label: t(`billing.companies.tab.${name}`) }]),
  ];
}

export function stateBadge(state: string, { t }: ViewFrame) {
  const tone = state === 'active' ? 'good' : state === 'suspended' ? 'bad' : 'plain';
  return { tone, text: valueWord(state, t) } as const;
}
