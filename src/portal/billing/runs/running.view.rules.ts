import type { ListedRun } from '../../../runs/run-list.queries.ts';
import type { EmptyView, ProgressView } from '../../kit/component.types.ts';
import type { LiveFrame } from '../../kit/define-live.ts';
import { progressOf } from '../run-words.rules.ts';

/** What runs now. */
export interface RunningView {
  readonly progresses: readonly ProgressView[];
  readonly empty: EmptyView;
}

/** How far each run is. */
export function runningView(
  { running, now }: { readonly running: readonly ListedRun[]; readonly now: Date },
  frame: LiveFrame,
): RunningView {
  return {
    progresses: running.map((run) => progressOf(run, now, frame)),
    empty: { title: frame.t('billing.today.nothing-runs'), text: '' },
  };
}
