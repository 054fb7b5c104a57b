import { orderAreas } from '../kit/console-area.ts';

/** The place of an area's page in the navigation of billing. */
export const navIn = orderAreas([
  ['billing.section.daily', ['today', 'approvals', 'runs']],
  ['billing.section.month', ['closes', 'settlements', 'payouts', 'collections']],
  ['billing.section.master', ['companies', 'lines']],
  ['billing.section.books', ['reports', 'records']],
  ['billing.section.people', ['people']],
]);
