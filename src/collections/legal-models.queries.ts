import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import { hasEnded } from '../shared/date-range.rules.ts';

/** Who bears what is uncollected of a company's charges: the company itself (agency with recourse), or the carrier (assignment). */
export type LegalModel = 'agency' | 'assignment';

interface ContractRow {
  readonly companyId: number;
  readonly legalModel: LegalModel;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/**
 * The legal models of companies by billing period: those of the contracts by which the months are settled (that of the month's
 * first day; the first one of a company that joined later, the last one of a company that has left).
 */
export class LegalModels {
  readonly #contracts: ReadonlyMap<number, readonly ContractRow[]>;

  private constructor(contracts: readonly ContractRow[]) {
    this.#contracts = Map.groupBy(contracts, ({ companyId }) => companyId);
  }

  static async read(tx: InTransaction<Deps>, companyIds: readonly number[]): Promise<LegalModels> {
    if (companyIds.length === 0) return new LegalModels([]);
    const contracts = await queryRows<ContractRow>(
      tx.em,
      `SELECT company_id AS companyId, legal_model AS legalModel, valid_from AS validFrom, valid_to AS validTo
       FROM contract WHERE company_id IN (?) ORDER BY company_id, valid_from`,
      [companyIds],
    );
    return new LegalModels(contracts);
  }

  /** Throws for a company without a contract, which cannot have sold. */
  of(companyId: number, period: string): LegalModel {
    const contracts = (this.#contracts.get(companyId) ?? []).filter(
      ({ validFrom }) => validFrom <= lastClosingDateOf(period),
    );
    const inForce = contracts.find((contract) => !hasEnded(contract, `${period}-01`)) ?? contracts.at(-1);
    if (!inForce) throw new Error(`company ${companyId} has no contract for ${period}`);
    return inForce.legalModel;
  }
}
