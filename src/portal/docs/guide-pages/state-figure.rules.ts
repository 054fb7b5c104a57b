import { escapeHtml } from '../../../shared/html.rules.ts';
import type { Locale } from '../../../shared/money.ts';
import type { Translate } from '../../messages/translate.ts';
import { inlineCode } from '../inline-code.rules.ts';
import { drawStates } from './state-diagram.rules.ts';
import type { StateTable } from './state-tables.ts';

/** The picture of a table of states, and below it what brings about each transition. */
export function stateFigure(
  { moves, start, name, causes }: StateTable,
  language: Locale,
  t: Translate,
): string {
  const rows = Object.entries(moves).flatMap(([from, followers]) =>
    followers.map((to) => {
      const cause = causes[`${from}>${to}`];
      if (!cause) throw new Error(`what makes ${name.en}: ${from} → ${to}?`);
      const step = `<code>${escapeHtml(from)}</code> → <code>${escapeHtml(to)}</code>`;
      return `<tr role="row"><th role="rowheader" scope="row">${step}</th><td role="cell">${inlineCode(cause[language])}</td></tr>`;
    }),
  );
  const head = [t('docs.transition'), t('docs.meaning')].map(
    (text) => `<th role="columnheader" scope="col">${escapeHtml(text)}</th>`,
  );
  const picture = drawStates(moves, { start, label: name[language] });
  const table = `<table class="transitions" role="table" aria-label="${escapeHtml(name[language])}"><thead role="rowgroup"><tr role="row">${head.join('')}</tr></thead><tbody role="rowgroup">${rows.join('')}</tbody></table>`;
  return `<figure class="state-figure">${picture}</figure>\n${table}\n`;
}
