/** Thrown in the middle of work that this process has to leave: it has not failed, and another process or a later run continues it. Never retry or swallow it. */
export abstract class WorkInterrupted extends Error {}

/** Another process has taken the lease: what this one has not committed is not written. */
export class LeaseLost extends WorkInterrupted {
  override readonly name = 'LeaseLost';
}

/** This process is stopping. Its last chunk is committed; the next run of the job continues after it. */
export class Stopped extends WorkInterrupted {
  override readonly name = 'Stopped';
}
