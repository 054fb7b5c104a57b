import { jobActor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { Problem } from '../shared/problem.ts';
import { checkInvariants } from './check-invariants.ts';
import type { InvariantResult, MonthsToRead, OffendingRow } from './invariant.types.ts';
import { chooseMonths } from './months-of-night.ts';

/**
 * Checks every invariant after the nights through the run's business date, on the months of this night, and reports the
 * findings.
 * @throws Problem `invariant-broken` after listing the offending rows, so that the run fails.
 */
export async function checkInvariantsJob(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  const months = await chooseMonths(deps, run.businessDate);
  const results = await checkInvariants(deps, jobActor(run.job), {
    through: run.businessDate,
    months,
    filesAreHere: true,
  });
  for (const line of [...results.flatMap(describeResult), describeMonths(months)]) run.report(line);
  const broken = results.filter((result) => !result.holds);
  if (broken.length > 0) {
    const detail = `Broken: ${broken.map(({ number, name }) => `${number} (${name})`).join('; ')}.`;
    throw new Problem('invariant-broken', { detail });
  }
  run.announce(results.length);
  await run.inChunk(() => Promise.resolve({ done: results.length }));
  return { months, checked: Object.fromEntries(results.map(({ number, checked }) => [number, checked])) };
}

function describeMonths({ since, also }: MonthsToRead): string {
  return `read charge by charge: ${since} and later${also === undefined ? '' : `; of the older months, ${also}`}`;
}

/** Describes an invariant in one line, and each row that breaks it in another. */
export function describeResult({ number, name, ...result }: InvariantResult): string[] {
  const { holds, checked, offending, offendingCount } = result;
  if (holds) return [`${number}. holds (${checked} checked): ${name}`];
  const more = offendingCount - offending.length;
  return [
    `${number}. BROKEN by ${offendingCount}: ${name}`,
    ...offending.map(({ broken, ...row }) => `   not true: ${broken}: ${describeRow(row)}`),
    ...(more > 0 ? [`   and ${more} more`] : []),
  ];
}

/** A row as facts: `line_id: CAF0000000001, billed: 500`. */
function describeRow(row: OffendingRow): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}: ${describeValue(value)}`)
    .join(', ');
}

function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}
