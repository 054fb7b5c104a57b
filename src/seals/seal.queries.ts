import { queryRows } from '../database/statement-pipeline.ts';
import type { Em } from '../database/orm.ts';
import { sqlOf } from '../database/sql.ts';
import { Fingerprints } from './fingerprints.ts';
import type { Seal } from './seal.entity.ts';

/** The newest seal; undefined before the first night. */
export function findLastSeal(em: Em): Promise<Seal | undefined> {
  return sqlOf(em).selectFrom('seal').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
}

/** All seals in their order. */
export function listSeals(em: Em): Promise<Seal[]> {
  return sqlOf(em).selectFrom('seal').selectAll().orderBy('number').execute();
}

/** The rows of a bucket in the seals, by the number of the seal. */
export async function findMembers(em: Em, kind: string, bucket: string): Promise<Map<number, Fingerprints>> {
  const rows = await queryRows<{ number: number; fingerprints: Buffer }>(
    em,
    `SELECT m.number, m.fingerprints FROM seal_member m JOIN seal s ON s.number = m.number
     WHERE m.kind = ? AND m.bucket = ? ORDER BY m.number, m.piece`,
    [kind, bucket],
  );
  const pieces = Map.groupBy(rows, ({ number }) => number);
  return new Map(
    [...pieces].map(([number, of]) => [number, new Fingerprints(of.map(({ fingerprints }) => fingerprints))]),
  );
}
