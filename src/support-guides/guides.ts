import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import type { Locale } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';
import { renderGuide } from './guide.rules.ts';

/** Guides that come with the service. */
const BUILT_IN = fileURLToPath(new URL('../../templates/support-guides', import.meta.url));

/** A guide that is larger is not shown: it would be no guide. */
const MAX_BYTES = 64 * 1024;
const FILE = /^(?<code>[a-z0-9][a-z0-9-]{0,60})\.md$/;

export interface GuideTitle {
  /** The name of its file, `01-unknown-charge`; it orders the list. */
  readonly code: string;
  readonly title: string;
}

export interface Guide extends GuideTitle {
  /** Of its Markdown; tags in it are shown as text. */
  readonly html: string;
}

/** The guides of a language in the order of their files. A file that cannot be read is left out. @throws Problem `permission-denied` */
export async function listGuides(deps: Deps, actor: Actor, language: Locale): Promise<GuideTitle[]> {
  authorize(actor, 'support-desk:read');
  const folder = folderOf(deps, language);
  const files = await readdir(folder).catch(() => []);
  const codes = files.flatMap((file) => FILE.exec(file)?.groups?.['code'] ?? []).sort();
  const guides = await Promise.all(codes.map((code) => findGuide(folder, code)));
  return guides.flatMap((guide) => (guide ? [{ code: guide.code, title: guide.title }] : []));
}

/** One guide, as its file is now. @throws Problem `permission-denied`, `not-found` */
export async function getGuide(
  deps: Deps,
  actor: Actor,
  { code, language }: { readonly code: string; readonly language: Locale },
): Promise<Guide> {
  authorize(actor, 'support-desk:read');
  const guide = FILE.test(`${code}.md`) ? await findGuide(folderOf(deps, language), code) : undefined;
  if (!guide) throw new Problem('not-found');
  return guide;
}

function folderOf({ config }: Deps, language: Locale): string {
  return join(config.supportGuidesDir ?? BUILT_IN, language);
}

interface Kept {
  readonly changedAt: number;
  readonly guide: Guide | undefined;
}

/** A file is read again once it has changed. */
const kept = new Map<string, Kept>();

async function findGuide(folder: string, code: string): Promise<Guide | undefined> {
  const path = join(folder, `${code}.md`);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > MAX_BYTES) return undefined;
  const before = kept.get(path);
  if (before?.changedAt === found.mtimeMs) return before.guide;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const guide = text === undefined ? undefined : { code, ...renderGuide(text, code) };
  kept.set(path, { changedAt: found.mtimeMs, guide });
  return guide;
}
