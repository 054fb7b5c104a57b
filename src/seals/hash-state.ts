import type { Em } from '../database/orm.ts';
import { readRows } from './read-rows.ts';
import { shapeOf, type Schema } from './row-text.ts';
import type { SealContent, SealedState, Shape } from './seal-content.ts';
import { sealedStates } from './sealed-kinds.ts';
import { SetHash } from './set-hash.ts';

/** The current rows of a small table. */
export async function hashState(em: Em, table: string, { shape, salt }: { shape: Shape; salt: string }) {
  const hash = new SetHash(salt);
  const part = { from: `${table} r`, where: 'TRUE', values: [] };
  for await (const page of readRows(em, { part, shape })) for (const row of page) hash.add(row.rowText);
  return hash.finish();
}

/** The current small tables, each with whether it differs from the seal before. */
export async function sealStates(
  em: Em,
  { salt, schema }: { readonly salt: string; readonly schema: Schema },
  before: { content: SealContent; salt: string } | undefined,
): Promise<Record<string, SealedState>> {
  const states: Record<string, SealedState> = {};
  for (const table of Object.keys(sealedStates)) {
    const shape = shapeOf(schema, { table });
    const now = await hashState(em, table, { shape, salt });
    const known = before?.content.state[table];
    const isChanged = known && !(await equalsState(em, table, known, before.salt));
    states[table] = { ...shape, ...now, ...(isChanged !== undefined && { changed: isChanged }) };
  }
  return states;
}

/** Whether a small table still equals its state in a seal. */
export async function equalsState(
  em: Em,
  table: string,
  sealed: SealedState,
  salt: string,
): Promise<boolean> {
  const now = await hashState(em, table, { shape: sealed, salt });
  return now.rows === sealed.rows && now.hash === sealed.hash;
}
