import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Eta } from 'eta';
import { pagesDir } from '../../../src/portal/kit/assets.ts';
import type { TableView } from '../../../src/portal/kit/component.types.ts';
import { translator } from '../../../src/portal/messages/translate.ts';

const eta = new Eta({ views: pagesDir, cache: true, autoEscape: true });
const render = (table: TableView) => eta.render('/kit/table', { t: translator('en'), table });

const columns: TableView['columns'] = [
  { label: 'Company', isLong: true, href: '?sort=company', sort: 'ascending' },
  { label: 'Payout', isNumber: true },
  { label: 'State' },
];
const cells = [
  { text: '<i>Aoba</i>', href: '/a', note: 'aoba' },
  '¥0',
  { badge: { tone: 'bad', text: 'Returned' } },
] as const;
const whole: TableView = { caption: 'Settlements', columns, rows: [{ cells }], foot: ['Total', '¥0', ''] };

describe('a data table', () => {
  it('names itself, its columns and its rows, and says how it is sorted', () => {
    const html = render(whole);
    assert.match(html, /<caption>Settlements<\/caption>/);
    assert.match(
      html,
      /<th scope="col" class="long" aria-sort="ascending"><a class="sort" href="\?sort=company">/,
    );
    assert.match(html, /<th scope="row" class="long" data-label="Company"><a class="row-link" href="\/a"/);
    assert.match(html, /<td class="number" data-label="Payout"/);
    assert.match(html, /badge-bad">Returned/);
  });

  it('shows texts of others as texts, whole in the title of what may be cut', () => {
    const html = render(whole);
    assert.doesNotMatch(html, /<i>/);
    assert.match(html, /title="&lt;i&gt;Aoba/);
  });

  it('marks the row that is shown beside it', () => {
    assert.match(
      render({ ...whole, rows: [{ cells, isCurrent: true }] }),
      /class="is-current"[^]*aria-current="true"/,
    );
    assert.doesNotMatch(render(whole), /aria-current/);
  });

  it('has a box for each row that can be chosen, and none for the others', () => {
    const select = { form: 'bulk', name: 'settlement', label: 'Choose' };
    const html = render({ ...whole, select, rows: [{ cells, value: '7' }, { cells }] });
    assert.equal(html.match(/type="checkbox"/g)?.length, 1);
    assert.match(
      html,
      /form="bulk" name="settlement" type="checkbox" value="7" aria-label="Choose: &lt;i&gt;Aoba/,
    );
    assert.equal(html.match(/<tfoot>[^]*<\/tfoot>/)?.[0].match(/<t[hd] /g)?.length, 4, 'the foot is as wide');
  });

  it('says that there is nothing instead of totals of nothing', () => {
    const html = render({ ...whole, rows: [], empty: { title: 'None', text: 'Use fewer conditions.' } });
    assert.match(html, /colspan="3"[^]*None/);
    assert.doesNotMatch(html, /<tfoot>/);
  });
});
