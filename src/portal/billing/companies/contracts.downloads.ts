import { drawContract } from '../../../contract-documents/draw-contract.ts';
import { defineDownload } from '../../kit/define-download.ts';

const query = {
  type: 'object',
  properties: { language: { enum: ['ja', 'en'] } },
  required: [],
  additionalProperties: false,
} as const;

/** A contract as a PDF; one that is proposed as a draft, marked so on every page. */
export const contractDownload = defineDownload({
  name: 'billing.contract-pdf',
  path: '/billing/companies/:company/contracts/:from/contract.pdf',
  permission: 'contracts:read',
  query,
  load: (deps, { actor, params, query: { language = 'ja' } }) =>
    drawContract(deps, actor, {
      companyCode: params['company'] ?? '',
      validFrom: params['from'] ?? '',
      language,
    }),
});
