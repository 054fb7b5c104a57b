import { escapeHtml } from '../../shared/html.rules.ts';

/** Text as HTML, with words in backticks as code, the only markup of descriptions and guides. */
export function inlineCode(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}
