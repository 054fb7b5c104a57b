import { readdir } from 'node:fs/promises';
import type { Deps } from '../deps.ts';
import { executeAhead } from '../runs/execute-ahead.ts';
import type { JobWork } from '../runs/run-handle.ts';
import { Stopped } from '../runs/work-interrupted.ts';
import { findArrivals } from './arrived-files.ts';
import { openCollectionFolders } from './collection-folders.ts';
import { importNamedFiles } from './import-collection-files.ts';

const JOB = 'import-collections';

/** What a pass of the loop has imported. */
export interface ArrivedFiles {
  /** Files, refused ones included. */
  readonly files: number;
  /** Files of which nothing was imported. */
  readonly refusedFiles: number;
}

const NOTHING: ArrivedFiles = { files: 0, refusedFiles: 0 };

/**
 * Imports the files of the inbox that have arrived in whole, as the night's job does, of which it takes the lease: of several
 * processes, and the night, one imports at a time, and the others look again at their next pass. Only looks into the folder when
 * there is nothing. What cannot be read is left to the night, which parks it.
 */
export async function importArrivedFiles(deps: Deps, stopping: AbortSignal): Promise<ArrivedFiles> {
  if ((await listArrived(deps)).length === 0) return NOTHING;
  let found = NOTHING;
  const work: JobWork = async (_deps, run) => {
    // Looked at again under the lease: another process may have imported them meanwhile.
    const files = await importNamedFiles(deps, run, await listArrived(deps));
    found = { files: files.length, refusedFiles: files.filter((file) => 'refusal' in file).length };
    return {};
  };
  try {
    await executeAhead(deps, { job: JOB, stopping: () => stopping.aborted }, work);
  } catch (error) {
    // Its last chunk is committed, and the file is still there.
    if (!(error instanceof Stopped)) throw error;
  }
  return found;
}

async function listArrived(deps: Deps): Promise<string[]> {
  const { inbox } = await openCollectionFolders(deps);
  const arrivals = await findArrivals(inbox, await readdir(inbox), deps.clock.now());
  return [...arrivals].filter(([, arrival]) => arrival === 'arrived').map(([name]) => name);
}
