import { orderAreas } from '../kit/console-area.ts';

/** The place of an area's page in the navigation of a company's portal. */
export const navIn = orderAreas([
  ['company.section.daily', ['today', 'purchases', 'requests', 'agreements', 'usage-files']],
  ['company.section.money', ['settlements', 'statistics']],
  ['company.section.setup', ['developers', 'webhooks', 'people']],
]);
