import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readZengin, type ReadTransfer } from '../../payouts/read-zengin.ts';
import type { EventBodies } from '../history.ts';
import { contradict, resultDate } from '../shadow/bank.ts';

/** A transfer as the bank reads it in a file. */
export interface BankTransfer extends ReadTransfer {
  readonly code: string;
  /** The file's day has no year: that of the number of the run. */
  readonly payOn: string;
  readonly monthDay: string;
}

interface BankResult {
  readonly transfer: BankTransfer;
  readonly result: 'settled' | 'returned';
  readonly date: string;
  readonly amount: bigint;
}

/** The bank: it makes the transfers of the files that it finds, each once, and says what became of them. */
export class Bank {
  readonly #dir: string;
  readonly #told = new Map<string, BankResult['result']>();
  #last: readonly BankResult[] = [];

  constructor(filesDir: string) {
    this.#dir = join(filesDir, 'payouts');
  }

  /** All transfers that it was ever ordered to make. */
  async listTransfers(): Promise<BankTransfer[]> {
    const names = await readdir(this.#dir).catch(() => []);
    const files = names.filter((name) => name.endsWith('.txt')).sort();
    const read = await Promise.all(files.map((name) => this.#read(name)));
    return read.flat();
  }

  async #read(name: string): Promise<BankTransfer[]> {
    const { header, transfers, total } = readZengin(await readFile(join(this.#dir, name)));
    if (transfers.reduce((sum, { amount }) => sum + amount, 0n) !== total)
      throw new Error(`${name} is not its total`);
    const { monthDay } = header;
    const payOn = `${name.slice(0, 4)}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`;
    return transfers.map((transfer) => {
      const [run, line] = transfer.customerCodes;
      return { ...transfer, code: `${run}-${Number(line)}`, payOn, monthDay };
    });
  }

  /** What came of a transfer in the end. */
  resultOf({ code }: BankTransfer): BankResult['result'] | undefined {
    return this.#told.get(code);
  }

  /** A file of results, in the columns of the service. */
  async tell(today: string, { says, file }: EventBodies['tell-results']): Promise<readonly BankResult[]> {
    if (file === 'new') this.#last = await this.#compose(today, says);
    else if (file === 'contrary') this.#last = this.#last.map(contradict);
    return this.#last;
  }

  async #compose(today: string, says: EventBodies['tell-results']['says']): Promise<BankResult[]> {
    const made = (await this.listTransfers()).filter(
      (one) => one.payOn <= today && !this.#told.has(one.code),
    );
    return made.flatMap((transfer, index) => {
      const word = says[index % says.length]!;
      if (word === 'nothing') return [];
      const result = word === 'returned' ? 'returned' : 'settled';
      const isWrong = word === 'wrong';
      if (!isWrong) this.#told.set(transfer.code, result);
      const date = resultDate(result, transfer.payOn, today);
      return [{ transfer, result, date, amount: transfer.amount + (isWrong ? 1n : 0n) }];
    });
  }
}
