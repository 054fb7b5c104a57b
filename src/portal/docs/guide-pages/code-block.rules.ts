import { escapeHtml } from '../../../shared/html.rules.ts';
import { highlightJson } from '../highlight-json.rules.ts';
import type { Translate } from '../../messages/translate.ts';

interface CodeBlock {
  /** Unique on the page: what the button copies. */
  readonly id: string;
  readonly text: string;
  readonly language: string;
}

/** A block of code with a button that copies it; JSON with its parts distinguished. The button appears with scripts alone. */
export function codeBlock({ id, text, language }: CodeBlock, t: Translate): string {
  const html = language === 'json' && isJson(text) ? highlightJson(JSON.parse(text)) : escapeHtml(text);
  return `<div class="code"><pre><code id="${id}">${html}</code></pre>${copyButton(id, t)}</div>`;
}

export function copyButton(id: string, t: Translate): string {
  return `<button class="button-plain code-copy" type="button" data-copy="${id}" data-copied="${escapeHtml(t('kit.copied'))}" hidden>${escapeHtml(t('kit.copy'))}</button>`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Tab {
  readonly code: string;
  readonly name: string;
  readonly text: string;
}

/** The same program in several languages, one shown at a time. It works without scripts: each tab is a radio button. */
export function snippetTabs(id: string, tabs: readonly Tab[], t: Translate): string {
  const choices = tabs.map(
    ({ code, name }, index) =>
      `<input type="radio" name="${id}" id="${id}-${code}-tab" value="${code}"${index === 0 ? ' checked' : ''}><label for="${id}-${code}-tab">${name}</label>`,
  );
  const panels = tabs.map(
    ({ code, text }) =>
      `<div class="snippet-panel">${codeBlock({ id: `${id}-${code}`, text, language: code }, t)}</div>`,
  );
  return `<fieldset class="snippet"><legend>${escapeHtml(t('docs.snippet-language'))}</legend>${choices.join('')}${panels.join('')}</fieldset>\n`;
}
