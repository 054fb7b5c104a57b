import type { LeasedWork } from './leased-work.ts';
import { parkSubject } from './park-subject.ts';
import { handledOf } from './run-counts.rules.ts';
import type { WorkHandle } from './run-handle.ts';

/** Creates what a job sees of its work; `members` are those that only a run or only a partition has. */
export function createHandle<Members extends object>(
  work: LeasedWork,
  members: Members,
): WorkHandle & Members {
  const { claimed, options } = work;
  const handle: WorkHandle = {
    job: claimed.job,
    businessDate: claimed.businessDate,
    chunkSize: options.chunkSize,
    get facts() {
      return work.facts;
    },
    get remaining() {
      return work.counts.expected - handledOf(work.counts);
    },
    announce: (count) => work.announce(count),
    inChunk: (chunk, transaction) => work.inChunk(chunk, transaction),
    park: (tx, parked) => parkSubject(tx, claimed, parked),
    report: (line) => work.report(line),
  };
  return Object.assign(handle, members);
}
