import {
  findChargesByName,
  findChargesOfCompany,
  streamChargesOfCompany,
  sumChargesOfCompany,
} from '../../src/charges/company-charges.queries.ts';
import { getOwnCompany, listOwnServices } from '../../src/companies/own-company.queries.ts';
import { getChargeOfCompany } from '../../src/purchases/charge-of-company.queries.ts';
import { findCompanyToDo } from '../../src/reports/company-to-do.queries.ts';
import { listHoursOfCompany } from '../../src/reports/hours-of-company.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const days = { from: '2026-05-01', through: '2026-05-10' } as const;

/** What people of a company read of their own business. The columns are those of use-case-table.ts. */
export const ownBusinessUseCases: Readonly<Record<string, UseCaseRow>> = {
  getOwnCompany: { rule: '--- +++ ------ ------ -', run: (tx, actor) => getOwnCompany(tx, actor) },
  listOwnServices: { rule: '--- +++ ------ ------ -', run: (tx, actor) => listOwnServices(tx, actor) },
  findCompanyToDo: { rule: '--- +++ ------ ------ -', run: (tx, actor) => findCompanyToDo(tx, actor) },
  listHoursOfCompany: {
    rule: '--- ++- ------ ------ -',
    run: (tx, actor) => listHoursOfCompany(tx, actor, ['2026-05-10']),
  },
  findChargesOfCompany: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => findChargesOfCompany(tx, actor, days, { limit: 1 }),
  },
  findChargesByName: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => findChargesByName(tx, actor, { reference: 'order-1' }, { limit: 1 }),
  },
  sumChargesOfCompany: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => sumChargesOfCompany(tx, actor, days),
  },
  streamChargesOfCompany: {
    rule: '++- ++- ------ ------ -',
    run: async (tx, actor) => await Array.fromAsync(streamChargesOfCompany(tx, actor, days)),
  },
  getChargeOfCompany: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, at) => getChargeOfCompany(tx, actor, at.sold),
  },
};
