import { listApiKeys } from '../../../companies/company.queries.ts';
import { getOwnCompany } from '../../../companies/own-company.queries.ts';
import {
  countLoggedRequests,
  getLoggedRequest,
  listLoggedRequests,
  requestOutcomes,
} from '../../../request-log/request-log.queries.ts';
import { isDate, startOfBusinessDate } from '../../../shared/calendar.rules.ts';
import { ID_PATTERN } from '../../../shared/ids.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { ListView } from '../list.types.ts';
import { requestLogView, loggedRequestView } from './request-log.view.rules.ts';

/** Rows of a page. */
const REQUEST_ROWS = 50;
const ID = new RegExp(`^${ID_PATTERN}$`);

/** What the company's programs sent in the kept days, newest first. An empty field filters nothing. */
export const requestLogPage = definePage({
  name: 'company.request-log',
  path: '/company/request-log',
  permission: 'api-keys:read',
  nav: navIn('developers', 'company.request-log.nav'),
  query: {
    type: 'object',
    properties: {
      request: { type: 'string', maxLength: 64 },
      outcome: { enum: ['', ...requestOutcomes] },
      path: { type: 'string', maxLength: 100 },
      key: { type: 'string', pattern: `^(${ID_PATTERN})?$` },
      since: { type: 'string', pattern: String.raw`^(\d{4}-\d{2}-\d{2})?$` },
      after: { type: 'string', pattern: `^${ID_PATTERN}$` },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => {
    const { request, outcome, path, key, since, after } = query;
    const { code } = await getOwnCompany(deps, actor);
    const found = await listLoggedRequests(deps, actor, {
      limit: REQUEST_ROWS + 1,
      after,
      requestId: request?.trim() || undefined,
      outcome: outcome || undefined,
      path: path?.trim() || undefined,
      apiKeyId: key || undefined,
      since: since && isDate(since) ? startOfBusinessDate(since, deps.config.timeZone) : undefined,
    });
    return {
      query,
      keys: await listApiKeys(deps, actor, code),
      counts: await countLoggedRequests(deps, actor),
      keptDays: deps.config.requestLogDays,
      requests: found.slice(0, REQUEST_ROWS),
      hasMore: found.length > REQUEST_ROWS,
    };
  },
  view: requestLogView,
  template: template<ListView>('company/list'),
});

/** One request with its bodies, without secrets. */
export const loggedRequestPage = definePage({
  name: 'company.logged-request',
  path: '/company/request-log/:request',
  permission: 'api-keys:read',
  load: async (deps, { actor, params: { request: id = '' } }) => {
    if (!ID.test(id)) throw new Problem('not-found');
    return await getLoggedRequest(deps, actor, id);
  },
  view: loggedRequestView,
  template: template<SectionsView>('kit/sections'),
});
