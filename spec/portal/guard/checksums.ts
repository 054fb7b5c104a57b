import { asOwner } from '../../support/as-owner.ts';
import type { World } from '../../support/world.ts';

/** What every table contains, as a sum: equal sums before and after a request mean that it wrote nothing. */
export async function checksumsOf({ database }: Pick<World, 'database'>): Promise<Record<string, string>> {
  return asOwner(database, async (connection) => {
    const [tables] = await connection.query<never[]>('SHOW FULL TABLES WHERE Table_type = "BASE TABLE"');
    const names = tables.map((row) => `\`${String(Object.values(row)[0])}\``);
    const [sums] = await connection.query<never[]>(`CHECKSUM TABLE ${names.join(', ')}`);
    return Object.fromEntries(sums.map(({ Table, Checksum }) => [String(Table), String(Checksum)]));
  });
}
