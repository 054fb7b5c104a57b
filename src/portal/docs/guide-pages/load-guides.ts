import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locale } from '../../../shared/money.ts';
import { translator } from '../../messages/translate.ts';
import { guideCodes, type GuideCode } from './guide-list.ts';
import { renderGuide, type RenderedGuide } from './render-guide.rules.ts';

/** Guides in Markdown, a folder a language. */
const folder = fileURLToPath(new URL('../../../../templates/docs-guides', import.meta.url));

export interface Guide extends RenderedGuide {
  readonly code: GuideCode;
  readonly href: string;
}

/** All guides of a language, read once: they come with the release. @throws Error for one that is wrong. */
export function loadGuides(language: Locale, origin: string): readonly Guide[] {
  const words = { language, t: translator(language), origin };
  return guideCodes.map((code) => {
    const markdown = readFileSync(join(folder, language, `${code}.md`), 'utf8');
    return { code, href: `/docs/guides/${code}`, ...renderGuide(markdown, words) };
  });
}
