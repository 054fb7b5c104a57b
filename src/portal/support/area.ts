import { orderAreas } from '../kit/console-area.ts';

/** The place of an area's page in the navigation of the support desk. */
export const navIn = orderAreas([
  ['support.section.calls', ['search', 'cases', 'guides']],
  ['support.section.team', ['approvals', 'team']],
]);
