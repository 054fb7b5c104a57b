import { listRunning } from '../../../runs/nights.queries.ts';
import { getRun } from '../../../runs/run-details.queries.ts';
import { defineLive } from '../../kit/define-live.ts';
import { template } from '../../kit/template.ts';
import { runFiguresView, type RunFiguresView } from './run-figures.view.rules.ts';
import { runningView, type RunningView } from './running.view.rules.ts';

/** What runs, on the pages that show it. */
export const runningLive = defineLive({
  name: 'billing.live',
  path: '/billing/live',
  permission: 'runs:read',
  load: async (deps, actor) => ({ running: await listRunning(deps, actor), now: deps.clock.now() }),
  view: (data, frame) => ({ running: runningView(data, frame) }),
  template: template<{ readonly running: RunningView }>('billing/running'),
});

/** One run, on its page. */
export const runLive = defineLive({
  name: 'billing.run-live',
  path: '/billing/live/runs/:date/:job',
  permission: 'runs:read',
  load: async (deps, actor, { date: businessDate = '', job = '' }) => ({
    run: await getRun(deps, actor, { businessDate, job }),
    now: deps.clock.now(),
  }),
  view: (data, frame) => ({ figures: runFiguresView(data, frame), isWatched: true }),
  template: template<{ readonly figures: RunFiguresView; readonly isWatched: boolean }>(
    'billing/run-figures',
  ),
});
