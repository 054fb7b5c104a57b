import Table from 'cli-table3';
import { holds, type Comparison, type Reach } from './bench.types.ts';
import type { MeasuredWith } from './describe-settings.ts';

/** The table of a run, for people. */
export function formatComparisons(comparisons: readonly Comparison[]): string {
  const table = new Table({
    head: ['bench', 'ours', 'beside', 'unit', 'ratio', 'reach', 'holds'],
    colAligns: ['left', 'right', 'right', 'left', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const comparison of comparisons) {
    const { name, ours, beside, unit, ratio, reach } = comparison;
    table.push([
      name,
      formatFigure(ours),
      formatFigure(beside),
      unit,
      ratio.toFixed(2),
      formatReach(reach),
      holds(comparison) ? 'yes' : 'NO',
    ]);
  }
  return table.toString();
}

/** The list of a run, for programs: each comparison carries what it was measured with. */
export function comparisonsAsJson(comparisons: readonly Comparison[], settings: MeasuredWith): string {
  const list = comparisons.map((comparison) => ({
    ...comparison,
    reach: formatReach(comparison.reach),
    holds: holds(comparison),
    settings,
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

function formatFigure(figure: number): string {
  return figure >= 100 ? Math.round(figure).toLocaleString('en') : figure.toPrecision(3);
}

function formatReach(reach: Reach): string {
  return 'atLeast' in reach ? `>= ${reach.atLeast}` : `<= ${reach.atMost}`;
}
