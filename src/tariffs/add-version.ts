import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { isDuplicate } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { refuseReservedCode } from '../shared/reserved-codes.rules.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { listTariffFaults, tariffDefinitionSchema, type TariffDefinition } from './tariff.rules.ts';

export interface AddTariff {
  readonly code: string;
  /** First business date of this version; it holds until a later version of the code. */
  readonly validFrom: string;
  readonly name: string;
  readonly nameEn: string;
  readonly definition: TariffDefinition;
}

const checkShape = compileInputCheck<AddTariff>({
  code: inputFields.code,
  validFrom: inputFields.date,
  name: inputFields.name,
  nameEn: inputFields.name,
  definition: tariffDefinitionSchema,
});

/**
 * Adds a version of a tariff by the authority of who may.
 * @throws Problem `invalid-request`, `already-exists`, `illegal-state`
 */
export async function addVersion(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  input: AddTariff,
): Promise<void> {
  await checkVersion(tx, input);
  const { code, validFrom, name, nameEn, definition } = input;
  const { approvalId } = authority;
  await insertVersion(tx, { code, validFrom, name, nameEn, definition }, approvalId);
  const subject = `tariff:${code}/${validFrom}`;
  const changed = { table: 'tariff', key: [code, validFrom] } as const;
  const facts = { definition, ...authority.facts };
  await recordAudit(tx, { actor: authority.actorName, action: 'tariff.add', subject, facts, changed });
}

/** Checks what a version says by itself. @throws Problem `invalid-request` */
export function checkTariff(input: AddTariff): void {
  checkShape(input);
  const faults = listTariffFaults(input.definition);
  if (faults.length > 0) throw invalidInput(faults.map((message) => ({ pointer: '/definition', message })));
}

/** Checks everything that `addVersion` refuses, with the tariff locked; returns its latest version. */
export async function checkVersion(tx: InTransaction<Deps>, input: AddTariff) {
  checkTariff(input);
  const versions = await lockVersions(tx, input.code);
  if (versions.length === 0) refuseReservedCode('tariff', input.code);
  refuseBackdating(input, versions, businessDateOf(tx.clock.now(), tx.config.timeZone));
  return versions[0];
}

/** Locks the versions of a tariff, the latest first: contracts on it and further versions come one after another. */
export function lockVersions(tx: InTransaction<Deps>, code: string) {
  return sqlOf(tx.em)
    .selectFrom('tariff')
    .select(['code', 'validFrom', 'name', 'nameEn', 'definition'])
    .where('code', '=', code)
    .orderBy('validFrom', 'desc')
    .forUpdate()
    .execute();
}

async function insertVersion(
  tx: InTransaction<Deps>,
  tariff: AddTariff,
  approvalId: string | null,
): Promise<void> {
  try {
    const row = { ...tariff, approvalId, createdAt: tx.clock.now() };
    await sqlOf(tx.em).insertInto('tariff').values(row).execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw versionExists(tariff);
  }
}

function versionExists({ code, validFrom }: { code: string; validFrom: string }): Problem {
  return new Problem('already-exists', { detail: `Tariff ${code} has a version of ${validFrom} already.` });
}

function refuseBackdating(
  { code, validFrom }: { code: string; validFrom: string },
  versions: readonly { validFrom: string }[],
  businessDate: string,
): void {
  const latest = versions[0]?.validFrom;
  if (latest === undefined) return;
  if (versions.some((version) => version.validFrom === validFrom)) {
    throw versionExists({ code, validFrom });
  }
  if (validFrom > latest && validFrom > businessDate) return;
  const detail = `A further version of ${code} begins after ${latest} and after today, ${businessDate}.`;
  throw new Problem('illegal-state', { detail });
}
