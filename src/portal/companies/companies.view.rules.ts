import type { ListedService, ListedServices } from '../../companies/listed-services.queries.ts';
import { platforms, type Platform } from '../../companies/seller-terms.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';

/** What the page was asked for. */
export interface CompaniesFilter {
  readonly q?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly after?: string | undefined;
}

/** A company with its services that are listed. */
export interface CompanyGroup {
  readonly id: string;
  readonly name: string;
  readonly services: readonly {
    readonly name: string;
    readonly href: string;
    readonly paidFor: string;
    readonly platform: string;
    /** Since when; undefined for a planned one. */
    readonly since: string | undefined;
    readonly planned: string | undefined;
  }[];
}

export interface CompaniesView extends PageView {
  readonly lead: string;
  readonly filter: {
    readonly q: string;
    readonly platforms: readonly {
      readonly value: string;
      readonly label: string;
      readonly isChosen: boolean;
    }[];
    /** Whether something is filtered, so that the link to all makes sense. */
    readonly isActive: boolean;
  };
  /** How many were found, in words. */
  readonly found: string;
  readonly companies: readonly CompanyGroup[];
  readonly empty: {
    readonly title: string;
    readonly text: string;
    readonly href?: string;
    readonly label?: string;
  };
  readonly pager: { readonly first: string | undefined; readonly next: string | undefined };
}

/** The public list of companies and services, as the page shows it. */
export function companiesView(
  { filter, listed }: { readonly filter: CompaniesFilter; readonly listed: ListedServices },
  frame: ViewFrame,
): CompaniesView {
  const { t, format } = frame;
  const { q = '', platform, after } = filter;
  const isActive = q !== '' || platform !== undefined;
  const addressOf = (page: Record<string, string>) => {
    const query = new URLSearchParams({ ...(q !== '' && { q }), ...(platform && { platform }), ...page });
    return query.size === 0 ? '/companies' : `/companies?${query.toString()}`;
  };
  return {
    title: t('companies.title'),
    lead: t('companies.lead'),
    filter: { q, isActive, platforms: choices(frame, platform) },
    found: t(isActive ? 'companies.found' : 'companies.count', { count: format.count(listed.count) }),
    companies: groupByCompany(listed, frame),
    empty: isActive
      ? {
          title: t('companies.none-found'),
          text: t('companies.none-found-text'),
          href: '/companies',
          label: t('companies.all'),
        }
      : { title: t('companies.none'), text: t('companies.none-text') },
    pager: {
      first: after === undefined ? undefined : addressOf({}),
      next: listed.next === undefined ? undefined : addressOf({ after: listed.next }),
    },
  };
}

function choices({ t }: ViewFrame, chosen: Platform | undefined): CompaniesView['filter']['platforms'] {
  const all = { value: '', label: t('companies.platform.all'), isChosen: chosen === undefined };
  return [
    all,
    ...platforms.map((value) => ({
      value,
      label: t(`companies.platform.${value}`),
      isChosen: value === chosen,
    })),
  ];
}

function groupByCompany({ services, today }: ListedServices, frame: ViewFrame): CompanyGroup[] {
  const isJapanese = frame.language === 'ja';
  const groups = Map.groupBy(services, ({ companyCode }) => companyCode);
  return [...groups].map(([code, own]) => ({
    id: `company-${code}`,
    name: (isJapanese ? own[0]?.company : own[0]?.companyEn) ?? code,
    services: own.map((service) => ({
      name: isJapanese ? service.service : service.serviceEn,
      href: service.siteOrigin,
      paidFor: isJapanese ? service.paidFor : service.paidForEn,
      platform: frame.t(`companies.platform.${service.platform}`),
      ...availability(service, today, frame),
    })),
  }));
}

/** The month is enough: nobody needs the day of the week on which a service joined. */
function availability({ listedFrom }: ListedService, today: string, { t, format }: ViewFrame) {
  if (listedFrom === null) return { since: undefined, planned: t('companies.planned') };
  const month = format.month(listedFrom.slice(0, 7));
  if (listedFrom > today) return { since: undefined, planned: t('companies.planned-for', { month }) };
  return { since: t('companies.since', { month }), planned: undefined };
}
