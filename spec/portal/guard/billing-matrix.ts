import { approvalsRows } from './billing/approvals-rows.ts';
import { closesRows } from './billing/closes-rows.ts';
import { collectionsRows } from './billing/collections-rows.ts';
import { companiesRows } from './billing/companies-rows.ts';
import { explainRows } from './billing/explain-rows.ts';
import { linesRows } from './billing/lines-rows.ts';
import { payoutsRows } from './billing/payouts-rows.ts';
import { peopleRows } from './billing/people-rows.ts';
import { recordsRows } from './billing/records-rows.ts';
import { rehearsalsRows } from './billing/rehearsals-rows.ts';
import { reportsRows } from './billing/reports-rows.ts';
import { runsRows } from './billing/runs-rows.ts';
import { settlementsRows } from './billing/settlements-rows.ts';
import { todayRows } from './billing/today-rows.ts';
import { watchRows } from './billing/watch-rows.ts';
import { billingOpeners } from './billing/billing-rows.ts';

const areas = [
  todayRows,
  approvalsRows,
  runsRows,
  closesRows,
  rehearsalsRows,
  explainRows,
  settlementsRows,
  payoutsRows,
  collectionsRows,
  companiesRows,
  linesRows,
  reportsRows,
  watchRows,
  recordsRows,
  peopleRows,
];

/** Every page, download and form of the console of billing, and what each role of the staff gets. */
export const billingMatrix = {
  openers: billingOpeners,
  opened: areas.flatMap(({ opened }) => opened),
  posted: areas.flatMap(({ posted }) => posted),
  acting: areas.flatMap(({ acting }) => acting),
};
