/** Thrown into the middle of work that ends here and goes on elsewhere or later: no failure, and nobody is to try again now. */
export abstract class WorkInterrupted extends Error {}

/** Another process has taken over what this one held: whatever this one still wanted to write is not written. */
export class LeaseLost extends WorkInterrupted {
  override readonly name = 'LeaseLost';
}

/** This process is to end. Its last chunk is committed, and whoever runs the job next goes on behind it. */
export class Stopped extends WorkInterrupted {
  override readonly name = 'Stopped';
}
