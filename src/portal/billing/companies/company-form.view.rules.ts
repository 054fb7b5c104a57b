import type { ConfirmView, HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { crumbsTo } from './company-frame.rules.ts';
import { companyHref, nameIn } from './company-words.rules.ts';
import { whatOf, type LoadedCompany } from './company.view.rules.ts';
import { choice, field } from './form-words.rules.ts';
import type { FormPageView } from './subject.types.ts';
import type { Company } from './loaded.types.ts';

export interface ConfirmPageView extends PageView, HeadView {
  readonly confirm: ConfirmView;
}

type Shown = Partial<
  Pick<
    Company,
    | ('name' | 'nameEn' | 'address' | 'registrationNumber' | 'registeredFrom' | 'registeredTo')
    | ('billingEmail' | 'billingLanguage')
  >
>;

const text = (value: string | null | undefined) => ({ value: value ?? '' });

/** The fields of a company, with what they have now. */
function groupsOf(now: Shown, { t }: ViewFrame): FormPageView['groups'] {
  const maybe = { isOptional: true } as const;
  return [
    {
      title: t('billing.companies.group.names'),
      fields: [
        field('name', t, text(now.name)),
        field('nameEn', t, text(now.nameEn)),
        field('address', t, text(now.address)),
      ],
    },
    {
      title: t('billing.companies.group.registration'),
      fields: [
        field('registrationNumber', t, {
          ...text(now.registrationNumber),
          ...maybe,
          hint: t('billing.companies.registration-hint'),
        }),
        field('registeredFrom', t, { ...text(now.registeredFrom), ...maybe, type: 'date' }),
        field('registeredTo', t, {
          ...text(now.registeredTo),
          ...maybe,
          type: 'date',
          hint: t('billing.companies.registered-to-hint'),
        }),
      ],
    },
    {
      title: t('billing.companies.group.statements'),
      fields: [
        field('billingEmail', t, { ...text(now.billingEmail), ...maybe, type: 'email' }),
        choice('billingLanguage', ['ja', 'en'], {
          t,
          ...text(now.billingLanguage),
          empty: t('billing.companies.language-default'),
        }),
      ],
    },
  ];
}

/** Asks for a new company. */
export function newCompanyView(_: undefined, frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('billing.companies.create'),
    lead: t('billing.companies.create-lead'),
    crumbs: [{ href: '/billing/companies', label: t('billing.companies.title') }],
    banners: [],
    formName: 'billing.new-company-form',
    action: '/billing/companies/new',
    groups: [
      {
        title: t('billing.companies.group.code'),
        fields: [field('code', t, { hint: t('billing.companies.code-hint') })],
      },
      ...groupsOf({}, frame),
    ],
    label: t('billing.companies.create-yes'),
    back: '/billing/companies',
  };
}

interface LoadedEdit {
  readonly company: Company;
  readonly seen: string;
  readonly today: string;
}

/** Asks what is to change of a company, and from when. */
export function editCompanyView({ company, seen, today }: LoadedEdit, frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('billing.companies.edit-title', { company: nameIn(company, frame) }),
    lead: t('billing.companies.edit-lead'),
    crumbs: crumbsTo(company, '', frame),
    banners: [],
    formName: 'billing.edit-company-form',
    action: companyHref(company.code, 'edit'),
    hidden: { seen },
    groups: [
      ...groupsOf(company, frame),
      {
        title: t('billing.companies.group.from'),
        fields: [
          field('validFrom', t, { value: today, type: 'date', hint: t('billing.companies.valid-from-hint') }),
        ],
      },
    ],
    label: t('billing.companies.save'),
    back: companyHref(company.code),
  };
}

interface LoadedState {
  readonly company: Company;
  readonly state: Company['state'];
}

/** Asks before a company stops selling, or sells again. */
export function companyStateView({ company, state }: LoadedState, frame: ViewFrame): ConfirmPageView {
  const { t } = frame;
  const name = nameIn(company, frame);
  return {
    title: t(`billing.companies.to-${state}-title`, { name }),
    crumbs: crumbsTo(company, '', frame),
    confirm: {
      title: t(`billing.companies.to-${state}-question`),
      texts: [t(`billing.companies.to-${state}-text`)],
      formName: 'billing.company-state-form',
      action: companyHref(company.code, `state/${state}`),
      label: t(`billing.companies.to-${state}`),
      back: companyHref(company.code),
      isDanger: state === 'suspended',
    },
  };
}

/** Asks before a planned change is withdrawn. */
export function withdrawChangeView(
  { company, change }: Pick<LoadedCompany, 'company'> & { readonly change: LoadedCompany['changes'][number] },
  frame: ViewFrame,
): ConfirmPageView {
  const { t, format } = frame;
  return {
    title: t('billing.companies.withdraw-title'),
    crumbs: crumbsTo(company, '', frame),
    confirm: {
      title: t('billing.companies.withdraw-question'),
      facts: [
        { label: t('billing.companies.field.validFrom'), text: format.date(change.validFrom) },
        { label: t('billing.companies.what'), text: whatOf(change, frame) },
      ],
      formName: 'billing.withdraw-change-form',
      action: companyHref(company.code, `changes/${change.id}/withdraw`),
      label: t('billing.companies.withdraw'),
      back: companyHref(company.code),
      isDanger: true,
    },
  };
}
