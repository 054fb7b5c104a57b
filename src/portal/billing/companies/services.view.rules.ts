import { platforms } from '../../../companies/seller-terms.rules.ts';
import { originsOf } from '../../../companies/site-origins.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { ConfirmPageView } from './company-form.view.rules.ts';
import { companyFrame, crumbsTo, stateBadge } from './company-frame.rules.ts';
import { companyHref, factsOf, nameIn, serviceHref, valueWord } from './company-words.rules.ts';
import { choice, field } from './form-words.rules.ts';
import type { FormPageView, SubjectView } from './subject.types.ts';
import type { Company, Service } from './loaded.types.ts';

interface OfCompany {
  readonly company: Company;
}

interface OfService extends OfCompany {
  readonly service: Service;
}

/** The services of a company. */
export function servicesView(
  { company, services }: OfCompany & { readonly services: readonly Service[] },
  frame: ViewFrame,
): SubjectView {
  const { t, can, format } = frame;
  const create = {
    href: companyHref(company.code, 'services/new'),
    label: t('billing.companies.service-create'),
    isPrimary: true,
  };
  return {
    ...companyFrame(company, 'services', frame),
    ...(can('services:write') && { actions: [create] }),
    banners: [],
    sections: [
      {
        id: 'services',
        title: t('billing.companies.tab.services'),
        table: {
          caption: t('billing.companies.tab.services'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.companies.service'), isLong: true },
            { label: t('billing.companies.field.code') },
            { label: t('billing.companies.field.siteOrigin'), isLong: true },
            { label: t('billing.companies.field.platform') },
            { label: t('billing.companies.field.listedFrom') },
            { label: t('billing.companies.field.state') },
          ],
          rows: services.map((service) => ({
            cells: [
              { text: nameIn(service, frame), href: serviceHref(company.code, service.code) },
              service.code,
              service.siteOrigin,
              service.platform ? valueWord(service.platform, t) : '',
              service.listedFrom ? format.date(service.listedFrom) : '',
              { badge: stateBadge(service.state, frame) },
            ],
          })),
          empty: { title: t('billing.companies.no-services'), text: t('billing.companies.no-services-text') },
        },
      },
    ],
  };
}

const texts = [
  'paidFor',
  'paidForEn',
  'delivery',
  'deliveryEn',
  'cancellation',
  'cancellationEn',
  'sellerAddress',
  'sellerAddressEn',
  'sellerTelephone',
  'contactEmail',
];

/** One service: names, sites, and what it says of itself. */
export function serviceView({ company, service }: OfService, frame: ViewFrame): SubjectView {
  const { t, can } = frame;
  const other = service.state === 'active' ? 'suspended' : 'active';
  const at = (part: string) => serviceHref(company.code, service.code, part);
  const isSilent = service.platform === null || service.platform === undefined;
  return {
    title: nameIn(service, frame),
    lead: t('billing.companies.service-lead', { company: nameIn(company, frame), code: service.code }),
    headBadge: stateBadge(service.state, frame),
    crumbs: crumbsTo(company, 'services', frame),
    ...(can('services:write') && {
      actions: [
        { href: at(`state/${other}`), label: t(`billing.companies.to-${other}`) },
        { href: at('edit'), label: t('billing.companies.edit'), isPrimary: true },
      ],
    }),
    banners: isSilent ? [{ tone: 'warn', text: t('billing.companies.service-silent') }] : [],
    sections: [
      {
        id: 'names',
        title: t('billing.companies.group.names'),
        facts: [
          ...factsOf(service, ['code', 'name', 'nameEn'], frame),
          ...factsOf({ siteOrigins: originsOf(service) }, ['siteOrigins'], frame),
          ...factsOf(service, ['platform', 'listedFrom'], frame),
        ],
      },
      { id: 'texts', title: t('billing.companies.group.texts'), facts: factsOf(service, texts, frame) },
    ],
  };
}

function groupsOf(now: Partial<Service>, frame: ViewFrame): FormPageView['groups'] {
  const { t } = frame;
  const value = (name: keyof Service) => ({ value: (now[name] as string | null | undefined) ?? '' });
  const text = (name: 'paidFor' | 'paidForEn' | 'sellerAddress' | 'sellerAddressEn' | 'sellerTelephone') =>
    field(name, t, { ...value(name), isOptional: true });
  const long = (name: 'delivery' | 'deliveryEn' | 'cancellation' | 'cancellationEn') =>
    field(name, t, { ...value(name), isOptional: true, rows: 3 });
  return [
    {
      title: t('billing.companies.group.texts-all'),
      fields: [
        ...(['paidFor', 'paidForEn'] as const).map(text),
        ...(['delivery', 'deliveryEn', 'cancellation', 'cancellationEn'] as const).map(long),
        ...(['sellerAddress', 'sellerAddressEn', 'sellerTelephone'] as const).map(text),
        field('contactEmail', t, { ...value('contactEmail'), isOptional: true, type: 'email' }),
        choice('platform', platforms, { t, ...value('platform'), empty: t('billing.companies.no-platform') }),
        field('listedFrom', t, {
          ...value('listedFrom'),
          isOptional: true,
          type: 'date',
          hint: t('billing.companies.listed-hint'),
        }),
      ],
    },
  ];
}

/** Asks for a new service. */
export function newServiceView({ company }: OfCompany, frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('billing.companies.service-create'),
    lead: t('billing.companies.service-create-lead'),
    crumbs: crumbsTo(company, 'services', frame),
    banners: [],
    formName: 'billing.new-service-form',
    action: companyHref(company.code, 'services/new'),
    groups: [
      {
        title: t('billing.companies.group.names'),
        fields: [
          field('code', t, { hint: t('billing.companies.code-hint') }),
          field('name', t),
          field('nameEn', t),
          field('siteOrigin', t, { hint: t('billing.companies.site-hint') }),
        ],
      },
      ...groupsOf({}, frame),
    ],
    label: t('billing.companies.service-create-yes'),
    back: companyHref(company.code, 'services'),
  };
}

/** Asks what is to change of a service, and from when. */
export function editServiceView(
  { company, service, seen, today }: OfService & { readonly seen: string; readonly today: string },
  frame: ViewFrame,
): FormPageView {
  const { t } = frame;
  return {
    title: t('billing.companies.edit-title', { company: nameIn(service, frame) }),
    lead: t('billing.companies.service-edit-lead'),
    crumbs: crumbsTo(company, 'services', frame),
    banners: [],
    formName: 'billing.edit-service-form',
    action: serviceHref(company.code, service.code, 'edit'),
    hidden: { seen },
    groups: [
      {
        title: t('billing.companies.group.names'),
        fields: [
          field('name', t, { value: service.name }),
          field('nameEn', t, { value: service.nameEn }),
          field('siteOrigins', t, {
            value: originsOf(service).join('\n'),
            rows: 3,
            hint: t('billing.companies.sites-hint'),
          }),
        ],
      },
      ...groupsOf(service, frame),
      {
        title: t('billing.companies.group.from'),
        fields: [
          field('validFrom', t, { value: today, type: 'date', hint: t('billing.companies.valid-from-hint') }),
        ],
      },
    ],
    label: t('billing.companies.save'),
    back: serviceHref(company.code, service.code),
  };
}

/** Asks before a service stops selling, or sells again. */
export function serviceStateView(
  { company, service, state }: OfService & { readonly state: Service['state'] },
  frame: ViewFrame,
): ConfirmPageView {
  const { t } = frame;
  return {
    title: t(`billing.companies.to-${state}-title`, { name: nameIn(service, frame) }),
    crumbs: crumbsTo(company, 'services', frame),
    confirm: {
      title: t(`billing.companies.to-${state}-question`),
      texts: [t(`billing.companies.service-to-${state}-text`)],
      formName: 'billing.service-state-form',
      action: serviceHref(company.code, service.code, `state/${state}`),
      label: t(`billing.companies.to-${state}`),
      back: serviceHref(company.code, service.code),
      isDanger: state === 'suspended',
    },
  };
}
