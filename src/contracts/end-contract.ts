import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { ContractSchema, type Contract } from './contract.entity.ts';
import { findValidityFaults } from './contract.rules.ts';
import { lockContracts, refuseOverlap } from './lock-contracts.ts';

export interface EndContract {
  readonly companyCode: string;
  /** Which contract: the day it begins. */
  readonly validFrom: string;
  /** First day on which it holds no more: the first of a coming month. */
  readonly validTo: string;
  readonly actor: string;
}

const checkShape = compileInputCheck<EndContract>({ validFrom: inputFields.date, validTo: inputFields.date });

/**
 * Sets the day on which a contract ends, or another one in place of it. Days that have been are never taken
 * from a contract: charges were captured on its terms.
 * @throws Problem `invalid-request`, `company-not-found`, `contract-not-found`, `contract-overlaps`
 */
export async function endContract(deps: Deps, input: EndContract): Promise<Contract> {
  checkShape(input);
  const { companyCode, validFrom, validTo, actor } = input;
  const faults = findValidityFaults({ validFrom, validTo });
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  if (validTo <= businessDate) faults.push({ pointer: '/validTo', message: 'must be in the future' });
  if (faults.length > 0) throw invalidInput(faults);
  return inTransaction(deps, async (tx) => {
    const { contracts } = await lockContracts(tx, companyCode);
    const locked = contracts.find((contract) => contract.validFrom === validFrom);
    if (!locked) {
      const detail = `${companyCode} has no contract that begins on ${validFrom}.`;
      throw new Problem('contract-not-found', { detail });
    }
    refuseOverlap(
      contracts.filter((other) => other !== locked),
      { validFrom, validTo },
    );
    const contract = await tx.em.findOneOrFail(ContractSchema, { id: locked.id });
    tx.em.assign(contract, { validTo });
    await tx.em.flush();
    const facts = { before: locked.validTo, validTo };
    const subject = `contract:${companyCode}/${validFrom}`;
    const changed = { table: 'contract', key: [contract.id] } as const;
    await recordAudit(tx, { actor, action: 'contract.end', subject, facts, changed });
    return contract;
  });
}
