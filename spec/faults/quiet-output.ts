import type { BatchOutput } from '../../batch/night.ts';
import { noProgress } from '../../src/runs/run-progress.ts';

/** Output of a night that records failures only. */
export function quietOutput(errors: string[]): BatchOutput {
  return {
    line: () => {},
    error: (text) => void errors.push(text),
    watch: () => ({ ...noProgress, stop: () => {} }),
  };
}
