import { escapeHtml } from '../../shared/html.rules.ts';

/** The parts of JSON text: a member's name, a text, or a number, true, false or null. */
const PARTS = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\b(?:\d[\d.eE+-]*|true|false|null)\b/g;

/** A value as indented JSON in HTML, its names, texts and figures distinguished by their class. */
export function highlightJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  let html = '';
  let end = 0;
  for (const match of json.matchAll(PARTS)) {
    const [part, text, colon] = match;
    html += escapeHtml(json.slice(end, match.index));
    if (colon !== undefined) html += `${span('name', text ?? '')}${colon}`;
    else html += span(text === undefined ? 'figure' : 'text', part);
    end = match.index + part.length;
  }
  return html + escapeHtml(json.slice(end));
}

function span(kind: string, part: string): string {
  return `<span class="json-${kind}">${escapeHtml(part)}</span>`;
}
