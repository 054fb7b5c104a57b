import type { CaseOfCompany } from '../../../cases/cases-of-company.queries.ts';
import type { getCompany, listServices } from '../../../companies/company.queries.ts';
import { readSellerTerms } from '../../../companies/seller-terms.rules.ts';
import type { ComplaintRate, ComplaintRates } from '../../../watch/complaint-rate.queries.ts';
import type { FactView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { caseBadge } from '../state-words.rules.ts';
import { caseHref } from '../support-links.rules.ts';

/** Open cases that the page shows. */
export const MAX_CASES = 20;

type Company = Awaited<ReturnType<typeof getCompany>>;
type Service = Awaited<ReturnType<typeof listServices>>[number];

interface Loaded {
  readonly company: Company;
  readonly services: readonly Service[];
  /** Undefined for who reads no cases. */
  readonly rates: ComplaintRates | undefined;
  readonly cases: readonly CaseOfCompany[] | undefined;
}

/** A company with its services, complaints and open cases. */
export function companyView(loaded: Loaded, frame: ViewFrame): SectionsView {
  const { t, language, can } = frame;
  const { company, services, rates, cases } = loaded;
  const isSuspended = company.state === 'suspended';
  return {
    title: language === 'ja' ? company.name : company.nameEn,
    crumbs: [{ href: '/support', label: t('support.search.title') }],
    headBadge: isSuspended
      ? { tone: 'bad', text: t('support.company.suspended') }
      : { tone: 'good', text: t('support.company.active') },
    ...(can('billing-desk:read') && {
      actions: [
        {
          href: `/billing/companies/${encodeURIComponent(company.code)}`,
          label: t('support.company.in-billing'),
        },
      ],
    }),
    banners: isSuspended ? [{ tone: 'warn', text: t('support.company.suspended-text') }] : [],
    sections: [
      { id: 'about', title: t('support.company.about'), facts: companyFacts(company, frame) },
      ...(services.length === 0
        ? [{ id: 'services', title: t('support.company.services'), text: t('support.company.no-services') }]
        : services.map((service) => serviceSection(service, frame))),
      ...(rates
        ? [
            {
              id: 'complaints',
              title: t('support.company.complaints'),
              text: t('support.company.span', {
                from: frame.format.date(rates.from),
                through: frame.format.date(rates.through),
              }),
              facts: rateFacts(rates, frame),
            },
          ]
        : []),
      ...(cases ? [casesSection(cases, frame)] : []),
    ],
  };
}

function companyFacts(company: Company, { t, language }: ViewFrame): FactView[] {
  return [
    { label: t('support.company.code'), text: company.code },
    {
      label: t('support.company.other-name'),
      text: language === 'ja' ? company.nameEn : company.name,
    },
    { label: t('support.charge.seller-address'), text: company.address },
    { label: t('support.company.registration'), text: company.registrationNumber ?? '' },
  ];
}

/** A service as the last page before a purchase shows it. */
function serviceSection(service: Service, { t, language }: ViewFrame): SectionView {
  const terms = readSellerTerms(service, language);
  const isSuspended = service.state === 'suspended';
  return {
    id: `service-${service.code}`,
    title: language === 'ja' ? service.name : service.nameEn,
    ...(terms === undefined && { text: t('support.company.no-terms') }),
    facts: [
      { label: t('support.company.service-code'), text: service.code },
      {
        label: t('support.part.state'),
        text: '',
        badge: isSuspended
          ? { tone: 'bad', text: t('support.company.suspended') }
          : { tone: 'good', text: t('support.company.active') },
      },
      ...(terms
        ? [
            {
              label: t('support.company.paid-for'),
              text: (language === 'ja' ? service.paidFor : service.paidForEn) ?? '',
            },
            { label: t('support.company.cancellation'), text: terms.cancellation },
            { label: t('support.company.delivery'), text: terms.delivery },
            { label: t('support.charge.seller-telephone'), text: terms.telephone },
            {
              label: t('support.charge.seller-email'),
              text: terms.contact,
              note: t('support.charge.seller-email-note'),
            },
            { label: t('support.charge.seller-address'), text: terms.address },
          ]
        : []),
      { label: t('support.company.site'), text: service.siteOrigin },
    ],
  };
}

function rateFacts({ own, others, isFlagged }: ComplaintRates, frame: ViewFrame): FactView[] {
  const { t } = frame;
  return [
    { label: t('support.company.own-rate'), ...rateText(own, frame) },
    { label: t('support.company.other-rate'), ...rateText(others, frame) },
    {
      label: t('support.team.judged'),
      text: '',
      badge: isFlagged
        ? { tone: 'bad', text: t('support.team.is-flagged') }
        : { tone: 'plain', text: t('support.team.is-usual') },
    },
  ];
}

function rateText(
  { caseCount, chargeCount, perMille }: ComplaintRate,
  { t, format }: ViewFrame,
): Pick<FactView, 'text' | 'note'> {
  return {
    text:
      perMille === undefined || chargeCount === 0
        ? t('support.team.no-sales')
        : t('support.company.rate', { count: format.count(perMille) }),
    note: t('support.company.counts', { cases: format.count(caseCount), sales: format.count(chargeCount) }),
  };
}

function casesSection(cases: readonly CaseOfCompany[], frame: ViewFrame): SectionView {
  const { t, format, language } = frame;
  const table: TableView = {
    caption: t('support.company.cases'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.cases.number') },
      { label: t('support.cases.kind'), isLong: true },
      { label: t('support.charge.service'), isLong: true },
      { label: t('support.cases.opened') },
      { label: t('support.cases.state') },
    ],
    rows: cases.slice(0, MAX_CASES).map((row) => ({
      cells: [
        { text: row.number, href: caseHref(row.number) },
        t(`support.cases.kind.${row.kind}`),
        language === 'ja' ? row.service : row.serviceEn,
        format.dateTime(row.openedAt),
        { badge: caseBadge(row.state, frame) },
      ],
    })),
    empty: { title: t('support.company.no-cases'), text: t('support.company.no-cases-text') },
  };
  return {
    id: 'cases',
    title: t('support.company.cases'),
    ...(cases.length > MAX_CASES && { text: t('support.company.more-cases', { count: MAX_CASES }) }),
    table,
  };
}
