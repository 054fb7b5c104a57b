import { listRunning } from '../../../runs/nights.queries.ts';
import { defineLive } from '../../kit/define-live.ts';
import { template } from '../../kit/template.ts';
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
