import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chartSource, columnChart, type ChartColumn } from '../../../src/portal/kit/column-chart.rules.ts';

const heights = (svg: string, kind: 'now' | 'before') =>
  [...svg.matchAll(new RegExp(`class="${kind}"[^>]* height="([\\d.]+)"`, 'g'))].map(([, high]) =>
    Number(high),
  );
const column = (value: bigint, rest: Partial<ChartColumn> = {}) => ({
  label: 'May 1',
  value,
  text: `${value}`,
  ...rest,
});

describe('a chart of columns', () => {
  it('begins at zero: a column twice as high says twice as much', () => {
    const [one = 0, two = 0, none] = heights(columnChart([column(500n), column(1_000n), column(0n)]), 'now');
    assert.ok(one > 0);
    assert.equal(two, 2 * one);
    assert.equal(none, 0);
  });

  it('draws what it compares with on the same scale, behind', () => {
    const svg = columnChart([column(500n, { before: 2_000n }), column(1_000n)]);
    const [before = 0] = heights(svg, 'before');
    const [now = 0] = heights(svg, 'now');
    assert.equal(before, 4 * now);
    assert.equal(heights(svg, 'before').length, 1, 'none where there is nothing to compare with');
    assert.ok(svg.indexOf('class="before"') < svg.indexOf('class="now"'));
  });

  it('draws sums that no number holds, all of nothing, and nothing at all', () => {
    const huge = 9_007_199_254_740_993_000n;
    assert.deepEqual(heights(columnChart([column(huge), column(huge)]), 'now').length, 2);
    assert.deepEqual(heights(columnChart([column(0n), column(-300n)]), 'now'), [0, 0]);
    assert.match(columnChart([]), /^<svg .*<\/svg>$/s);
  });

  it('takes texts for texts', () => {
    const svg = columnChart([column(1n, { label: '<b>&', text: '</text>' })]);
    assert.match(svg, /&lt;b&gt;&amp;/);
    assert.doesNotMatch(svg, /<b>/);
    assert.equal(svg.match(/<\/text>/g)?.length, 2);
  });

  it('is an address that holds the picture', () => {
    const svg = columnChart([column(1n)]);
    const [, coded = ''] = chartSource(svg).split('base64,');
    assert.equal(Buffer.from(coded, 'base64').toString(), svg);
  });
});
