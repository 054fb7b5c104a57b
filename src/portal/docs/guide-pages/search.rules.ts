import { escapeHtml } from '../../../shared/html.rules.ts';

/** Something the search finds. */
export interface Searched {
  readonly title: string;
  /** Where it stands: the guide, or the kind of page. */
  readonly context: string;
  readonly href: string;
  readonly text: string;
}

export interface Found {
  readonly title: string;
  readonly context: string;
  readonly href: string;
  /** HTML: the text around the first word that was found, which is marked. */
  readonly excerpt: string;
}

export const MAX_WORDS = 100;
const MAX_TERMS = 6;
export const MAX_FOUND = 30;
const AROUND = 110;

/** What has every term of the words in its title or text, the best first. */
export function searchDocs(all: readonly Searched[], words: string): Found[] {
  const terms = termsOf(words);
  if (terms.length === 0) return [];
  return all
    .map((entry) => ({ entry, score: scoreOf(entry, terms) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MAX_FOUND)
    .map(({ entry }) => present(entry, terms));
}

/** Full-width letters are taken for plain ones, capitals for small ones. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function termsOf(words: string): string[] {
  return fold(words).split(/\s+/).filter(Boolean).slice(0, MAX_TERMS);
}

/** 0 if a term is missing. A term in the title counts more, and a title that is the term most. */
function scoreOf({ title, text }: Searched, terms: readonly string[]): number {
  const [foldedTitle, foldedText] = [fold(title), fold(text)];
  let score = 0;
  for (const term of terms) {
    if (foldedTitle === term) score += 12;
    else if (foldedTitle.includes(term)) score += 4;
    else if (foldedText.includes(term)) score += 1;
    else return 0;
  }
  return score;
}

function present({ title, context, href, text }: Searched, terms: readonly string[]): Found {
  return { title, context, href, excerpt: excerptOf(text, terms) };
}

function excerptOf(text: string, terms: readonly string[]): string {
  const folded = fold(text);
  // A text whose length changes when it is folded has no positions to mark.
  const isAligned = folded.length === text.length;
  const [first] = isAligned
    ? terms.map((term) => ({ at: folded.indexOf(term), term })).filter(({ at }) => at >= 0)
    : [];
  if (!first) return escapeHtml(text.slice(0, 2 * AROUND)) + (text.length > 2 * AROUND ? '…' : '');
  const { at, term } = first;
  const [start, end] = [Math.max(0, at - AROUND), Math.min(text.length, at + term.length + AROUND)];
  const before = `${start > 0 ? '…' : ''}${escapeHtml(text.slice(start, at))}`;
  const after = `${escapeHtml(text.slice(at + term.length, end))}${end < text.length ? '…' : ''}`;
  return `${before}<mark>${escapeHtml(text.slice(at, at + term.length))}</mark>${after}`;
}
