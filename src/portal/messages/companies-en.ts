import type { companiesJa } from './companies-ja.ts';

/** English texts of the public list of companies. */
export const companiesEn = {
  'companies.foot': 'The companies provide what is listed here.',
  'companies.title': 'Companies and services you can pay this way',
  'companies.lead': 'You can pay for what these companies sell on the monthly invoice of your line.',
  'companies.search': 'Company, service or goods',
  'companies.platform': 'Where it is offered',
  'companies.platform.all': 'All',
  'companies.platform.flets-soft-delivery': 'FLET’S Soft Delivery',
  'companies.platform.flets-market': 'FLET’S Market',
  'companies.platform.flets-cast': 'FLET’S Cast',
  'companies.platform.internet': 'Internet',
  'companies.submit': 'Search',
  'companies.count': '{count} services in all',
  'companies.found': 'Services found: {count}',
  'companies.all': 'Show all',
  'companies.since': 'Since {month}',
  'companies.planned': 'Planned',
  'companies.planned-for': 'Planned for {month}',
  'companies.none': 'No services are listed yet',
  'companies.none-text': 'They appear here as soon as sales begin.',
  'companies.none-found': 'No service matches',
  'companies.none-found-text': 'Try fewer words, or choose “All”.',
} as const satisfies Readonly<Record<keyof typeof companiesJa, string>>;
