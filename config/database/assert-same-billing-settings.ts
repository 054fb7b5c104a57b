import type { Orm } from '../../src/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { ConfigError, type Config } from '../config.ts';

type Kept = Pick<Config, 'timeZone' | 'currency'>;
type Given = Kept & Pick<Config, 'mode'>;

/**
 * Refuses settings that would misdate or mislabel the rows of a database: business dates are stored without a time zone and
 * amounts without a currency. The first process that bills from a database sets both; a migration does not, because it may
 * know only the address. One query, at the start.
 *
 * Refuses development mode, too, once the database has been used in production: development lets one person do what
 * takes two, and a name prove a person.
 * @throws ConfigError naming the setting, the value in the database and what to do.
 */
export async function assertSameBillingSettings(
  orm: Orm,
  { timeZone, currency, mode }: Given,
): Promise<void> {
  const stored =
    (await findBillingSettings(orm)) ?? (await insertBillingSettings(orm, { timeZone, currency }));
  const since = stored.begunAt.toISOString().slice(0, 10);
  const compared = [
    { name: 'TIME_ZONE', given: timeZone, kept: stored.timeZone },
    { name: 'CURRENCY', given: currency, kept: stored.currency },
  ];
  const faults = compared
    .filter(({ given, kept }) => given !== kept)
    .map(
      ({ name, given, kept }) =>
        `${name} is ${given}, but this database has billed in ${kept} since ${since}: ` +
        `set ${name}=${kept}, or DATABASE_URL to another database. ` +
        'If nothing was sold yet: DELETE FROM books, and the next start stores the new setting',
    );
  if (stored.inProduction && mode === 'development') faults.push(USED_IN_PRODUCTION);
  if (faults.length > 0) throw new ConfigError(faults);
  if (!stored.inProduction && mode === 'production') await recordProduction(orm);
}

const USED_IN_PRODUCTION =
  'NODE_ENV is development, but this database has been used in production: set NODE_ENV=production, or DATABASE_URL to ' +
  'another database. In a copy for development, UPDATE books SET in_production = FALSE first';

async function recordProduction(orm: Orm): Promise<void> {
  await inTransaction({ orm }, ({ em }) =>
    sqlOf(em).updateTable('books').set({ inProduction: true }).execute(),
  );
}

function findBillingSettings(orm: Orm) {
  return sqlOf(orm.em.fork()).selectFrom('books').selectAll().executeTakeFirst();
}

/** If several processes find no settings at the same time, the primary key lets one insert them; all read its row. */
async function insertBillingSettings(orm: Orm, kept: Kept) {
  await inTransaction({ orm }, ({ em }) =>
    sqlOf(em)
      .insertInto('books')
      .ignore()
      .values({ id: 1, ...kept, begunAt: new Date() })
      .execute(),
  );
  const stored = await findBillingSettings(orm);
  if (!stored) throw new Error('the billing settings that were just stored are not found');
  return stored;
}
