import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../shared/durable-file.ts';
import { sha256 } from './seal-content.ts';
import type { Seal } from './seal.entity.ts';

/** Path of the seal of a night, for outsiders to copy. */
export function sealPath(filesDir: string, { businessDate }: Pick<Seal, 'businessDate'>): string {
  return join(filesDir, 'seals', `${businessDate}.json`);
}

/** A seal's file on disk. */
export interface SealFile {
  readonly name: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
}

/** The files of seals in a folder, in the order of their names; none without the folder. */
export async function listSealFiles(folder: string): Promise<SealFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const files: SealFile[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith('.json')).sort()) {
    files.push({ name, hash: sha256(await readFile(join(folder, name), 'utf8')) });
  }
  return files;
}

/** Writes missing files. An existing file is never overwritten, whatever its content: it may be the proof. */
export async function writeMissingFiles(filesDir: string, seals: readonly Seal[]): Promise<string[]> {
  const there = new Set((await listSealFiles(join(filesDir, 'seals'))).map(({ name }) => name));
  const missing = seals.filter(({ businessDate }) => !there.has(`${businessDate}.json`));
  for (const seal of missing) {
    await writeDurably(sealPath(filesDir, seal), piecesOf(seal.content));
  }
  return missing.map(({ businessDate }) => businessDate);
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  yield text;
}
