import { getCharge, listCharges } from '../../../src/charges/charge.queries.ts';
import type { Deps } from '../../../src/deps.ts';
import { foldCharges } from '../../../src/invoices/fold-charges.ts';
import { listInvoices, listItems } from '../../../src/invoices/invoice-details.queries.ts';
import type { PeriodKey } from '../../../src/invoices/ensure-billing-period.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import type { BenchDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { fillCharges, fillWorld, withDeps } from '../harness/bench-world.ts';
import { compare, measureInTurn, median } from '../harness/rounds.ts';

const COMPANIES = 100;
const FEW_CHARGES = 10_000;
const BUSINESS_DATE = '2026-05-10';
const PAGE = 50;
const CALLS = 200;

/** Where reads look: a world and how much is in it. */
interface Shelf {
  readonly deps: Deps;
  readonly charges: number;
  readonly periods: readonly PeriodKey[];
}

/** Lists and reads where there are many charges, beside the same where there are few. */
export const reads: Bench = {
  name: 'reads',
  run: async (setting) => {
    const manyCharges = setting.quick ? 150_000 : 10_000_000;
    const databases: BenchDatabase[] = [];
    try {
      const [few, many] = [await fill(FEW_CHARGES, 'few'), await fill(manyCharges, 'many')];
      return await withShelf(few, (small) => withShelf(many, (large) => measure(setting, { small, large })));
    } finally {
      for (const database of databases) await database.drop();
    }

    async function fill(charges: number, name: string) {
      setting.say(`filling ${charges} charges`);
      const database = await setting.databases.create(`reads_${name}`);
      databases.push(database);
      const size = { companies: COMPANIES, lines: charges / 5, charges, businessDate: BUSINESS_DATE };
      await fillWorld(database.url, size);
      return { url: database.url, charges, periods: await fillCharges(database.url, size) };
    }
  },
};

function withShelf<T>(
  { url, ...shelf }: Omit<Shelf, 'deps'> & { readonly url: string },
  work: (shelf: Shelf) => Promise<T>,
): Promise<T> {
  return withDeps(url, async (deps) => {
    await executeRun(deps, { job: 'fold-charges', businessDate: BUSINESS_DATE }, foldCharges);
    return work({ deps, ...shelf });
  });
}

/** A read of something, wherever `number` points to; returns how much came back. */
type Read = (shelf: Shelf, number: number) => Promise<number>;

const chargeId = (number: number) => `01JW${String(number).padStart(22, '0')}`;
const lineOf = ({ charges }: Shelf, number: number) => 1 + ((number * 7919) % (charges / 5));
const companyOf = (shelf: Shelf, number: number) => 1 + (lineOf(shelf, number) % COMPANIES);

const kinds: Readonly<Record<string, Read>> = {
  'a charge': async (shelf, number) => {
    const charge = await getCharge(shelf.deps, companyOf(shelf, number), chargeId(number));
    return charge.id === chargeId(number) ? 1 : 0;
  },
  'newest charges': async (shelf, number) =>
    (await listCharges(shelf.deps, { companyId: companyOf(shelf, number), limit: PAGE })).length,
  'a later page': async (shelf, number) => {
    const list = { companyId: companyOf(shelf, number), limit: PAGE, state: 'captured' as const };
    // From somewhere in the upper half, so that both have a whole page below.
    return (
      await listCharges(shelf.deps, { ...list, after: chargeId(Math.ceil((shelf.charges + number) / 2)) })
    ).length;
  },
  'by reference': async (shelf, number) =>
    (
      await listCharges(shelf.deps, {
        companyId: companyOf(shelf, number),
        limit: PAGE,
        reference: `order-${number}`,
      })
    ).length,
  'invoices of a group': async (shelf, number) => {
    const key = shelf.periods[number % shelf.periods.length]!;
    const afterLine = `CAF${String(Math.floor(lineOf(shelf, number) / 2)).padStart(10, '0')}`;
    return (await listInvoices(shelf.deps, { key, afterLine, limit: PAGE })).length;
  },
  'items of a line': async (shelf, number) => {
    const line = lineOf(shelf, number);
    const group = [5, 10, 15, 20, 25, 31][line % 6];
    const key = shelf.periods.find(({ closingGroup }) => closingGroup === group)!;
    const lineId = `CAF${String(line).padStart(10, '0')}`;
    return (await listItems(shelf.deps, { key, firstLine: lineId, lastLine: lineId })).length;
  },
};

async function measure(
  { quick, say }: BenchSetting,
  { small, large }: { small: Shelf; large: Shelf },
): Promise<Comparison[]> {
  const rounds = quick ? 5 : 9;
  const comparisons: Comparison[] = [];
  for (const [kind, read] of Object.entries(kinds)) {
    let round = 0;
    const timed = (shelf: Shelf) => () => medianMs(read, shelf, (round += 1));
    await Promise.all([small, large].map((shelf) => medianMs(read, shelf, 0)));
    const measured = await measureInTurn(rounds, { large: timed(large), small: timed(small) });
    const compared = compare(measured.large, measured.small);
    say(`${kind}: ${compared.ours.toFixed(2)} ms beside ${compared.beside.toFixed(2)} ms`);
    comparisons.push({
      name: `reads / ${kind}`,
      unit: 'ms',
      ...compared,
      reach: { atMost: 1.5 },
      facts: { charges: large.charges, besideCharges: small.charges, rounds, calls: CALLS },
    });
  }
  return comparisons;
}

/** The middle of many reads, each of something else. */
async function medianMs(read: Read, shelf: Shelf, round: number): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const number = 1 + (((round * CALLS + call) * 104_729) % shelf.charges);
    const startedAt = performance.now();
    const found = await read(shelf, number);
    times.push(performance.now() - startedAt);
    if (found === 0) throw new Error(`nothing was read of number ${number}`);
  }
  return median(times);
}
