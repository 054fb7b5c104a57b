import { recordAudit } from '../access/audit/record-audit.ts';
import { isDuplicate } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { listTariffFaults, tariffDefinitionSchema, type TariffDefinition } from './tariff.rules.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';

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
 * Adds a tariff, or the next version of one. A version is never changed; the next one begins after the last and
 * in the future, because past months are settled by the version of their time.
 * @throws Problem `invalid-request`, `already-exists`, `illegal-state`
 */
export async function addTariff(deps: Deps, actor: Actor, input: AddTariff): Promise<void> {
  authorize(actor, 'tariffs:write');
  checkShape(input);
  const faults = listTariffFaults(input.definition);
  if (faults.length > 0) throw invalidInput(faults.map((message) => ({ pointer: '/definition', message })));
  const { code, validFrom, name, nameEn, definition } = input;
  const tariff = { code, validFrom, name, nameEn, definition };
  await inTransaction(deps, async (tx) => {
    const versions = await sqlOf(tx.em)
      .selectFrom('tariff')
      .select('validFrom')
      .where('code', '=', tariff.code)
      .orderBy('validFrom', 'desc')
      .forUpdate()
      .execute();
    refuseBackdating(tariff, versions, businessDateOf(tx.clock.now(), tx.config.timeZone));
    await insertVersion(tx, tariff);
    const subject = `tariff:${tariff.code}/${tariff.validFrom}`;
    const changed = { table: 'tariff', key: [tariff.code, tariff.validFrom] } as const;
    const facts = { definition: tariff.definition };
    await recordAudit(tx, { actor: actorName(actor), action: 'tariff.add', subject, facts, changed });
  });
}

async function insertVersion(tx: InTransaction<Deps>, tariff: AddTariff): Promise<void> {
  try {
    const row = { ...tariff, createdAt: tx.clock.now() };
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
