import { findPeopleNames } from '../../accounts/people-names.queries.ts';
import { accountAudience } from '../account-audience.ts';
import { accountSites } from '../account-site.ts';
import { joinAreas } from '../kit/console-area.ts';
import { definePortal } from '../kit/define-portal.ts';
import { approvalsArea } from './approvals/approvals.area.ts';
import { closesArea } from './closes/closes.area.ts';
import { collectionsArea } from './collections/collections.area.ts';
import { companiesArea } from './companies/companies.area.ts';
import { explainArea } from './explain/explain.area.ts';
import { linesArea } from './lines/lines.area.ts';
import { payoutsArea } from './payouts/payouts.area.ts';
import { peopleArea } from './people/people.area.ts';
import { recordsArea } from './records/records.area.ts';
import { rehearsalsArea } from './rehearsals/rehearsals.area.ts';
import { reportsArea } from './reports/reports.area.ts';
import { nameMissingJobs } from './run-words.rules.ts';
import { runsArea } from './runs/runs.area.ts';
import { settlementsArea } from './settlements/settlements.area.ts';
import { todayArea } from './today/today.area.ts';
import { watchArea } from './watch/watch.area.ts';

const areas = joinAreas([
  todayArea,
  approvalsArea,
  runsArea,
  closesArea,
  rehearsalsArea,
  explainArea,
  settlementsArea,
  payoutsArea,
  collectionsArea,
  companiesArea,
  linesArea,
  reportsArea,
  watchArea,
  recordsArea,
  peopleArea,
]);

/** The console of those who bill, settle and pay out, on the staff listener. */
export const billingPortal = definePortal({
  name: 'billing',
  listener: 'staff',
  audience: accountAudience(accountSites.staff),
  tagline: 'billing.tagline',
  foot: 'billing.foot',
  home: '/billing',
  problemTexts: 'billing.problem',
  wordFacts: nameMissingJobs,
  findNames: findPeopleNames,
  isConsole: true,
  ...areas,
});
