import { billingOpeners } from './billing/billing-rows.ts';
import { casesRows } from './support/cases-rows.ts';
import { guidesRows } from './support/guides-rows.ts';
import { linesRows } from './support/lines-rows.ts';
import { searchRows } from './support/search-rows.ts';
import { teamRows } from './support/team-rows.ts';

const areas = [searchRows, casesRows, linesRows, guidesRows, teamRows];

/** Every page, download and form of the support desk, and what each role of the staff gets. */
export const supportMatrix = {
  openers: billingOpeners,
  opened: areas.flatMap(({ opened }) => opened),
  posted: areas.flatMap(({ posted }) => posted),
  acting: areas.flatMap(({ acting }) => acting),
};
