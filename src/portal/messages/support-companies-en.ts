import type { supportCompaniesJa } from './support-companies-ja.ts';

/** English texts of the page of a company at the support desk. */
export const supportCompaniesEn = {
  'support.company.active': 'On sale',
  'support.company.suspended': 'Sales suspended',
  'support.company.suspended-text':
    'Nothing new of this company is sold. Subscriptions that run and earlier purchases can be looked up as before.',
  'support.company.in-billing': 'Open in the billing console',
  'support.company.about': 'Company',
  'support.company.code': 'Code of the company',
  'support.company.other-name': 'Name in Japanese',
  'support.company.registration': 'Registration number',
  'support.company.services': 'Services',
  'support.company.no-services': 'There are no services yet.',
  'support.company.service-code': 'Code of the service',
  'support.company.no-terms': 'It has no terms of sale yet, so nothing new is sold.',
  'support.company.paid-for': 'What is paid for',
  'support.company.cancellation': 'Cancellation and returns',
  'support.company.delivery': 'When and how it is delivered',
  'support.company.site': 'Site',
  'support.company.complaints': 'Complaints beside sales',
  'support.company.span':
    'What was sold from {from} to {through}, and the complaints that came in the same time.',
  'support.company.own-rate': 'This company',
  'support.company.other-rate': 'All others together',
  'support.company.rate': '{count} in a thousand sales',
  'support.company.counts': 'Complaints: {cases}, sales: {sales}',
  'support.company.cases': 'Open cases',
  'support.company.no-cases': 'There are no open cases',
  'support.company.no-cases-text':
    'Cases about purchases from this company stand here until they are closed.',
  'support.company.more-cases': 'The newest {count} are shown. There are more.',
} as const satisfies Readonly<Record<keyof typeof supportCompaniesJa, string>>;
