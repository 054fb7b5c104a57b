import { createPartner } from '../../src/partners/create-partner.ts';
import { listPartners, listPartnerTerms } from '../../src/partners/partner.queries.ts';
import { listCommissionsOfSettlement } from '../../src/partners/settlement-commissions.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const party = { code: 'asahi', name: '株式会社旭', nameEn: 'Asahi Inc.', address: '東京都港区1-1' };

/** Use cases of sales partners. The columns are those of use-case-table.ts. */
export const partnerUseCases: Readonly<Record<string, UseCaseRow>> = {
  createPartner: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor) => createPartner(tx, actor, party),
  },
  listPartners: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor) => listPartners(tx, actor),
  },
  listPartnerTerms: {
    but: 'partner-not-found',
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor) => listPartnerTerms(tx, actor, 'nobody'),
  },
  listCommissionsOfSettlement: {
    but: 'settlement-not-found',
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listCommissionsOfSettlement(tx, actor, 'S202605-999999'),
  },
};
