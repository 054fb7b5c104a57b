import { MultiBar, type SingleBar } from 'cli-progress';
import { formatCount } from '../shared/money.ts';
import { handledOf, type RunCounts } from './run-counts.rules.ts';
import type { RunProgress } from './run-progress.ts';

/** Progress on a terminal; call `stop` before printing anything else. */
export interface WatchedProgress extends RunProgress {
  stop(): void;
}

const PLAIN_EVERY_MS = 3_000;

/** A bar on a terminal; elsewhere plain lines every few seconds, so that a log shows that the run is alive. */
export function watchProgress(job: string, output: NodeJS.WriteStream): WatchedProgress {
  return output.isTTY ? new BarProgress(job, output) : new PlainProgress(job, output);
}

class BarProgress implements WatchedProgress {
  readonly #bars: MultiBar;
  readonly #bar: SingleBar;

  constructor(job: string, stream: NodeJS.WriteStream) {
    this.#bars = new MultiBar({
      stream,
      format: `${job} [{bar}] {percentage}% | {value} of {total} | {duration_formatted}`,
      hideCursor: true,
      clearOnComplete: true,
    });
    this.#bar = this.#bars.create(0, 0);
  }

  advance(counts: RunCounts): void {
    this.#bar.setTotal(counts.expected);
    this.#bar.update(handledOf(counts));
  }

  report(line: string): void {
    this.#bars.log(`  ${line}\n`);
  }

  stop(): void {
    this.#bars.stop();
  }
}

class PlainProgress implements WatchedProgress {
  readonly #job: string;
  readonly #output: NodeJS.WriteStream;
  #printedAtMs = performance.now();

  constructor(job: string, output: NodeJS.WriteStream) {
    this.#job = job;
    this.#output = output;
  }

  advance(counts: RunCounts): void {
    if (performance.now() - this.#printedAtMs < PLAIN_EVERY_MS) return;
    this.report(`${formatCount(handledOf(counts))} of ${formatCount(counts.expected)}`);
  }

  report(line: string): void {
    this.#printedAtMs = performance.now();
    this.#output.write(`  ${this.#job}: ${line}\n`);
  }

  stop(): void {}
}
