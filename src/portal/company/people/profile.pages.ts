import { can } from '../../../access/can.rules.ts';
import { getOwnCompany, listOwnServices } from '../../../companies/own-company.queries.ts';
import { drawOwnContract } from '../../../contract-documents/draw-own-contract.ts';
import { listOwnContracts } from '../../../contracts/own-contracts.queries.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { profileView } from './profile.view.rules.ts';

/** What the carrier has on file of the company: to read, and how to have it changed. */
export const profilePage = definePage({
  name: 'company.profile',
  path: '/company/profile',
  permission: 'company-desk:read',
  nav: navIn('people', 'company.profile.nav', 1),
  load: async (deps, { actor }) => ({
    company: await getOwnCompany(deps, actor),
    services: await listOwnServices(deps, actor),
    contracts: can(actor, 'settlement-figures:read') ? await listOwnContracts(deps, actor) : undefined,
    contact: { ja: deps.config.carrier.contact, en: deps.config.carrier.contactEn },
  }),
  view: profileView,
  template: template<SectionsView>('kit/sections'),
});

/** A contract of the company as a PDF, in the language of the reader. */
export const contractPdf = defineDownload({
  name: 'company.contract-pdf',
  path: '/company/profile/contract.pdf',
  permission: 'settlement-figures:read',
  query: {
    type: 'object',
    properties: { from: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' } },
    required: ['from'],
    additionalProperties: false,
  } as const,
  load: (deps, { actor, query: { from }, visit: { language } }) =>
    drawOwnContract(deps, actor, { validFrom: from, language }),
});
