import { countWaitingLineFiles } from '../../../line-import/waiting-files.ts';
import { readNights } from '../../../runs/nights.queries.ts';
import { getRun } from '../../../runs/run-details.queries.ts';
import { listRunPage } from '../../../runs/run-list.queries.ts';
import { jobNames, requestableJobs } from '../../../runs/job-names.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { runView, type RunView } from './run.view.rules.ts';
import { runsView, type RunsView } from './runs.view.rules.ts';
import { startRunView, type StartRunView } from './start-run.view.rules.ts';
import { retryView, type RetryView } from './retry.view.rules.ts';
import { stopRunView, type StopRunView } from './stop-run.view.rules.ts';

const date = { type: 'string', format: 'date' } as const;

export const runsPage = definePage({
  name: 'billing.runs',
  path: '/billing/runs',
  permission: 'runs:read',
  nav: navIn('runs', 'billing.runs.nav'),
  query: {
    type: 'object',
    properties: {
      job: { type: 'string', enum: jobNames },
      state: { type: 'string', enum: ['finished', 'failed', 'running', 'parked'] },
      from: date,
      to: date,
      after: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}~[a-z-]{1,32}$' },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => ({
    filter: query,
    page: await listRunPage(deps, actor, query),
    nights: await readNights(deps, actor),
    waitingFiles: await countWaitingLineFiles(deps, actor),
    hasTimetable: deps.config.schedule,
    now: deps.clock.now(),
  }),
  view: runsView,
  template: template<RunsView>('billing/runs'),
});

export const startRunPage = definePage({
  name: 'billing.start-run',
  path: '/billing/runs/start',
  permission: 'runs:execute',
  under: '/billing/runs',
  query: {
    type: 'object',
    properties: { job: { type: 'string', enum: requestableJobs }, date },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => ({
    chosen: query,
    nights: await readNights(deps, actor),
    hasTimetable: deps.config.schedule,
  }),
  view: startRunView,
  template: template<StartRunView>('billing/start-run'),
});

const keyOf = ({ date: businessDate = '', job = '' }: Readonly<Record<string, string>>) => ({
  businessDate,
  job,
});

export const runPage = definePage({
  name: 'billing.run',
  path: '/billing/runs/:date/:job',
  permission: 'runs:read',
  load: async (deps, { actor, params }) => ({
    run: await getRun(deps, actor, keyOf(params)),
    hasTimetable: deps.config.schedule,
    now: deps.clock.now(),
  }),
  view: runView,
  template: template<RunView>('billing/run'),
});

export const stopRunPage = definePage({
  name: 'billing.stop-run',
  path: '/billing/runs/:date/:job/stop',
  permission: 'runs:execute',
  load: async (deps, { actor, params }) => ({
    run: await getRun(deps, actor, keyOf(params)),
    now: deps.clock.now(),
  }),
  view: stopRunView,
  template: template<StopRunView>('kit/confirm-page'),
});

export const retryPage = definePage({
  name: 'billing.retry-parked',
  path: '/billing/runs/:date/:job/retry',
  permission: 'runs:execute',
  load: async (deps, { actor, params }) => ({ run: await getRun(deps, actor, keyOf(params)) }),
  view: retryView,
  template: template<RetryView>('kit/confirm-page'),
});

export const retryOnePage = definePage({
  name: 'billing.retry-one',
  path: '/billing/runs/:date/:job/retry/:subject',
  permission: 'runs:execute',
  load: async (deps, { actor, params }) => ({
    run: await getRun(deps, actor, keyOf(params)),
    subject: params['subject'],
  }),
  view: retryView,
  template: template<RetryView>('kit/confirm-page'),
});
