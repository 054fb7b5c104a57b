import { watchProgress } from '../src/runs/terminal-progress.ts';
import type { BatchOutput } from './night.ts';

/** Results on standard output, refusals and faults on standard error, progress wherever the terminal is. */
export const terminalOutput: BatchOutput = {
  line: (text) => void process.stdout.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
  watch: (job) => watchProgress(job, process.stdout),
};
