import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import type { Locale } from '../shared/money.ts';
import { readTextBlock, type TextBlock } from './text-block.rules.ts';

/** Ours, which the operator's own replace by their names. */
const OURS = join(import.meta.dirname, '../../templates/case-answers');
const MAX_BLOCKS = 50;

/** The text blocks of a language by the names of their files; read each time, so that a changed file needs no restart. */
export async function listTextBlocks(
  { config }: Pick<Deps, 'config'>,
  language: Locale,
): Promise<TextBlock[]> {
  const blocks = new Map<string, TextBlock>();
  for (const folder of [join(OURS, language), join(config.filesDir, 'case-answers', language)])
    for (const block of await readFolder(folder)) blocks.set(block.name, block);
  return [...blocks.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MAX_BLOCKS);
}

async function readFolder(folder: string): Promise<TextBlock[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => /^[\w-]{1,40}\.md$/.test(name));
  const read = await Promise.all(
    files.map(async (name) =>
      readTextBlock(name.slice(0, -'.md'.length), await readFile(join(folder, name), 'utf8')),
    ),
  );
  return read.filter((block) => block !== undefined);
}
