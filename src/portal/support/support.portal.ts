import { accountAudience } from '../account-audience.ts';
import { accountSites } from '../account-site.ts';
import { joinAreas } from '../kit/console-area.ts';
import { definePortal } from '../kit/define-portal.ts';
import { actsArea } from './acts/acts.area.ts';
import { casesArea } from './cases/cases.area.ts';
import { chargesArea } from './charges/charges.area.ts';
import { companiesArea } from './companies/companies.area.ts';
import { guardsArea } from './guards/guards.area.ts';
import { guidesArea } from './guides/guides.area.ts';
import { idsArea } from './ids/ids.area.ts';
import { linesArea } from './lines/lines.area.ts';
import { searchArea } from './search/search.area.ts';
import { teamArea } from './team/team.area.ts';

const areas = joinAreas([
  searchArea,
  casesArea,
  linesArea,
  guidesArea,
  teamArea,
  chargesArea,
  companiesArea,
  actsArea,
  idsArea,
  guardsArea,
]);

/** The console of the support centre, on the staff listener. */
export const supportPortal = definePortal({
  name: 'support',
  listener: 'staff',
  audience: accountAudience(accountSites.staff),
  tagline: 'support.tagline',
  foot: 'support.foot',
  home: '/support',
  problemTexts: 'support.problem',
  isConsole: true,
  ...areas,
});
