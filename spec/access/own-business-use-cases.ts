import {
  findChargesByName,
  findChargesOfCompany,
  sumChargesOfCompany,
} from '../../src/charges/company-charges.queries.ts';
import { getOwnCompany, listOwnServices } from '../../src/companies/own-company.queries.ts';
import { findOwnClawbacks } from '../../src/collections/own-clawbacks.queries.ts';
import { listOwnPayouts } from '../../src/payouts/own-payouts.queries.ts';
import { drawOwnContract } from '../../src/contract-documents/draw-own-contract.ts';
import { listOwnContracts } from '../../src/contracts/own-contracts.queries.ts';
import { listPendingAccountChanges } from '../../src/accounts/pending-account-changes.queries.ts';
import { getChargeOfCompany } from '../../src/purchases/charge-of-company.queries.ts';
import { findCompanyToDo } from '../../src/reports/company-to-do.queries.ts';
import { listHoursOfCompany } from '../../src/reports/hours-of-company.queries.ts';
import {
  findOwnTariff,
  getOwnSettlement,
  listOwnServiceMonths,
  listOwnSettlements,
} from '../../src/settlements/own-settlements.queries.ts';
import {
  exportOwnFeeInvoice,
  listOwnStatements,
  readOwnStatement,
} from '../../src/statements/own-statements.ts';
import { listComingDues } from '../../src/subscriptions/coming-dues.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const money = '--- ++- ------ ------ -';
const absent = '--- 00- ------ ------ -';
const none = { number: 'S202601-999999' } as const;

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
  getChargeOfCompany: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, at) => getChargeOfCompany(tx, actor, at.sold),
  },
  listOwnSettlements: { rule: money, run: (tx, actor) => listOwnSettlements(tx, actor) },
  getOwnSettlement: { rule: absent, run: (tx, actor) => getOwnSettlement(tx, actor, none.number) },
  listOwnServiceMonths: { rule: money, run: (tx, actor) => listOwnServiceMonths(tx, actor, 12) },
  findOwnTariff: { rule: money, run: (tx, actor) => findOwnTariff(tx, actor) },
  listOwnStatements: { rule: absent, run: (tx, actor) => listOwnStatements(tx, actor, none) },
  readOwnStatement: { rule: absent, run: (tx, actor) => readOwnStatement(tx, actor, none) },
  exportOwnFeeInvoice: { rule: absent, run: (tx, actor) => exportOwnFeeInvoice(tx, actor, none) },
  listOwnPayouts: { rule: money, run: (tx, actor) => listOwnPayouts(tx, actor) },
  findOwnClawbacks: { rule: money, run: (tx, actor) => findOwnClawbacks(tx, actor) },
  listComingDues: { rule: '++- ++- ------ ------ -', run: (tx, actor) => listComingDues(tx, actor) },
  listPendingAccountChanges: {
    rule: '--- ++- ------ ------ -',
    run: (tx, actor) => listPendingAccountChanges(tx, actor),
  },
  listOwnContracts: { rule: money, run: (tx, actor) => listOwnContracts(tx, actor) },
  drawOwnContract: {
    rule: absent,
    run: (tx, actor) => drawOwnContract(tx, actor, { validFrom: '2020-01-01', language: 'ja' }),
  },
};
