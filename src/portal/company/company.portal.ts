import { findPeopleNames } from '../../accounts/people-names.queries.ts';
import { accountAudience } from '../account-audience.ts';
import { accountSites } from '../account-site.ts';
import { joinAreas } from '../kit/console-area.ts';
import { definePortal } from '../kit/define-portal.ts';
import { purchasesArea } from './purchases/purchases.area.ts';
import { requestsArea } from './requests/requests.area.ts';
import { settlementsArea } from './settlements/settlements.area.ts';
import { statisticsArea } from './statistics/statistics.area.ts';
import { agreementsArea } from './agreements/agreements.area.ts';
import { developersArea } from './developers/developers.area.ts';
import { webhooksArea } from './webhooks/webhooks.area.ts';
import { peopleArea } from './people/people.area.ts';
import { usageFilesArea } from './usage-files/usage-files.area.ts';
import { todayArea } from './today/today.area.ts';

const areas = joinAreas([
  todayArea,
  purchasesArea,
  requestsArea,
  settlementsArea,
  statisticsArea,
  agreementsArea,
  usageFilesArea,
  developersArea,
  webhooksArea,
  peopleArea,
]);

/** Where people of a content company see their business, on the public listener. */
export const companyDeskPortal = definePortal({
  name: 'company-desk',
  listener: 'public',
  audience: accountAudience(accountSites.company),
  tagline: 'company.tagline',
  foot: 'company.foot',
  home: '/company',
  problemTexts: 'company.problem',
  findNames: findPeopleNames,
  isConsole: true,
  ...areas,
});
