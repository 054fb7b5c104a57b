import type { OffendingRow } from '../invariants/invariant.types.ts';
import { readContent, sha256 } from './seal-content.ts';
import type { Seal } from './seal.entity.ts';
import type { SealFile } from './seal-files.ts';

/** The broken links of a chain: seals whose content, columns or predecessor do not match their hash. */
export function findBrokenLinks(seals: readonly Seal[]): OffendingRow[] {
  return seals.flatMap((seal, index) => {
    const previous = seals[index - 1];
    const fault = findFault(seal, previous);
    return fault === undefined
      ? []
      : [{ seal: seal.number, businessDate: seal.businessDate, problem: fault }];
  });
}

function findFault(seal: Seal, previous: Seal | undefined): string | undefined {
  if (sha256(seal.content) !== seal.hash) return 'its content is not what its hash was made of';
  const content = readContent(seal.content);
  if (seal.number !== (previous?.number ?? 0) + 1) return 'a seal before it is missing';
  if (content.previous !== (previous?.hash ?? null) || seal.previousHash !== content.previous) {
    return 'the seal before it is another one than it names';
  }
  const isSame =
    content.number === seal.number &&
    content.businessDate === seal.businessDate &&
    content.takenAt === seal.takenAt.toISOString() &&
    content.saltHash === sha256(seal.salt);
  return isSame ? undefined : 'its number, date, time or salt is not that of its content';
}

/** Seals that a run recorded and that are missing in the chain. */
export function findLostSeals(
  seals: readonly Seal[],
  taken: readonly { businessDate: string; hash: string }[],
): OffendingRow[] {
  const hashes = new Set(seals.map(({ hash }) => hash));
  return taken
    .filter(({ hash }) => !hashes.has(hash))
    .map((run) => ({ ...run, problem: 'its run took this seal, which is not there' }));
}

/** Files that differ from the chain: missing, with other content, or of a night without a seal. */
export function compareFiles(seals: readonly Seal[], files: readonly SealFile[]): OffendingRow[] {
  const lying = new Map(files.map(({ name, hash }) => [name, hash]));
  const wanted = new Map(seals.map(({ businessDate, hash }) => [`${businessDate}.json`, hash]));
  const differing = [...wanted].flatMap(([file, hash]) => {
    const found = lying.get(file);
    if (found === hash) return [];
    return [{ file, problem: found === undefined ? 'the file is missing' : 'the file is another one' }];
  });
  const unknown = files
    .filter(({ name }) => !wanted.has(name))
    .map(({ name }) => ({ file: name, problem: 'its seal is not there' }));
  return [...differing, ...unknown];
}

/** The hashes kept by an outsider that are missing in the chain. */
export function compareKept(
  seals: readonly Seal[],
  kept: readonly { name: string; hash: string }[],
): OffendingRow[] {
  const hashes = new Set(seals.map(({ hash }) => hash));
  return kept
    .filter(({ hash }) => !hashes.has(hash))
    .map((seal) => ({ kept: seal.name, hash: seal.hash, problem: 'the chain here does not have it' }));
}
