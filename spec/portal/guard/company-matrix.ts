import { companyOpeners } from './company/company-rows.ts';
import { purchasesRows } from './company/purchases-rows.ts';
import { requestsRows } from './company/requests-rows.ts';
import { settlementsRows } from './company/settlements-rows.ts';
import { statisticsRows } from './company/statistics-rows.ts';
import { agreementsRows } from './company/agreements-rows.ts';
import { usageFilesRows } from './company/usage-files-rows.ts';
import { developersRows } from './company/developers-rows.ts';
import { webhooksRows } from './company/webhooks-rows.ts';
import { peopleRows } from './company/people-rows.ts';
import { todayRows } from './company/today-rows.ts';

const areas = [
  todayRows,
  purchasesRows,
  requestsRows,
  settlementsRows,
  statisticsRows,
  agreementsRows,
  usageFilesRows,
  developersRows,
  webhooksRows,
  peopleRows,
];

/** Every page, download and form of a company's portal, and what each role of the company gets. */
export const companyDeskMatrix = {
  openers: companyOpeners,
  opened: areas.flatMap(({ opened }) => opened),
  posted: areas.flatMap(({ posted }) => posted),
  acting: areas.flatMap(({ acting }) => acting),
};
