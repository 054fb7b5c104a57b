import { getCharge, listCharges } from '../../../src/charges/charge.queries.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { listInvoices, listItems } from '../../../src/invoices/invoice-details.queries.ts';
import { keepParties } from '../../../src/invoices/keep-parties.ts';
import { foldByJob } from '../fold/fold.bench.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { CLOSING_DATE, COMPANIES, ensureFolded, MONTH, type MonthWorld } from '../harness/month-worlds.ts';
import { compare, measureInTurn, median } from '../harness/rounds.ts';
import { keyOf } from '../../support/actors.ts';

const FEW_CHARGES = 10_000;
const PAGE = 50;
const CALLS = 200;

/** Where reads look: a world, and the service on it. */
interface Shelf extends MonthWorld {
  readonly deps: Deps;
}

/** Compares lists and reads among many charges with the same among few. */
export const reads: Bench = {
  name: 'reads',
  run: async (setting) => {
    const few = await setting.months.get(FEW_CHARGES);
    const many = await setting.months.get(setting.quick ? 100_000 : 10_000_000);
    return await withShelf(few, (small) => withShelf(many, (large) => measure(setting, { small, large })));
  },
};

function withShelf<T>(world: MonthWorld, work: (shelf: Shelf) => Promise<T>): Promise<T> {
  return withDeps(world.url, async (deps) => {
    await ensureFolded(deps, world, () => foldByJob(deps, CLOSING_DATE));
    // Like the beginning of a close, because items refer to the companies that it stores.
    await inTransaction(deps, (tx) => keepParties(tx, MONTH));
    return work({ deps, ...world });
  });
}

/** A read of something, wherever `number` points to; returns how much came back. */
type Read = (shelf: Shelf, number: number) => Promise<number>;

const chargeId = (number: number) => `01JW${String(number).padStart(22, '0')}`;
const lineOf = ({ lines }: Shelf, number: number) => 1 + ((number * 7919) % lines);
const lineId = (number: number) => `CAF${String(number).padStart(10, '0')}`;
const sellerOf = (shelf: Shelf, number: number) => keyOf(1 + (lineOf(shelf, number) % COMPANIES));

const kinds: Readonly<Record<string, Read>> = {
  'a charge': async (shelf, number) => {
    const charge = await getCharge(shelf.deps, sellerOf(shelf, number), chargeId(number));
    return charge.id === chargeId(number) ? 1 : 0;
  },
  'newest charges': async (shelf, number) =>
    (await listCharges(shelf.deps, sellerOf(shelf, number), { limit: PAGE })).length,
  'a later page': async (shelf, number) => {
    const list = { limit: PAGE, state: 'captured' as const };
    // From somewhere in the upper half, so that both have a whole page below.
    return (
      await listCharges(shelf.deps, sellerOf(shelf, number), {
        ...list,
        after: chargeId(Math.ceil((shelf.charges + number) / 2)),
      })
    ).length;
  },
  'by reference': async (shelf, number) =>
    (
      await listCharges(shelf.deps, sellerOf(shelf, number), {
        limit: PAGE,
        reference: `order-${number}`,
      })
    ).length,
  'invoices of a group': async (shelf, number) => {
    const line = Math.floor(lineOf(shelf, number) / 2);
    const range = { ...MONTH, afterLine: lineId(line), throughLine: lineId(line + PAGE) };
    return (await listInvoices(shelf.deps, range)).length;
  },
  'items of a line': async (shelf, number) => {
    const line = lineOf(shelf, number);
    const range = { ...MONTH, afterLine: lineId(line - 1), throughLine: lineId(line) };
    return (await listItems(shelf.deps, range)).length;
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
