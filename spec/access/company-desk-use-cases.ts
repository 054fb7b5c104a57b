import { searchCompanies } from '../../src/companies/company-list.queries.ts';
import { listPartyVersions } from '../../src/companies/party-versions.queries.ts';
import { simulateTariff } from '../../src/settlements/simulate-tariff.ts';
import { listTariffUses } from '../../src/tariffs/tariff-use.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const definition = { monthlyBaseMinor: 0, percentBps: 500, perLineMinimumMinor: 0, bands: [] };

/** What the desk of companies and tariffs reads; the columns are those of use-case-table.ts. */
export const companyDeskUseCases: Readonly<Record<string, UseCaseRow>> = {
  searchCompanies: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor) => searchCompanies(tx, actor, {}),
  },
  listPartyVersions: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => listPartyVersions(tx, actor, sale.company.code),
  },
  listTariffUses: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor) => listTariffUses(tx, actor, { code: 'flets-2011' }),
  },
  simulateTariff: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => simulateTariff(tx, actor, { definition, from: '2026-01', through: '2026-05' }),
  },
};
