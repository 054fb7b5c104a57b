import { billingOpeners } from './billing/billing-rows.ts';
import { actsRows } from './support/acts-rows.ts';
import { casesRows } from './support/cases-rows.ts';
import { chargesRows } from './support/charges-rows.ts';
import { companiesRows } from './support/companies-rows.ts';
import { guardsRows } from './support/guards-rows.ts';
import { guidesRows } from './support/guides-rows.ts';
import { idsRows } from './support/ids-rows.ts';
import { linesRows } from './support/lines-rows.ts';
import { searchRows } from './support/search-rows.ts';
import { teamRows } from './support/team-rows.ts';

const areas = [
  searchRows,
  casesRows,
  linesRows,
  guidesRows,
  teamRows,
  chargesRows,
  companiesRows,
  actsRows,
  idsRows,
  guardsRows,
];

/** Every page, download and form of the support desk, and what each role of the staff gets. */
export const supportMatrix = {
  openers: billingOpeners,
  opened: areas.flatMap(({ opened }) => opened),
  posted: areas.flatMap(({ posted }) => posted),
  acting: areas.flatMap(({ acting }) => acting),
};
