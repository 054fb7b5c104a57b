import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SIZE_MIB = 256;
const BALLAST = 'ballast';

/** A small disk that can be filled to its last byte: a file system in memory, which only root may mount. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Mounts one on an empty folder; undefined where that is not allowed. */
  static mount(folder: string): SmallDisk | undefined {
    const options = `size=${SIZE_MIB}m,mode=700`;
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tabane-faults', folder]);
    return status === 0 ? new SmallDisk(folder) : undefined;
  }

  /** Fills it completely. */
  fill(): void {
    const file = openSync(join(this.folder, BALLAST), 'w');
    for (let bytes = 2 ** 20; bytes >= 1;) {
      try {
        writeSync(file, Buffer.alloc(bytes));
      } catch {
        bytes >>= 1;
      }
    }
    closeSync(file);
  }

  free(): void {
    rmSync(join(this.folder, BALLAST), { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['--lazy', this.folder]);
  }
}
