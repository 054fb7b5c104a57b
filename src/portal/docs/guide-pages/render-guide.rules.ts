import { Marked, type Tokens } from 'marked';
import { escapeHtml } from '../../../shared/html.rules.ts';
import type { Locale } from '../../../shared/money.ts';
import type { Translate } from '../../messages/translate.ts';
import { codeBlock, snippetTabs } from './code-block.rules.ts';
import { isSnippetName, readSnippet, snippetLanguages } from './snippets.ts';
import { stateFigure } from './state-figure.rules.ts';
import { stateTables } from './state-tables.ts';

/** A part of a guide under its heading. */
export interface GuideSection {
  /** Its anchor. */
  readonly id: string;
  readonly title: string;
  /** Without its marks, for the search. */
  readonly text: string;
}

export interface RenderedGuide {
  readonly title: string;
  /** What it is about: its first paragraph, plain. */
  readonly lead: string;
  readonly sections: readonly GuideSection[];
  /** Without the title. */
  readonly html: string;
}

export interface GuideWords {
  readonly language: Locale;
  readonly t: Translate;
  /** Of the service, in place of `{origin}`. */
  readonly origin: string;
}

/** `## Create a charge {#create}`: the anchor is the same in both languages. */
const HEADING = /^(?<title>.*?)\s*\{#(?<id>[a-z][a-z-]*)\}$/;
const TITLE = /^# (?<title>[^\n]+)\n+(?<lead>(?:[^\n]+\n)+)/;

/**
 * A guide from its Markdown: the first heading is its title, the paragraph below it what it is about. Blocks named `snippet` hold
 * the name of a program, those named `states` that of a table of states.
 * @throws Error for a heading without an anchor, and for names that there are not.
 */
export function renderGuide(markdown: string, words: GuideWords): RenderedGuide {
  const text = markdown.replaceAll('{origin}', words.origin);
  const { title, lead } = TITLE.exec(text)?.groups ?? {};
  if (title === undefined || lead === undefined)
    throw new Error('a guide begins with a title and what it is about');
  const sections: GuideSection[] = [];
  const marked = markedFor(words, sections);
  const html = marked.parse(text.replace(TITLE, ''), { async: false });
  return {
    title,
    lead: lead
      .replaceAll(/[`*]|\]\([^)]*\)|\[/g, '')
      .replaceAll('\n', ' ')
      .trim(),
    sections: fillTexts(sections, text),
    html: `<p class="intro">${marked.parseInline(lead.trim(), { async: false })}</p>\n${html}`,
  };
}

function markedFor(words: GuideWords, sections: GuideSection[]): Marked {
  const { t } = words;
  const inline = new Marked({ gfm: true });
  let blocks = 0;
  return new Marked({
    gfm: true,
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
      heading({ text, depth }: Tokens.Heading) {
        const { title, id } = HEADING.exec(text)?.groups ?? {};
        if (title === undefined || id === undefined) throw new Error(`the heading "${text}" has no anchor`);
        if (depth === 2) sections.push({ id, title: title.replaceAll('`', ''), text: '' });
        const inner = inline.parseInline(title, { async: false });
        return `<h${depth} id="${id}">${inner}</h${depth}>\n`;
      },
      code({ text, lang = '' }: Tokens.Code) {
        blocks += 1;
        if (lang === 'snippet') return tabsOf(text, words);
        if (lang === 'states') return figureOf(text, words);
        return `${codeBlock({ id: `code-${blocks}`, text, language: lang }, t)}\n`;
      },
      blockquote({ tokens }: Tokens.Blockquote) {
        return `<div class="warning">${this.parser.parse(tokens)}</div>\n`;
      },
    },
  });
}

function tabsOf(name: string, { t, origin }: GuideWords): string {
  if (!isSnippetName(name)) throw new Error(`there is no snippet ${name}`);
  const tabs = snippetLanguages.map((language) => ({
    ...language,
    text: readSnippet(name, language, origin),
  }));
  return snippetTabs(`snippet-${name}`, tabs, t);
}

function figureOf(name: string, { language, t }: GuideWords): string {
  const table = stateTables[name];
  if (!table) throw new Error(`there are no states of ${name}`);
  return stateFigure(table, language, t);
}

/** What stands under each heading, without code and marks. */
function fillTexts(sections: readonly GuideSection[], markdown: string): GuideSection[] {
  const parts = markdown
    .replaceAll(/```[\s\S]*?```/g, ' ')
    .split(/^## .*$/m)
    .slice(1);
  return sections.map((section, index) => ({ ...section, text: plainText(parts[index] ?? '') }));
}

/** Markdown without its marks. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/\]\([^)]*\)/g, '')
    .replaceAll(/\{#[\w-]+\}/g, '')
    .replaceAll(/^(?:-|\d+\.) /gm, '')
    .replaceAll(/[`*[\]|>#]+/g, ' ')
    .replaceAll(/-{3,}/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
