import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

export const readRoot = (file: string) => readFileSync(join(root, file), 'utf8');

/** Instructions of the Dockerfile with their words, stage by stage; continued lines are one. */
export function readStages(): { readonly words: readonly string[] }[][] {
  const stages: { words: string[] }[][] = [];
  for (const line of readRoot('Dockerfile').replaceAll('\\\n', ' ').split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const words = line.trim().split(/\s+/);
    if (words[0] === 'FROM') stages.push([]);
    stages.at(-1)?.push({ words });
  }
  return stages;
}

/** What a stage copies from the repository, and where to in the image's folder. */
export function listCopies(stage: ReturnType<typeof readStages>[number]): { from: string; to: string }[] {
  const copies = stage.filter(({ words }) => words[0] === 'COPY' && !words[1]?.startsWith('--from'));
  return copies.flatMap(({ words }) => {
    const target = words.at(-1) ?? '';
    return words
      .slice(1, -1)
      .map((from) => ({ from, to: join(target, target.endsWith('/') ? fileOf(from) : '') }));
  });
}

const fileOf = (path: string) => path.split('/').at(-1) ?? path;

/** Whether Docker gets to see a path: the last line of .dockerignore that matches it or a folder above decides. */
export function isSeen(path: string): boolean {
  let seen = true;
  for (const line of readRoot('.dockerignore').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '');
    if (pattern === '*' || path === pattern || path.startsWith(`${pattern}/`)) seen = line.startsWith('!');
  }
  return seen;
}

/**
 * Lays out what the last stage copies, as the image has it, with a link to each package that an installation without
 * development packages has and to no other.
 */
export function layOutImage(folder: string): void {
  for (const { from, to } of listCopies(readStages().at(-1) ?? [])) {
    cpSync(join(root, from), join(folder, to), {
      recursive: true,
      filter: (source) => isSeen(relative(root, source)),
    });
  }
  for (const name of listProductionPackages()) {
    const link = join(folder, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, name), link);
  }
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean }>>;
}

/** `node_modules/NAME` of each package at the top that `npm ci --omit=dev` installs. */
function listProductionPackages(): string[] {
  const { packages } = JSON.parse(readRoot('package-lock.json')) as Lock;
  return Object.entries(packages)
    .filter(([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && dev !== true)
    .map(([path]) => path);
}
