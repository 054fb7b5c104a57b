const EVERY_MS = 50;

/** The most resident memory of this process, its threads included, while some work ran; not what came before. */
export class PeakMemory {
  #bytes = 0;

  /** Mebibytes over all of the work so far. */
  get mib(): number {
    return Math.round(this.#bytes / 2 ** 20);
  }

  async during(work: () => Promise<void>): Promise<void> {
    const look = () => {
      this.#bytes = Math.max(this.#bytes, process.memoryUsage.rss());
    };
    const timer = setInterval(look, EVERY_MS);
    try {
      await work();
    } finally {
      look();
      clearInterval(timer);
    }
  }
}
