import type { Actor } from '../access/actor.ts';
import { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { ContractSchema, type Contract } from './contract.entity.ts';
import { findValidityFaults } from './contract.rules.ts';
import { lockContracts, refuseOverlap } from './lock-contracts.ts';

export interface ContractEnd {
  readonly companyCode: string;
  /** Which contract: the day it begins. */
  readonly validFrom: string;
  /** First day after the contract: the first of a future month. */
  readonly validTo: string;
}

const checkShape = compileInputCheck<ContractEnd>({
  companyCode: { type: 'string' },
  validFrom: inputFields.date,
  validTo: inputFields.date,
});

/**
 * Ends a contract on the word of one person, in development alone. Elsewhere the end is proposed and approved.
 * @throws Problem `permission-denied`, `approval-required`, and what `setContractEnd` throws
 */
export async function endContract(deps: Deps, actor: Actor, input: ContractEnd): Promise<Contract> {
  authorize(actor, 'contracts:propose');
  return await inTransaction(deps, (tx) =>
    setContractEnd(tx, ChangeAuthority.ofOnePerson(actor, tx.config.mode === 'development'), input),
  );
}

/**
 * Sets or changes the day on which a contract ends. Past days stay in the contract, because charges were captured on its
 * terms.
 * @throws Problem `invalid-request`, `company-not-found`, `contract-not-found`, `contract-overlaps`
 */
export async function setContractEnd(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  input: ContractEnd,
): Promise<Contract> {
  const { id, validTo: before } = await checkContractEnd(tx, input);
  const { companyCode, validFrom, validTo } = input;
  const contract = await tx.em.findOneOrFail(ContractSchema, { id });
  tx.em.assign(contract, { validTo });
  await tx.em.flush();
  await recordAudit(tx, {
    actor: authority.actorName,
    action: 'contract.end',
    subject: `contract:${companyCode}/${validFrom}`,
    facts: { before, validTo, ...authority.facts },
    changed: { table: 'contract', key: [id] },
  });
  const subject = `${companyCode}/${validFrom}`;
  const { companyId } = contract;
  await appendEvents(tx, [{ type: 'contract.ended', subject, companyId, snapshot: { validFrom, validTo } }]);
  return contract;
}

/** Checks everything that `setContractEnd` refuses, with the company locked; returns the current contract. */
export async function checkContractEnd(tx: InTransaction<Deps>, input: ContractEnd) {
  checkShape(input);
  const { companyCode, validFrom, validTo } = input;
  const faults = findValidityFaults({ validFrom, validTo });
  const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
  if (validTo <= businessDate) faults.push({ pointer: '/validTo', message: 'must be in the future' });
  if (faults.length > 0) throw invalidInput(faults);
  const { contracts } = await lockContracts(tx, companyCode);
  const ended = contracts.find((contract) => contract.validFrom === validFrom);
  if (!ended) {
    const detail = `${companyCode} has no contract that begins on ${validFrom}.`;
    throw new Problem('contract-not-found', { detail });
  }
  refuseOverlap(
    contracts.filter((other) => other !== ended),
    { validFrom, validTo },
  );
  return ended;
}
