import { relative } from 'node:path';

const SHOWN = 25;

interface FileSummary {
  readonly type: string;
  readonly data: { readonly file?: string; readonly duration_ms?: number };
}

/**
 * Reporter of Node's test runner: after the run, the spec files that took longest, in seconds, the longest first. A run of few files
 * prints nothing.
 */
export default async function* slowestFiles(events: AsyncIterable<FileSummary>): AsyncGenerator<string> {
  const seconds = new Map<string, number>();
  for await (const { type, data } of events) {
    if (type !== 'test:summary' || data.file === undefined) continue;
    seconds.set(data.file, (data.duration_ms ?? 0) / 1000);
  }
  if (seconds.size <= SHOWN) return;
  const sum = [...seconds.values()].reduce((total, each) => total + each, 0);
  const slowest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  yield `\nslowest of ${seconds.size} files (${sum.toFixed(0)} s together)\n`;
  for (const [file, each] of slowest)
    yield `${each.toFixed(1).padStart(7)} s  ${relative(process.cwd(), file)}\n`;
}
