import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importCollectionFiles } from '../../src/collections/import-collection-files.ts';
import { listBalances } from '../../src/ledger/balance.queries.ts';
import { fakeRun, type FakeRun } from '../support/fake-run.ts';
import type { BilledWorld } from './billed-world.ts';

const HEADER = 'invoice_number,result,collected_amount,result_date,sequence,result_code';

/** The inbox of the carrier's files in a world, and what is booked of them. */
export class CollectionInbox {
  readonly #billed: BilledWorld;
  #files = 0;

  constructor(billed: BilledWorld) {
    this.#billed = billed;
  }

  folder(name: string): string {
    return join(this.#billed.deps.config.filesDir, 'collections', name);
  }

  list(folder: string): Promise<string[]> {
    return readdir(this.folder(folder));
  }

  /** Puts a file of results, one row each, into the inbox. */
  async put(rows: readonly string[], name = `results-${(this.#files += 1)}.csv`): Promise<void> {
    await this.putText(name, [HEADER, ...rows, ''].join('\n'));
  }

  async putText(name: string, text: string): Promise<void> {
    await mkdir(this.folder('inbox'), { recursive: true });
    await writeFile(join(this.folder('inbox'), name), text);
  }

  /** Runs the job of a night. */
  run(
    businessDate: string,
    options: { chunkSize?: number; beforeChunk?: (chunk: number) => void } = {},
  ): Promise<FakeRun> {
    return fakeRun(this.#billed.deps, importCollectionFiles, {
      job: 'import-collections',
      businessDate,
      ...options,
    });
  }

  /** Puts and imports results. */
  async import(businessDate: string, ...rows: readonly string[]): Promise<FakeRun> {
    await this.put(rows);
    return await this.run(businessDate);
  }

  /** What is booked of invoices: the same whatever the order in which files came. */
  async end(): Promise<unknown> {
    const { rows } = this.#billed;
    const read = rows.bind(this.#billed);
    return {
      results: await read(
        'SELECT invoice_number, result_date, sequence, result, collected_minor, result_code FROM collection_result ORDER BY 1, 2, 3, 4, 5, 6',
      ),
      invoices: await read(
        'SELECT invoice_number, state, collected_minor, uncollected_minor, result_count FROM invoice_collection ORDER BY 1',
      ),
      companies: await read(
        'SELECT invoice_number, company_id, uncollected_minor, lost_minor - recovered_minor AS net FROM company_collection WHERE uncollected_minor > 0 OR lost_minor > recovered_minor ORDER BY 1, 2',
      ),
      charges: await read(
        "SELECT charge_id, SUM(IF(kind = 'clawback', amount_minor, -amount_minor)) AS net FROM clawback GROUP BY 1 HAVING net <> 0 ORDER BY 1",
      ),
      balances: await this.balances(),
    };
  }

  /** The balance of each account that has one; above zero is what the carrier owes. */
  async balances(): Promise<Record<string, bigint>> {
    const balances = await listBalances(this.#billed.deps);
    return Object.fromEntries(
      balances
        .filter(({ balanceMinor }) => balanceMinor !== 0n)
        .map(({ code, balanceMinor }) => [code, balanceMinor]),
    );
  }

  /** The steps of clawbacks in their order, recoveries below zero, with the index of the company. */
  async steps(companyIds: readonly number[]): Promise<string[]> {
    const rows = await this.#billed.rows<{
      companyId: number;
      kind: string;
      amount: number;
      bookedOn: string;
    }>(
      'SELECT company_id AS companyId, kind, amount_minor AS amount, booked_on AS bookedOn FROM clawback ORDER BY booked_on, company_id, position',
    );
    return rows.map(
      ({ companyId, kind, amount, bookedOn }) =>
        `${bookedOn} ${'ABCDE'[companyIds.indexOf(companyId)]} ${kind === 'clawback' ? '' : '-'}${amount}`,
    );
  }
}
